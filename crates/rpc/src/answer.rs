//! What a method hands back, and how errors look on the wire.

use alloy_primitives::{B256, Bytes};
use alloy_sol_types::{Revert, SolError};
use jsonrpsee::types::{
    ErrorCode, ErrorObjectOwned,
    error::{INTERNAL_ERROR_CODE, INVALID_PARAMS_CODE},
};
use serde::Serialize;
use serde_json::{json, value::RawValue, value::to_raw_value};

use crate::{CallError, ChainFailure, Refusal, Rejection, SubmitError};

/// The JSON of a result.
pub(crate) type Answer = Result<Box<RawValue>, RpcError>;

/// The JSON of a value.
pub(crate) fn answer(value: &impl Serialize) -> Answer {
    Ok(to_raw_value(value).expect("answers have string keys and no failing serializers"))
}

/// Why a method did not answer.
#[derive(Debug)]
pub(crate) enum RpcError {
    /// A rule of the server.
    Refused(Refusal),
    /// A parameter is missing or malformed.
    Invalid(String),
    /// A call reverted with data.
    Reverted(Bytes),
    /// A call halted.
    Halted(String),
    /// The chain's rules.
    Rejected(Rejection),
    /// A transaction was admitted but not finalised in time.
    NotYetFinal(B256),
    /// The node failed.
    Failure(ChainFailure),
}

impl From<Refusal> for RpcError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<ChainFailure> for RpcError {
    fn from(failure: ChainFailure) -> Self {
        Self::Failure(failure)
    }
}

impl From<CallError> for RpcError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Reverted(data) => Self::Reverted(data),
            CallError::Halted(reason) => Self::Halted(reason.into_owned()),
            CallError::Rejected(rejection) => Self::Rejected(rejection),
            CallError::Failure(failure) => Self::Failure(failure),
        }
    }
}

impl From<SubmitError> for RpcError {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Rejected(rejection) => Self::Rejected(rejection),
            SubmitError::Failure(failure) => Self::Failure(failure),
        }
    }
}

impl From<Refusal> for ErrorObjectOwned {
    fn from(refusal: Refusal) -> Self {
        named(refusal.code(), refusal.message(), refusal.name())
    }
}

impl From<RpcError> for ErrorObjectOwned {
    fn from(error: RpcError) -> Self {
        match error {
            RpcError::Refused(refusal) => refusal.into(),
            RpcError::Invalid(message) => named(INVALID_PARAMS_CODE, &message, "InvalidParams"),
            // Code 3 with the revert data is what clients decode (geth's convention).
            RpcError::Reverted(data) => Self::owned(3, revert_message(&data), Some(data)),
            RpcError::Halted(reason) => named(-32000, &reason, "Halted"),
            RpcError::Rejected(rejection) => named(-32003, &rejection.message, &rejection.name),
            // EIP-7966: code 4 with the hash.
            RpcError::NotYetFinal(hash) => Self::owned(
                4,
                "the transaction was admitted but is not final yet",
                Some(hash),
            ),
            RpcError::Failure(failure) => {
                tracing::error!(cause = ?failure.0, "the node could not answer a call");
                Self::from(ErrorCode::from(INTERNAL_ERROR_CODE))
            }
        }
    }
}

fn named(code: i32, message: &str, name: &str) -> ErrorObjectOwned {
    ErrorObjectOwned::owned(code, message, Some(json!({ "name": name })))
}

/// `execution reverted`, with the reason where it is Solidity's `Error(string)` or a native contract's refusal.
fn revert_message(data: &Bytes) -> String {
    if let Ok(revert) = Revert::abi_decode(data) {
        return format!("execution reverted: {}", revert.reason);
    }
    match theriac_contracts::Refusal::from_revert(data) {
        Some(refusal) => format!("execution reverted: {}: {}", refusal.name(), refusal.fact()),
        None => "execution reverted".to_owned(),
    }
}
