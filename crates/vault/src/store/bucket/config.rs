//! Which bucket, where in it, and with which key.

use super::BucketError;
use hyper::Uri;
use hyper::http::uri::Scheme;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;
use zeroize::Zeroizing;

/// An answer that takes longer than this is none.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where the files of one node lie.
#[derive(Clone, Debug)]
pub struct BucketConfig {
    /// Address of the service, `https://host`; `http://` is taken for this machine alone.
    pub endpoint: String,
    /// The region that requests are signed for.
    pub region: String,
    /// The bucket's name.
    pub bucket: String,
    /// What the names of this node's files begin with; may be empty where the bucket is this node's alone.
    pub prefix: String,
    /// How long one request may take until its answer begins.
    pub patience: Duration,
}

/// The key of an account that may read, write, list and delete in the bucket. It is not shown.
#[derive(Clone)]
pub struct BucketKey {
    /// The key's name.
    pub id: String,
    /// The key.
    pub secret: Zeroizing<String>,
}

impl fmt::Debug for BucketKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BucketKey")
    }
}

impl BucketConfig {
    /// A bucket that is this node's alone.
    pub fn new(
        endpoint: impl Into<String>,
        region: impl Into<String>,
        bucket: impl Into<String>,
    ) -> Self {
        Self {
            endpoint: endpoint.into(),
            region: region.into(),
            bucket: bucket.into(),
            prefix: String::new(),
            patience: PATIENCE,
        }
    }

    /// The same below a prefix.
    #[must_use]
    pub fn with_prefix(self, prefix: impl Into<String>) -> Self {
        let prefix = prefix.into();
        Self { prefix, ..self }
    }

    /// Whether the bucket can be asked without giving away more than is meant.
    ///
    /// # Errors
    /// [`BucketError::Config`] names the field that is not right.
    pub(super) fn check(&self) -> Result<(), BucketError> {
        let wrong = |field, expected| Err(BucketError::Config { field, expected });
        if !is_endpoint(&self.endpoint) {
            return wrong(
                "endpoint",
                "https://HOST[:PORT], or http://127.0.0.1:PORT for this machine alone",
            );
        }
        if !is_plain(&self.region) {
            return wrong("region", "lower case letters, digits and hyphens");
        }
        if !(3..=63).contains(&self.bucket.len()) || !is_plain(&self.bucket) {
            return wrong(
                "bucket",
                "3 to 63 lower case letters, digits, hyphens and full stops",
            );
        }
        if !self.prefix.is_empty() && !self.prefix.split('/').all(is_plain) {
            return wrong(
                "prefix",
                "parts of lower case letters, digits, hyphens and full stops, joined by slashes",
            );
        }
        Ok(())
    }
}

fn is_plain(part: &str) -> bool {
    let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
    part.bytes().all(is_allowed) && part.bytes().any(|byte| byte != b'.')
}

fn is_endpoint(endpoint: &str) -> bool {
    let Ok(uri) = endpoint.parse::<Uri>() else {
        return false;
    };
    // An authority with a user in it would put a secret where it is logged.
    let is_bare = uri.path() == "/"
        && uri.query().is_none()
        && uri
            .authority()
            .is_some_and(|authority| !authority.as_str().contains('@'));
    is_bare
        && match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP => uri.host().is_some_and(is_loopback),
            Some(_) | None => false,
        }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}
