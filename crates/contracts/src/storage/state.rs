//! The storage of one contract, seen through the host.

use alloy_primitives::{Address, B256, Bytes, U256};
use alloy_sol_types::SolEvent;

use crate::host::{Halt, Host};

/// One contract's storage and logs. Contracts never share slots; to read another's, make its `State`.
pub(crate) struct State<'h> {
    pub(crate) host: &'h mut dyn Host,
    address: Address,
}

impl<'h> State<'h> {
    pub(crate) fn new(host: &'h mut dyn Host, address: Address) -> Self {
        Self { host, address }
    }

    pub(crate) fn load(&mut self, slot: U256) -> Result<U256, Halt> {
        self.host.sload(self.address, slot)
    }

    pub(crate) fn save(&mut self, slot: U256, value: U256) -> Result<(), Halt> {
        self.host.sstore(self.address, slot, value)
    }

    pub(crate) fn keccak(&mut self, data: &[u8]) -> Result<B256, Halt> {
        self.host.keccak(data)
    }

    pub(crate) fn emit<E: SolEvent>(&mut self, event: &E) -> Result<(), Halt> {
        let log = event.encode_log_data();
        let topics = log.topics().to_vec();
        self.host
            .emit(self.address, topics, Bytes::from(log.data.to_vec()))
    }
}
