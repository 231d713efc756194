//! Where a path leads.

use alloy_primitives::{B256, hex};

use crate::Refusal;

/// Where a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// JSON-RPC.
    Rpc,
    /// A blob of the vault.
    Blob(B256),
}

impl Route {
    /// The route of a path, without its token.
    pub(super) fn of(path: &str) -> Result<Self, Refusal> {
        match path {
            "" | "/" => Ok(Self::Rpc),
            other => {
                let id = other.strip_prefix("/vault/").ok_or(Refusal::RouteUnknown)?;
                let digits = id.strip_prefix("0x").unwrap_or(id);
                hex::decode_to_array(digits)
                    .map(|id| Self::Blob(B256::new(id)))
                    .map_err(|_| Refusal::BlobIdMalformed)
            }
        }
    }
}

/// The token of a path `/t/<token>/...`, and the path after it.
pub(super) fn split_token(path: &str) -> (Option<&str>, &str) {
    let Some(rest) = path.strip_prefix("/t/") else {
        return (None, path);
    };
    let end = rest.find('/').unwrap_or(rest.len());
    (Some(&rest[..end]), &rest[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_taken_from_the_path() {
        assert_eq!(split_token("/"), (None, "/"));
        assert_eq!(split_token("/t/abc"), (Some("abc"), ""));
        assert_eq!(split_token("/t/abc/"), (Some("abc"), "/"));
        assert_eq!(split_token("/t/abc/vault/0x1"), (Some("abc"), "/vault/0x1"));
        assert_eq!(split_token("/t/"), (Some(""), ""));
        assert_eq!(split_token("/tea"), (None, "/tea"));
    }

    #[test]
    fn a_path_leads_to_json_rpc_or_to_a_blob() {
        assert_eq!(Route::of("/"), Ok(Route::Rpc));
        assert_eq!(Route::of(""), Ok(Route::Rpc));
        let id = B256::repeat_byte(7);
        assert_eq!(Route::of(&format!("/vault/{id}")), Ok(Route::Blob(id)));
        assert_eq!(
            Route::of(&format!("/vault/{}", hex::encode(id))),
            Ok(Route::Blob(id))
        );
        assert_eq!(Route::of("/vault/0x12"), Err(Refusal::BlobIdMalformed));
        assert_eq!(Route::of("/vault/../../etc"), Err(Refusal::BlobIdMalformed));
        assert_eq!(Route::of("/vault"), Err(Refusal::RouteUnknown));
        assert_eq!(Route::of("/metrics"), Err(Refusal::RouteUnknown));
    }
}
