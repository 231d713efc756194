//! All that a validator has on its disk.

use crate::{
    distinguisher::Known,
    guesses::writings,
    trial::{GLNS, Public},
};
use alloy_consensus::{Transaction as _, TxEnvelope};
use alloy_eips::eip2718::Decodable2718 as _;
use alloy_primitives::{Address, B256, Bytes};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use theriac_contracts::addresses::PACKS;
use theriac_ledger::index::{Index, IndexedReceipt};

/// Entries of each trial: two by the maker for each of commission, close, commit of a package and commit beside; three for each pharmacy.
const ENTRIES: usize = 14;

/// A word with fewer bytes that are not zero is a number, or the parity of a signature, and is equal to others by chance.
const LEAST_BYTES: usize = 8;

/// A validator's disk.
pub(crate) struct View {
    pub(crate) trials: Vec<Trial>,
    files: Vec<(PathBuf, Vec<u8>)>,
}

/// The entries of one trial, in order.
pub(crate) struct Trial {
    pub(crate) entries: Vec<Entry>,
}

/// An entry about packs.
pub(crate) struct Entry {
    pub(crate) sender: Address,
    pub(crate) height: u64,
    /// Seconds.
    pub(crate) time: u64,
    pub(crate) gas: u64,
    pub(crate) input: Bytes,
    /// Words of the call and of its logs, numbers left out.
    pub(crate) words: Vec<B256>,
}

impl View {
    /// Reads a stopped validator's folder and log, blocks through the library and every byte beside.
    pub(crate) fn read(folder: &Path, log: &Path, known: &Known) -> Self {
        let mut files = Vec::new();
        read_all(folder, &mut files);
        files.push((log.to_owned(), fs::read(log).expect("a log")));
        assert!(files.len() > 5, "a validator has more on its disk");
        let mut entries = entries(&folder.join("index.redb"));
        // What was before the first lot is of products.
        let is_of = |sender: &Address| *sender == known.maker || known.sides.contains(sender);
        entries.retain(|entry| is_of(&entry.sender));
        let set_products = entries.len() % ENTRIES;
        let mut trials = Vec::new();
        let mut rest = entries.drain(set_products..);
        loop {
            let entries: Vec<_> = rest.by_ref().take(ENTRIES).collect();
            if entries.is_empty() {
                break;
            }
            trials.push(Trial { entries });
        }
        drop(rest);
        Self { trials, files }
    }

    /// What everybody knows of these trials and stands anywhere on the disk, in whatever writing.
    pub(crate) fn in_clear<'a>(&self, trials: impl Iterator<Item = &'a Public>) -> Vec<String> {
        let mut texts: Vec<&str> = GLNS.to_vec();
        for public in trials {
            let all = [&public.lots, &public.units, &public.products];
            texts.extend(all.into_iter().flatten().map(String::as_str));
        }
        texts.sort_unstable();
        texts.dedup();
        let mut wanted = BTreeMap::new();
        for text in texts {
            wanted.extend(writings(text).into_iter().map(|way| (way, text.to_owned())));
        }
        self.found(&wanted)
    }

    /// Which of these values stand on the disk, as bytes or in hexadecimal.
    pub(crate) fn values_found(&self, values: &[(&'static str, Vec<u8>)]) -> Vec<String> {
        let mut wanted = BTreeMap::new();
        for (name, bytes) in values {
            let hex = hex::encode(bytes);
            for way in [
                bytes.clone(),
                hex.to_uppercase().into_bytes(),
                hex.into_bytes(),
            ] {
                wanted.insert(way, (*name).to_owned());
            }
        }
        self.found(&wanted)
    }

    fn found(&self, wanted: &BTreeMap<Vec<u8>, String>) -> Vec<String> {
        let search = Search::new(wanted);
        let of_file = |(file, bytes): &(PathBuf, Vec<u8>)| {
            let found = search.run(bytes).into_iter();
            let found = found.map(|text| format!("{text} in {}", file.display()));
            found.collect::<Vec<_>>()
        };
        self.files.iter().flat_map(of_file).collect()
    }
}

fn read_all(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => read_all(&path, files),
            false => {
                let bytes = fs::read(&path).expect("a file");
                files.push((path, bytes));
            }
        }
    }
}

fn entries(file: &Path) -> Vec<Entry> {
    let index = Index::open(file).expect("an index");
    let (head, _) = index.head().expect("blocks");
    let mut entries = Vec::new();
    for height in 1..=head {
        let Some(block) = index.block(height).expect("a block") else {
            continue;
        };
        for (transaction, receipt) in block.transactions.iter().zip(&block.receipts) {
            let envelope = TxEnvelope::decode_2718(&mut transaction.raw.as_ref());
            let envelope = envelope.expect("a transaction");
            if envelope.to() == Some(PACKS) {
                let input = envelope.input().clone();
                entries.push(Entry {
                    sender: transaction.sender,
                    height,
                    time: block.header.timestamp,
                    gas: receipt.gas_used,
                    words: words(&input, receipt),
                    input,
                });
            }
        }
    }
    entries
}

fn words(input: &[u8], receipt: &IndexedReceipt) -> Vec<B256> {
    let of_call = input.get(4..).unwrap_or_default().chunks_exact(32);
    let mut words: Vec<_> = of_call.map(B256::from_slice).collect();
    for log in &receipt.logs {
        words.extend(log.topics().iter().skip(1));
        words.extend(log.data.data.chunks_exact(32).map(B256::from_slice));
    }
    words.retain(|word| word.iter().filter(|byte| **byte != 0).count() >= LEAST_BYTES);
    words
}

/// Looks for many texts at once.
struct Search<'a> {
    by_start: BTreeMap<[u8; 4], Vec<(&'a [u8], &'a str)>>,
    /// Whether a text begins with these two bytes.
    starts: Vec<bool>,
}

impl<'a> Search<'a> {
    fn new(wanted: &'a BTreeMap<Vec<u8>, String>) -> Self {
        let mut by_start: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut starts = vec![false; 1 << 16];
        for (way, text) in wanted {
            let start = way[..4].try_into().expect("four bytes");
            starts[usize::from(u16::from_be_bytes([way[0], way[1]]))] = true;
            let of_start = by_start.entry(start).or_default();
            of_start.push((way.as_slice(), text.as_str()));
        }
        Self { by_start, starts }
    }

    fn run(&self, bytes: &[u8]) -> Vec<&'a str> {
        let mut found = Vec::new();
        for (place, window) in bytes.windows(4).enumerate() {
            if !self.starts[usize::from(u16::from_be_bytes([window[0], window[1]]))] {
                continue;
            }
            let Some(ways) = self.by_start.get(window) else {
                continue;
            };
            let here = ways
                .iter()
                .filter(|(way, _)| bytes[place..].starts_with(way));
            found.extend(here.map(|(_, text)| *text));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_found_at_any_place() {
        let wanted: BTreeMap<_, _> = writings("4012345000009")
            .into_iter()
            .map(|way| (way, "gln".to_owned()))
            .collect();
        let search = Search::new(&wanted);
        for way in wanted.keys() {
            let disk = [&[7, 0x40, 1][..], way, &[9; 3]].concat();
            assert_eq!(search.run(&disk), ["gln"]);
        }
        assert_eq!(search.run(b"401234500000 4012345000016"), [""; 0]);
    }
}
