//! No keepers: packs need none.

use alloy_primitives::Bytes;
use serde_json::Value;
use theriac_contracts::memory::MemoryHost;

#[derive(Default)]
pub(crate) struct Keepers;

impl Keepers {
    pub(crate) fn group_key(&self) -> Bytes {
        Bytes::new()
    }

    pub(crate) fn open(&self, _: &mut MemoryHost, _: &Value) -> Value {
        Value::Null
    }

    pub(crate) fn epoch(&self, _: &Value) -> Value {
        Value::Null
    }
}
