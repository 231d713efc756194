//! The filter object of `eth_getLogs`, filters and subscriptions.

use alloy_primitives::{Address, B256};
use serde_json::{Map, Value};
use theriac_ledger::index::LogFilter;

use super::{Argument, BlockReference, field};

/// Values in one list of a filter; more is refused.
const MAX_CHOICES: usize = 1_024;

/// Which logs, of which blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LogQuery {
    pub(crate) filter: LogFilter,
    pub(crate) range: LogRange,
}

/// Which blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogRange {
    /// One block (EIP-234).
    Block(B256),
    /// From one to another, both included.
    Between(Option<BlockReference>, Option<BlockReference>),
}

impl Default for LogRange {
    fn default() -> Self {
        Self::Between(None, None)
    }
}

impl Argument for LogQuery {
    fn read(value: &Value) -> Result<Self, String> {
        let fields = value.as_object().ok_or("not an object")?;
        Ok(Self {
            filter: LogFilter {
                addresses: choices::<Address>(fields.get("address"), "address")?,
                topics: topics(fields)?,
            },
            range: range(fields)?,
        })
    }
}

fn range(fields: &Map<String, Value>) -> Result<LogRange, String> {
    let hash: Option<B256> = field(fields, "blockHash")?;
    let from: Option<BlockReference> = field(fields, "fromBlock")?;
    let to: Option<BlockReference> = field(fields, "toBlock")?;
    match (hash, from.or(to)) {
        (Some(_), Some(_)) => Err("both blockHash and fromBlock or toBlock".to_owned()),
        (Some(hash), None) => Ok(LogRange::Block(hash)),
        (None, _) => Ok(LogRange::Between(from, to)),
    }
}

fn topics(fields: &Map<String, Value>) -> Result<[Vec<B256>; 4], String> {
    let mut topics: [Vec<B256>; 4] = Default::default();
    let wanted = match fields.get("topics") {
        None | Some(Value::Null) => return Ok(topics),
        Some(value) => value.as_array().ok_or("topics: not an array")?,
    };
    if wanted.len() > topics.len() {
        return Err("topics: more than 4".to_owned());
    }
    for (slot, value) in topics.iter_mut().zip(wanted) {
        *slot = choices(Some(value), "topics")?;
    }
    Ok(topics)
}

/// One value, a list of them, or any. A null within a list means any too.
fn choices<T: Argument>(value: Option<&Value>, name: &str) -> Result<Vec<T>, String> {
    let read = |value: &Value| T::read(value).map_err(|problem| format!("{name}: {problem}"));
    match value {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(values)) if values.len() > MAX_CHOICES => {
            Err(format!("{name}: more than {MAX_CHOICES} values"))
        }
        Some(Value::Array(values)) if values.iter().any(Value::is_null) => Ok(Vec::new()),
        Some(Value::Array(values)) => values.iter().map(read).collect(),
        Some(value) => Ok(vec![read(value)?]),
    }
}
