//! The Ethereum header of a block, read strictly as this chain writes it.

use crate::rlp::{DecodeFailure, ListReader};
use alloy_primitives::{Address, B256, U256, keccak256};

/// More than the longest header of this chain, in bytes.
pub const MAX_ENCODED: usize = 1024;

/// What evidence needs of a header; every other field is read, checked for shape and bound by the hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Keccak-256 of the header's RLP: the block hash and the digest that consensus signs.
    pub hash: B256,
    /// Hash of the parent.
    pub parent_hash: B256,
    /// Canonical root of the state database after the block.
    pub state_root: B256,
    /// Root of the transactions' trie.
    pub transactions_root: B256,
    /// Root of the receipts' trie.
    pub receipts_root: B256,
    /// Height.
    pub number: u64,
    /// Seconds since 1970, the floor of the section's milliseconds.
    pub timestamp: u64,
    /// Keccak-256 of the consensus section.
    pub section_hash: B256,
    /// `prevrandao`: the hash of the seed.
    pub mix_hash: B256,
}

impl Header {
    /// Reads the RLP of a header with the 21 fields that Ethereum has since Prague.
    ///
    /// # Errors
    /// Another count of fields, a field of another length, extra data of another length than 32 bytes, or a
    /// non-canonical encoding.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeFailure> {
        let mut list = ListReader::open("header", bytes, MAX_ENCODED)?;
        let parent_hash = list.fixed("parentHash")?;
        list.fixed::<32>("ommersHash")?;
        list.number::<Address>("beneficiary")?;
        let state_root = list.fixed("stateRoot")?;
        let transactions_root = list.fixed("transactionsRoot")?;
        let receipts_root = list.fixed("receiptsRoot")?;
        list.fixed::<256>("logsBloom")?;
        list.number::<U256>("difficulty")?;
        let number = list.number("number")?;
        list.number::<u64>("gasLimit")?;
        list.number::<u64>("gasUsed")?;
        let timestamp = list.number("timestamp")?;
        let section_hash = list.fixed("extraData")?;
        let mix_hash = list.fixed("mixHash")?;
        list.fixed::<8>("nonce")?;
        read_later_forks(&mut list)?;
        list.close()?;
        Ok(Self {
            hash: keccak256(bytes),
            parent_hash,
            state_root,
            transactions_root,
            receipts_root,
            number,
            timestamp,
            section_hash,
            mix_hash,
        })
    }
}

/// London, Shanghai, Cancun and Prague: EIP-1559, 4895, 4844, 4788 and 7685.
fn read_later_forks(list: &mut ListReader<'_>) -> Result<(), DecodeFailure> {
    list.number::<u64>("baseFeePerGas")?;
    list.fixed::<32>("withdrawalsRoot")?;
    list.number::<u64>("blobGasUsed")?;
    list.number::<u64>("excessBlobGas")?;
    list.fixed::<32>("parentBeaconBlockRoot")?;
    list.fixed::<32>("requestsHash")?;
    Ok(())
}
