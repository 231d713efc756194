//! Turns what a node answered into the errors of this crate.

use crate::Error;
use alloy_primitives::{B256, Bytes};
use jsonrpsee::{core::ClientError, http_client::transport, types::ErrorObjectOwned};
use serde::{Deserialize, de::DeserializeOwned};
use theriac_contracts::Refusal;

/// Execution reverted; `data` holds what the contract returned (execution-apis).
const REVERTED: i32 = 3;
/// A transaction is admitted but not final in time (EIP-7966); `data` holds its hash.
const NOT_FINAL: i32 = 4;
/// A transaction was rejected (EIP-1474).
const REJECTED: i32 = -32003;

/// `error.data` of a refusal of the node itself.
#[derive(Deserialize)]
struct Named {
    name: String,
}

/// The error of a call to the node at `node`.
pub(super) fn failed(node: &str, error: ClientError) -> Error {
    match error {
        ClientError::Call(object) => told(&object),
        ClientError::ParseError(_) => Error::MalformedAnswer("json"),
        ClientError::Transport(source) => match status(source.as_ref()) {
            Some(401) => Error::LoginNeeded,
            Some(403) => Error::NotAllowed("the node refused the request".to_owned()),
            Some(_) | None => Error::unreachable(node, source),
        },
        other => Error::unreachable(node, other),
    }
}

fn status(source: &(dyn std::error::Error + 'static)) -> Option<u16> {
    match source.downcast_ref::<transport::Error>()? {
        transport::Error::Rejected { status_code } => Some(*status_code),
        _ => None,
    }
}

fn told(object: &ErrorObjectOwned) -> Error {
    let name = data::<Named>(object).map(|named| named.name);
    match (object.code(), name.as_deref()) {
        (REVERTED, _) => reverted(&data(object).unwrap_or_default()),
        (NOT_FINAL, _) => {
            data::<B256>(object).map_or(Error::MalformedAnswer("hash"), Error::NotFinalInTime)
        }
        (_, Some("LoginRequired" | "TokenUnknown")) => Error::LoginNeeded,
        (_, Some("NotEnrolled")) => Error::Refused(Refusal::NotEnrolled),
        (_, Some("NotYourAccount" | "FromIsNotYou" | "StorageNotPublic" | "NotFound")) => {
            Error::NotAllowed(object.message().to_owned())
        }
        (REJECTED, _) => Error::TransactionRefused {
            code: name,
            message: object.message().to_owned(),
        },
        (code, _) => Error::Node {
            code: code.into(),
            message: object.message().to_owned(),
        },
    }
}

fn data<T: DeserializeOwned>(object: &ErrorObjectOwned) -> Option<T> {
    serde_json::from_str(object.data()?.get()).ok()
}

/// The refusal that revert data tell.
fn reverted(data: &Bytes) -> Error {
    Refusal::from_revert(data).map_or_else(|| Error::Reverted(data.clone()), Error::Refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn error(code: i32, data: serde_json::Value) -> Error {
        failed(
            "http://node",
            ErrorObjectOwned::owned(code, "message", Some(data)).into(),
        )
    }

    #[test]
    fn revert_data_become_the_refusal_of_the_contract() {
        for refusal in Refusal::ALL {
            let data = Bytes::copy_from_slice(&refusal.selector());
            assert!(matches!(error(3, json!(data)), Error::Refused(got) if got == *refusal));
        }
        assert!(matches!(error(3, json!("0x08c379a0")), Error::Reverted(data) if data.len() == 4));
    }

    #[test]
    fn refusals_of_the_node_keep_their_names() {
        assert!(matches!(
            error(-32041, json!({"name": "LoginRequired"})),
            Error::LoginNeeded
        ));
        assert!(matches!(
            error(-32003, json!({"name": "NotEnrolled"})),
            Error::Refused(Refusal::NotEnrolled)
        ));
        let nonce = error(-32003, json!({"name": "NonceTooLow"}));
        assert_eq!(nonce.code(), Some("NonceTooLow"));
        assert!(matches!(
            error(-32049, json!({"name": "NotYourAccount"})),
            Error::NotAllowed(_)
        ));
        assert!(matches!(
            error(-32601, json!(null)),
            Error::Node { code: -32601, .. }
        ));
        assert!(matches!(
            error(4, json!(B256::ZERO)),
            Error::NotFinalInTime(B256::ZERO)
        ));
    }
}
