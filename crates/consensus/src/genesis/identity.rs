//! A node's identity: the key by which the other members know it.

use std::{
    fmt, io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use commonware_codec::{Copying, DecodeExt as _, Encode as _};
use commonware_cryptography::{Signer as _, ed25519};
use commonware_math::algebra::Random as _;
use serde::{Deserialize, Serialize};
use theriac_ledger::block::PublicKey;
use thiserror::Error;
use zeroize::{Zeroize as _, Zeroizing};

use crate::secrets::write_private;

const VERSION: u32 = 1;

/// A node's key and where it listens: the content of `node.json`.
#[derive(Clone)]
pub struct Identity {
    /// Signs the node's connections and dealings.
    pub key: ed25519::PrivateKey,
    /// Where it listens for the other validators.
    pub p2p_listen: SocketAddr,
    /// Where its JSON-RPC listens.
    pub rpc_listen: SocketAddr,
}

/// `node.json` could not be used.
#[derive(Debug, Error)]
pub enum IdentityError {
    /// The file system refused.
    #[error("node file {path}: {source}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the file system said.
        #[source]
        source: io::Error,
    },
    /// A node's key is never replaced by accident: the other members would not know it any more.
    #[error(
        "node file {path} is already there; choose another directory, or remove it if this node is in no network"
    )]
    Present {
        /// The file.
        path: PathBuf,
    },
    /// Not a node file of this version.
    #[error("node file {path} is not one: {reason}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What was expected.
        reason: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Document {
    version: u32,
    identity_key: String,
    p2p_listen: SocketAddr,
    rpc_listen: SocketAddr,
}

impl Drop for Document {
    fn drop(&mut self) {
        self.identity_key.zeroize();
    }
}

impl Identity {
    /// A new identity with a random key.
    pub fn generate(p2p_listen: SocketAddr, rpc_listen: SocketAddr) -> Self {
        Self {
            key: Self::random_key(),
            p2p_listen,
            rpc_listen,
        }
    }

    /// A random key.
    pub fn random_key() -> ed25519::PrivateKey {
        ed25519::PrivateKey::random(rand::rng())
    }

    /// The public key: what the charter names.
    pub fn public_key(&self) -> PublicKey {
        self.key.public_key()
    }

    /// Writes the file with mode 0600, durably.
    ///
    /// # Errors
    /// [`IdentityError::Present`] where a file stands, [`IdentityError::Disk`].
    pub fn create(&self, path: &Path) -> Result<(), IdentityError> {
        if path.exists() {
            return Err(IdentityError::Present {
                path: path.to_owned(),
            });
        }
        let document = Document {
            version: VERSION,
            identity_key: hex::encode(Zeroizing::new(self.key.encode().to_vec())),
            p2p_listen: self.p2p_listen,
            rpc_listen: self.rpc_listen,
        };
        let json = Zeroizing::new(
            serde_json::to_vec_pretty(&document).expect("a node file is text and numbers"),
        );
        write_private(path, &json).map_err(|source| disk(path, source))
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`IdentityError::Disk`] and [`IdentityError::Malformed`].
    pub fn read(path: &Path) -> Result<Self, IdentityError> {
        let json = Zeroizing::new(std::fs::read(path).map_err(|source| disk(path, source))?);
        let malformed = |reason: String| IdentityError::Malformed {
            path: path.to_owned(),
            reason,
        };
        let document: Document =
            serde_json::from_slice(&json).map_err(|error| malformed(error.to_string()))?;
        if document.version != VERSION {
            return Err(malformed(format!(
                "expected version {VERSION}, got {}",
                document.version
            )));
        }
        let bytes = hex::decode(document.identity_key.as_bytes()).map(Zeroizing::new);
        let key = bytes
            .ok()
            .and_then(|bytes| ed25519::PrivateKey::decode(Copying(&bytes)).ok());
        Ok(Self {
            key: key
                .ok_or_else(|| malformed("expected 64 hex digits as identityKey".to_owned()))?,
            p2p_listen: document.p2p_listen,
            rpc_listen: document.rpc_listen,
        })
    }
}

/// The key is not shown.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("public_key", &self.public_key())
            .field("p2p_listen", &self.p2p_listen)
            .field("rpc_listen", &self.rpc_listen)
            .finish_non_exhaustive()
    }
}

fn disk(path: &Path, source: io::Error) -> IdentityError {
    IdentityError::Disk {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, os::unix::fs::PermissionsExt as _};

    fn identity() -> Identity {
        Identity::generate(
            ([127, 0, 0, 1], 9_000).into(),
            ([127, 0, 0, 1], 9_001).into(),
        )
    }

    #[test]
    fn an_identity_round_trips_and_only_its_owner_reads_it() {
        let root = tempfile::tempdir().expect("a temporary directory");
        let path = root.path().join("node.json");
        let identity = identity();
        identity.create(&path).expect("create");
        let read = Identity::read(&path).expect("read");
        assert_eq!(read.public_key(), identity.public_key());
        assert_eq!(
            (read.p2p_listen, read.rpc_listen),
            (identity.p2p_listen, identity.rpc_listen)
        );
        assert_eq!(
            fs::metadata(&path).expect("there").permissions().mode() & 0o777,
            0o600
        );
    }

    #[test]
    fn an_identity_is_never_replaced_nor_shown() {
        let root = tempfile::tempdir().expect("a temporary directory");
        let path = root.path().join("node.json");
        let first = identity();
        first.create(&path).expect("create");
        assert!(matches!(
            identity().create(&path),
            Err(IdentityError::Present { .. })
        ));
        assert_eq!(
            Identity::read(&path).expect("read").public_key(),
            first.public_key()
        );
        assert!(!format!("{first:?}").contains(&hex::encode(first.key.encode())));
    }

    #[test]
    fn a_malformed_node_file_is_refused() {
        let root = tempfile::tempdir().expect("a temporary directory");
        let path = root.path().join("node.json");
        identity().create(&path).expect("create");
        let whole = fs::read_to_string(&path).expect("read");
        for (from, to) in [
            ("\"version\": 1", "\"version\": 2"),
            ("\"version\": 1", "\"version\": 1, \"more\": 0"),
            ("\"identityKey\": \"", "\"identityKey\": \"0"),
        ] {
            assert!(whole.contains(from));
            fs::write(&path, whole.replace(from, to)).expect("write");
            assert!(
                matches!(Identity::read(&path), Err(IdentityError::Malformed { .. })),
                "{to}"
            );
        }
    }
}
