//! What the tests share: a seeded generator, published vectors read in place, a document by formula.

use rand_core::{Infallible, TryCryptoRng, TryRng};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// Bytes of `SHA-256(seed as u64 BE || counter as u64 BE)`, counter from 0: simple to repeat elsewhere.
pub(crate) struct SeededRng {
    seed: u64,
    counter: u64,
    block: Vec<u8>,
}

impl SeededRng {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            counter: 0,
            block: Vec::new(),
        }
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.try_next_u64().expect("infallible") % limit
    }

    fn byte(&mut self) -> u8 {
        if self.block.is_empty() {
            let mut hasher = Sha256::new();
            hasher.update(self.seed.to_be_bytes());
            hasher.update(self.counter.to_be_bytes());
            self.block = hasher.finalize().to_vec();
            self.counter += 1;
        }
        self.block.remove(0)
    }
}

impl TryRng for SeededRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.try_next_u64()? as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_be_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.iter_mut().for_each(|byte| *byte = self.byte());
        Ok(())
    }
}

impl TryCryptoRng for SeededRng {}

/// A generator that gives back what a published vector says was drawn, and nothing more.
pub(crate) struct ReplayRng(pub(crate) Vec<u8>);

impl TryRng for ReplayRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        panic!("the vectors draw bytes only");
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        panic!("the vectors draw bytes only");
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        let rest = self.0.split_off(bytes.len());
        bytes.copy_from_slice(&self.0);
        self.0 = rest;
        Ok(())
    }
}

impl TryCryptoRng for ReplayRng {}

/// Byte `i` is `i mod 251`.
pub(crate) fn document(length: usize) -> Vec<u8> {
    (0..length).map(|index| (index % 251) as u8).collect()
}

/// A published file under `../shared/data/crypto`, or `None` where it is absent.
pub(crate) fn published(test: &str, name: &str) -> Option<Value> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/crypto");
    match std::fs::read(root.join(name)) {
        Ok(bytes) => Some(serde_json::from_slice(&bytes).expect("published vectors are JSON")),
        Err(_) if std::env::var_os("CI").is_some_and(|ci| ci == "true") => {
            panic!("{test}: {name} is absent")
        }
        Err(_) => {
            println!("SKIPPED {test}: ../shared/data is absent");
            None
        }
    }
}

/// The bytes of a hexadecimal field.
pub(crate) fn hex_field(value: &Value, field: &str) -> Vec<u8> {
    hex::decode(text(value, field)).expect("hexadecimal")
}

/// A text field.
pub(crate) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field]
        .as_str()
        .unwrap_or_else(|| panic!("{field} is a string"))
}

/// The members of a list field.
pub(crate) fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field]
        .as_array()
        .unwrap_or_else(|| panic!("{field} is a list"))
}
