//! The sealed entries of a list as one document, which every book has: all of one length, so that no length tells an arm.
//!
//! ```text
//! document  = 01 || length of an entry (4) || sealed entries, in the order of their opening
//! entry     = index of its opening (4) || sealed key (266) || ciphertext
//! plaintext = length of the base entry (4) || base entry || zeros, up to the same multiple of 64 for all entries of the list
//! ```

use alloy_primitives::B256;
use theriac_envelope::seal::GroupKey;
use theriac_evidence::trial::{
    Cursor, Malformed,
    list::BaseEntry,
    log::{Frontier, leaf},
};
use theriac_sdk::trials::{SEALED_KEY_BYTES, seal_entry};
use zeroize::Zeroizing;

/// Bytes of a document at most, so that it goes into one package.
pub(super) const MOST_BYTES: usize = 24 << 20;
const VERSION: u8 = 1;
const HEAD: usize = 5;
const INDEX: usize = 4;
/// Plaintexts are as long as a multiple of this.
const STEP: usize = 64;
/// Header and tag of a ciphertext of one chunk.
const OVERHEAD: usize = 32;

/// Bytes of each sealed entry of a list.
pub(super) fn length(entries: &[BaseEntry]) -> usize {
    INDEX + SEALED_KEY_BYTES + padded(entries) + OVERHEAD
}

/// Bytes of each plaintext.
fn padded(entries: &[BaseEntry]) -> usize {
    let lengths = entries.iter().map(|entry| entry.encode().len());
    (INDEX + lengths.max().unwrap_or(0)).next_multiple_of(STEP)
}

/// Seals entries, given in the order in which they will be opened.
///
/// # Errors
/// Those of sealing.
pub(super) fn seal(
    ordered: &[BaseEntry],
    network: (u64, &GroupKey),
    (study, list): (B256, u16),
) -> Result<Vec<u8>, theriac_sdk::Error> {
    let padded = padded(ordered);
    let mut document = vec![VERSION];
    document.extend((length(ordered) as u32).to_be_bytes());
    for (index, entry) in (0_u32..).zip(ordered) {
        let entry = Zeroizing::new(entry.encode());
        let mut plaintext = Zeroizing::new(vec![0; padded]);
        plaintext[..INDEX].copy_from_slice(&(entry.len() as u32).to_be_bytes());
        plaintext[INDEX..INDEX + entry.len()].copy_from_slice(&entry);
        document.extend(index.to_be_bytes());
        document.extend(seal_entry(&plaintext, network, (study, list, index))?);
    }
    Ok(document)
}

/// The root over the entries of a document, as the ledger has it; `None` where it is no such document.
pub(in crate::trials) fn root_of(document: &[u8]) -> Option<B256> {
    let mut tree = Frontier::new();
    for (place, entry) in (0_u32..).zip(entries(document)?) {
        if entry[..INDEX] != place.to_be_bytes() {
            return None;
        }
        tree.append(leaf(entry));
    }
    Some(tree.root())
}

/// Sealed key and ciphertext of an entry.
pub(super) fn entry(document: &[u8], index: u32) -> Option<&[u8]> {
    entries(document)?
        .nth(index as usize)
        .map(|entry| &entry[INDEX..])
}

fn entries(document: &[u8]) -> Option<std::slice::ChunksExact<'_, u8>> {
    let (head, entries) = document.split_at_checked(HEAD)?;
    let length: [u8; 4] = head[1..].try_into().ok()?;
    let length = u32::from_be_bytes(length) as usize;
    let is_whole = length > INDEX && entries.len().is_multiple_of(length);
    (head[0] == VERSION && is_whole).then(|| entries.chunks_exact(length))
}

/// The base entry of a plaintext.
///
/// # Errors
/// It is none.
pub(super) fn read(plaintext: &[u8]) -> Result<BaseEntry, Malformed> {
    let mut fields = Cursor::new("sealed entry", plaintext);
    let length = fields.u32()? as usize;
    let mut entry = Cursor::new("base entry", fields.bytes(length)?);
    BaseEntry::read(&mut entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(arm: &str) -> BaseEntry {
        BaseEntry {
            index: 3,
            stratum: B256::repeat_byte(1),
            block: 1,
            arm: arm.to_owned(),
            kit: "K000001".to_owned(),
            salt: B256::repeat_byte(2),
        }
    }

    fn document(length: u32, entries: &[&[u8]]) -> Vec<u8> {
        [&[VERSION][..], &length.to_be_bytes(), &entries.concat()].concat()
    }

    #[test]
    fn the_longest_arm_says_how_long_all_entries_are() {
        let (short, long) = (base("A"), base(&"Xanomeline high dose".repeat(3)));
        assert_eq!(padded(std::slice::from_ref(&short)), 128);
        assert_eq!(padded(&[short.clone(), long.clone()]), 192);
        assert_eq!(length(&[short, long]), 4 + 266 + 192 + 32);
    }

    #[test]
    fn a_document_is_taken_apart_and_one_that_is_none_is_not() {
        let (first, second) = (&[0, 0, 0, 0, 8, 8][..], &[0, 0, 0, 1, 9, 9][..]);
        let whole = document(6, &[first, second]);
        assert_eq!(entry(&whole, 1), Some(&[9, 9][..]));
        assert_eq!(entry(&whole, 2), None);
        let mut tree = Frontier::new();
        let _ = [first, second].map(|one| tree.append(leaf(one)));
        assert_eq!(root_of(&whole), Some(tree.root()));
        for wrong in [
            document(6, &[second, first]),
            document(5, &[first, second]),
            document(0, &[first]),
            document(4, &[]),
            whole[..3].to_vec(),
            [&[2], &whole[1..]].concat(),
        ] {
            assert_eq!(root_of(&wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_plaintext_gives_its_entry_and_one_that_ends_early_does_not() {
        let entry = base("A").encode();
        let mut plaintext = (entry.len() as u32).to_be_bytes().to_vec();
        plaintext.extend(entry);
        assert!(read(&plaintext[..40]).is_err());
        plaintext.resize(128, 0);
        assert_eq!(read(&plaintext).unwrap(), base("A"));
        assert!(read(&[0xff; 20]).is_err());
    }
}
