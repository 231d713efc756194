//! A randomisation list: its base entries, its seed, and the order that the seed gives it.

use super::{Cursor, Malformed, cursor::write_text, log};
use crate::digest::sha256;
use alloy_primitives::B256;

/// Longest arm or kit, in bytes.
pub const MAX_LABEL: usize = 256;
/// Most entries of a list.
pub const MAX_LIST: u32 = 1 << 20;

/// An entry of the list as it was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseEntry {
    /// Place in the committed list, from 0.
    pub index: u32,
    /// The stratum.
    pub stratum: B256,
    /// The block of permuted entries, from 0.
    pub block: u32,
    /// The arm.
    pub arm: String,
    /// The kit.
    pub kit: String,
    /// What keeps the entry from being guessed.
    pub salt: B256,
}

impl BaseEntry {
    /// The bytes of the leaf.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(96);
        out.extend_from_slice(&self.index.to_be_bytes());
        out.extend_from_slice(self.stratum.as_slice());
        out.extend_from_slice(&self.block.to_be_bytes());
        write_text(&self.arm, &mut out);
        write_text(&self.kit, &mut out);
        out.extend_from_slice(self.salt.as_slice());
        out
    }

    /// Reads one entry from the front.
    ///
    /// # Errors
    /// It is cut off or beyond a limit.
    pub fn read(fields: &mut Cursor<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            index: fields.u32()?,
            stratum: fields.hash()?,
            block: fields.u32()?,
            arm: fields.text(MAX_LABEL)?.to_owned(),
            kit: fields.text(MAX_LABEL)?.to_owned(),
            salt: fields.hash()?,
        })
    }
}

/// The root over base entries.
pub fn base_root(entries: &[BaseEntry]) -> B256 {
    let mut tree = log::Frontier::new();
    entries
        .iter()
        .for_each(|entry| tree.append(log::leaf(&entry.encode())));
    tree.root()
}

/// The commitment to a list's secret.
pub fn secret_commitment(secret: &B256) -> B256 {
    sha256(&[b"theriac/trial/list/v1", secret.as_slice()])
}

/// The root over the secrets of all lists, in the order of their numbers.
pub fn secrets_root(secrets: &[(u16, B256)]) -> B256 {
    let mut tree = log::Frontier::new();
    for (list, secret) in secrets {
        tree.append(log::leaf(
            &[&list.to_be_bytes()[..], secret.as_slice()].concat(),
        ));
    }
    tree.root()
}

/// The seed of the order.
pub fn seed(secret: &B256, prevrandao: &B256) -> B256 {
    sha256(&[
        b"theriac/trial/seed/v1",
        secret.as_slice(),
        prevrandao.as_slice(),
    ])
}

/// For each place of the effective order the index of its base entry: whole blocks are permuted by Fisher-Yates, from the last down.
pub fn order(length: u32, block_length: u32, (seed, stratum): (&B256, &B256)) -> Vec<u32> {
    let block_length = block_length.max(1);
    let count = length.div_ceil(block_length);
    let mut blocks: Vec<u32> = (0..count).collect();
    for place in (1..count).rev() {
        let other = draw(place, (seed, stratum));
        blocks.swap(place as usize, other as usize);
    }
    let entries_of = |block: u32| {
        let first = block * block_length;
        first..length.min(first.saturating_add(block_length))
    };
    blocks.into_iter().flat_map(entries_of).collect()
}

/// A number from 0 to `place`, each equally likely.
fn draw(place: u32, (seed, stratum): (&B256, &B256)) -> u32 {
    let choices = u128::from(place) + 1;
    let limit = (1_u128 << 64) / choices * choices;
    (0_u32..)
        .map(|attempt| {
            let digest = sha256(&[
                seed.as_slice(),
                stratum.as_slice(),
                &place.to_be_bytes(),
                &attempt.to_be_bytes(),
            ]);
            u128::from(u64::from_be_bytes(
                digest[..8].try_into().expect("8 of 32 bytes"),
            ))
        })
        .find(|number| *number < limit)
        .map(|number| (number % choices) as u32)
        .expect("at least every second attempt is taken")
}
