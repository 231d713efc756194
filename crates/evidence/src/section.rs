//! The consensus section of a block: what the Ethereum header has no field for.

use crate::rlp::{DecodeFailure, ListReader};
use alloy_primitives::{B256, FixedBytes, keccak256};
use alloy_rlp::{Encodable, Header};

/// The only version there is.
pub const VERSION: u64 = 1;
/// More than the longest encoding, in bytes.
pub const MAX_ENCODED: usize = 512;

/// How far the time of a block may be ahead of the clock of a member who votes for it, in milliseconds.
pub const DRIFT_MS: u64 = 500;

/// A BLS signature in G1, compressed.
pub type Signature = FixedBytes<48>;

/// The seed of a view: the group's signature over the round, verified before it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed {
    /// Epoch of the round that was signed.
    pub epoch: u64,
    /// View of the round that was signed.
    pub view: u64,
    /// The signature.
    pub signature: Signature,
}

/// Consensus context, time, state range and history of a block; the header's `extraData` is its hash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Epoch in which the block was proposed.
    pub epoch: u64,
    /// View in which the block was proposed.
    pub view: u64,
    /// Ed25519 public key of the leader of that view.
    pub leader: B256,
    /// View in which the parent was proposed.
    pub parent_view: u64,
    /// Hash of the parent.
    pub parent_digest: B256,
    /// Milliseconds since 1970, strictly more than the parent's.
    pub time_ms: u64,
    /// Root of the operations log of the state database.
    pub ops_root: B256,
    /// First location of the operations that a synchronising node needs.
    pub ops_start: u64,
    /// One past the last location of the operations.
    pub ops_end: u64,
    /// Root of the MMR over all earlier block hashes.
    pub history_root: B256,
    /// Leaves of that MMR, which is the height of the block.
    pub history_size: u64,
    /// The seed that `prevrandao` is the hash of; `None` for the first blocks.
    pub seed: Option<Seed>,
    /// Keccak-256 of the key-generation payload of the body; zero without one.
    pub payload_hash: B256,
}

impl Section {
    /// The RLP list, in the order of the fields, headed by the version.
    pub fn encode(&self) -> Vec<u8> {
        let (seed_epoch, seed_view, signature) = match &self.seed {
            Some(seed) => (seed.epoch, seed.view, seed.signature.as_slice()),
            None => (0, 0, [].as_slice()),
        };
        let fields: [&dyn Encodable; 16] = [
            &VERSION,
            &self.epoch,
            &self.view,
            &self.leader,
            &self.parent_view,
            &self.parent_digest,
            &self.time_ms,
            &self.ops_root,
            &self.ops_start,
            &self.ops_end,
            &self.history_root,
            &self.history_size,
            &seed_epoch,
            &seed_view,
            &signature,
            &self.payload_hash,
        ];
        let payload_length = fields.iter().map(|field| field.length()).sum();
        let mut out = Vec::with_capacity(payload_length + 3);
        Header {
            list: true,
            payload_length,
        }
        .encode(&mut out);
        fields.iter().for_each(|field| field.encode(&mut out));
        out
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// The bytes are not exactly that encoding, or of another version.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeFailure> {
        let mut list = ListReader::open("section", bytes, MAX_ENCODED)?;
        let version: u64 = list.number("version")?;
        if version != VERSION {
            return Err(list.failure("version", format!("got {version}, expected {VERSION}")));
        }
        let section = Self {
            epoch: list.number("epoch")?,
            view: list.number("view")?,
            leader: list.fixed("leader")?,
            parent_view: list.number("parentView")?,
            parent_digest: list.fixed("parentDigest")?,
            time_ms: list.number("timeMs")?,
            ops_root: list.fixed("opsRoot")?,
            ops_start: list.number("opsStart")?,
            ops_end: list.number("opsEnd")?,
            history_root: list.fixed("historyRoot")?,
            history_size: list.number("historySize")?,
            seed: decode_seed(&mut list)?,
            payload_hash: list.fixed("payloadHash")?,
        };
        list.close()?;
        Ok(section)
    }

    /// Keccak-256 of the encoding.
    pub fn hash(&self) -> B256 {
        keccak256(self.encode())
    }
}

fn decode_seed(list: &mut ListReader<'_>) -> Result<Option<Seed>, DecodeFailure> {
    let epoch = list.number("seedEpoch")?;
    let view = list.number("seedView")?;
    let bytes = list.string("seed")?;
    if bytes.is_empty() {
        if (epoch, view) != (0, 0) {
            return Err(list.failure("seed", "no signature, but a round"));
        }
        return Ok(None);
    }
    let signature = Signature::try_from(bytes).map_err(|_| {
        list.failure(
            "seed",
            format!("got {} bytes, expected 48 or none", bytes.len()),
        )
    })?;
    Ok(Some(Seed {
        epoch,
        view,
        signature,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn largest() -> Section {
        Section {
            epoch: u64::MAX,
            view: u64::MAX,
            leader: B256::repeat_byte(1),
            parent_view: u64::MAX,
            parent_digest: B256::repeat_byte(2),
            time_ms: u64::MAX,
            ops_root: B256::repeat_byte(3),
            ops_start: u64::MAX,
            ops_end: u64::MAX,
            history_root: B256::repeat_byte(4),
            history_size: u64::MAX,
            seed: Some(Seed {
                epoch: u64::MAX,
                view: u64::MAX,
                signature: Signature::repeat_byte(5),
            }),
            payload_hash: B256::repeat_byte(6),
        }
    }

    #[test]
    fn section_survives_its_encoding() {
        for section in [Section::default(), largest()] {
            let bytes = section.encode();
            assert!(bytes.len() <= MAX_ENCODED);
            assert_eq!(Section::decode(&bytes), Ok(section));
        }
    }

    #[test]
    fn section_encoding_is_the_pinned_one() {
        assert_eq!(
            format!("{}", Section::default().hash()),
            "0x807de5c975c4dc00cb8a6477babf5cd79bf0f9bf351b690af2e74fb229e95737"
        );
    }

    #[test]
    fn section_refuses_every_cut_and_every_extension() {
        let bytes = largest().encode();
        for length in 0..bytes.len() {
            assert!(Section::decode(&bytes[..length]).is_err());
        }
        let mut longer = bytes.clone();
        longer.push(0x80);
        assert!(Section::decode(&longer).is_err());
    }

    #[test]
    fn section_has_one_encoding_only() {
        let bytes = largest().encode();
        for index in 0..bytes.len() {
            for bit in 0..8 {
                let mut other = bytes.clone();
                other[index] ^= 1 << bit;
                if let Ok(section) = Section::decode(&other) {
                    assert_eq!(section.encode(), other);
                }
            }
        }
    }

    #[test]
    fn section_refuses_another_version_and_a_round_without_seed() {
        let mut bytes = Section::default().encode();
        let start = bytes.len() - (Section::default().encode().len() - 2);
        assert_eq!(bytes[start], 1);
        bytes[start] = 2;
        assert_eq!(Section::decode(&bytes).unwrap_err().field, "version");

        let mut bytes = Section::default().encode();
        let seed_view = bytes.len() - 33 - 2;
        assert_eq!(bytes[seed_view], 0x80);
        bytes[seed_view] = 1;
        assert_eq!(Section::decode(&bytes).unwrap_err().field, "seed");
    }
}
