//! What a seal is bound to: the network and the seal id, under a namespace that no vote shares.

use commonware_cryptography::{Hasher, Keccak256};

/// The namespace of partial signatures over seal ids: `"theriac/" || chain id (8) || "/seal"`.
///
/// Votes, seeds and key generation sign under other namespaces, none of which starts this one or is started by it.
pub fn namespace(chain_id: u64) -> Vec<u8> {
    [b"theriac/".as_slice(), &chain_id.to_be_bytes(), b"/seal"].concat()
}

/// A seal of one network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SealContext {
    /// The network.
    pub chain_id: u64,
    /// The seal id, as the contract `seals` computes it.
    pub seal: [u8; 32],
}

impl SealContext {
    const VERSION: u8 = 1;

    /// The associated data of the blob: version 1, chain id u64, seal id.
    pub(super) fn encode(&self) -> [u8; 41] {
        let mut bytes = [Self::VERSION; 41];
        bytes[1..9].copy_from_slice(&self.chain_id.to_be_bytes());
        bytes[9..].copy_from_slice(&self.seal);
        bytes
    }
}

/// The root of an opening's seal ids in their order: `keccak256(abi.encode(bytes32[]))`.
pub fn seals_root(seals: &[[u8; 32]]) -> [u8; 32] {
    let word = |number: u64| {
        let mut word = [0; 32];
        word[24..].copy_from_slice(&number.to_be_bytes());
        word
    };
    let mut encoded = [word(32), word(seals.len() as u64)].concat();
    encoded.extend(seals.iter().flatten());
    Keccak256::hash(&[&encoded]).0
}
