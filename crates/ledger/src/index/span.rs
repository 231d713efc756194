//! A filter over the log addresses and topics of 256 blocks, so that a rare one skips them at once.
//!
//! A Bloom filter sized to the keys that the span really has: 12 bits a key and 6 probes let about one
//! absent key in 200 through, which costs a look at 256 header blooms and no more.

use std::collections::BTreeSet;

use alloy_primitives::{Address, B256, Log};

use super::filter::LogFilter;

/// Blocks in a span; span `n` covers heights `n * 256 ..= n * 256 + 255`.
pub(super) const SPAN_BLOCKS: u64 = 256;

const BITS_PER_KEY: usize = 12;
const PROBES: u64 = 6;

/// The span that a height belongs to.
pub(super) fn span_of(height: u64) -> u64 {
    height / SPAN_BLOCKS
}

/// The last height of a span.
pub(super) fn last_of(span: u64) -> u64 {
    span * SPAN_BLOCKS + (SPAN_BLOCKS - 1)
}

/// The keys of the span that is being filled.
#[derive(Clone, Debug, Default)]
pub(super) struct SpanKeys(BTreeSet<u64>);

impl SpanKeys {
    /// Adds a log's address and topics.
    pub(super) fn add(&mut self, log: &Log) {
        self.0.insert(address_key(&log.address));
        for (position, topic) in log.topics().iter().enumerate() {
            self.0.insert(topic_key(position, topic));
        }
    }

    /// Adds all keys of another set.
    pub(super) fn absorb(&mut self, other: &Self) {
        self.0.extend(&other.0);
    }

    /// The filter over all keys added; empty if there are none.
    pub(super) fn filter(&self) -> Vec<u8> {
        let bytes = (self.0.len() * BITS_PER_KEY).div_ceil(8);
        let mut filter = vec![0u8; bytes];
        for key in &self.0 {
            for bit in probes(*key, bytes) {
                filter[bit / 8] |= 1 << (bit % 8);
            }
        }
        filter
    }
}

/// Whether a span with this filter may hold a log that `wanted` matches.
pub(super) fn may_match(filter: &[u8], wanted: &LogFilter) -> bool {
    if filter.is_empty() {
        return false;
    }
    let holds =
        |key: u64| probes(key, filter.len()).all(|bit| filter[bit / 8] & (1 << (bit % 8)) != 0);
    let addresses = &wanted.addresses;
    let address_may =
        addresses.is_empty() || addresses.iter().any(|address| holds(address_key(address)));
    address_may
        && wanted.topics.iter().enumerate().all(|(position, topics)| {
            topics.is_empty() || topics.iter().any(|topic| holds(topic_key(position, topic)))
        })
}

fn probes(key: u64, bytes: usize) -> impl Iterator<Item = usize> {
    let bits = bytes as u64 * 8;
    let step = (key >> 32) | 1;
    (0..PROBES).map(move |probe| (key.wrapping_add(probe.wrapping_mul(step)) % bits) as usize)
}

fn address_key(address: &Address) -> u64 {
    key(0, address.into_word())
}

fn topic_key(position: usize, topic: &B256) -> u64 {
    key(position as u64 + 1, *topic)
}

/// A 64-bit mix of a position and 32 bytes. Collisions cost time, never a missed log, so speed is
/// all that matters. The finaliser is that of SplitMix64.
fn key(position: u64, word: B256) -> u64 {
    word.chunks_exact(8).fold(position, |state, chunk| {
        let chunk = u64::from_le_bytes(chunk.try_into().expect("chunks are of 8 bytes"));
        let mut mixed = (state ^ chunk).wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    })
}
