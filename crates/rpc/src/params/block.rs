//! Naming a block: by tag, height or hash.

use alloy_primitives::B256;
use serde_json::Value;

use super::{Argument, Quantity};

/// A block, as callers name it. A finalised block is never taken back, so `latest`, `safe` and
/// `finalized` are the same one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum BlockReference {
    /// The head.
    #[default]
    Latest,
    /// The head with what waits; for most questions the head.
    Pending,
    /// Genesis.
    Earliest,
    /// A height.
    Height(u64),
    /// A hash.
    Hash(B256),
}

impl Argument for BlockReference {
    fn read(value: &Value) -> Result<Self, String> {
        match value {
            Value::String(text) => match text.as_str() {
                "latest" | "safe" | "finalized" => Ok(Self::Latest),
                "pending" => Ok(Self::Pending),
                "earliest" => Ok(Self::Earliest),
                // A hash where a block is named, as geth takes it too.
                hash if hash.len() == 66 => B256::read(value).map(Self::Hash),
                _ => Quantity::read(value).map(|height| Self::Height(height.0)),
            },
            Value::Object(fields) => match (fields.get("blockNumber"), fields.get("blockHash")) {
                (Some(height), None) => Quantity::read(height).map(|height| Self::Height(height.0)),
                (None, Some(hash)) => B256::read(hash).map(Self::Hash),
                (Some(_), Some(_)) => Err("both blockNumber and blockHash".to_owned()),
                (None, None) => Err("neither blockNumber nor blockHash".to_owned()),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                Err("not a block tag, height or hash".to_owned())
            }
        }
    }
}
