//! Which logs a reader wants.

use alloy_primitives::{Address, B256, Bloom, BloomInput, Log};

/// Addresses and topics as in `eth_getLogs`: any of the addresses, and at each position any of the
/// topics; an empty list lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// Emitting contracts.
    pub addresses: Vec<Address>,
    /// Topics by position.
    pub topics: [Vec<B256>; 4],
}

impl LogFilter {
    /// Whether the log is wanted.
    pub fn matches(&self, log: &Log) -> bool {
        let topics = log.topics();
        (self.addresses.is_empty() || self.addresses.contains(&log.address))
            && self.topics.iter().enumerate().all(|(position, wanted)| {
                wanted.is_empty()
                    || topics
                        .get(position)
                        .is_some_and(|topic| wanted.contains(topic))
            })
    }

    /// Whether a block with this header bloom may hold a wanted log.
    pub fn may_match(&self, bloom: &Bloom) -> bool {
        if bloom.is_zero() {
            return false;
        }
        let holds = |raw: &[u8]| bloom.contains_input(BloomInput::Raw(raw));
        (self.addresses.is_empty()
            || self
                .addresses
                .iter()
                .any(|address| holds(address.as_slice())))
            && self.topics.iter().all(|topics| {
                topics.is_empty() || topics.iter().any(|topic| holds(topic.as_slice()))
            })
    }
}
