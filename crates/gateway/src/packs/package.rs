//! What goes from partner to partner, before it is encrypted: papers, labels, proofs and keys.
//!
//! JSON, in which hashes that proofs share stand once in a list and are named by their place.

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256, Bytes};
use serde::{Deserialize, Serialize};
use theriac_contracts::packs::{DEPTH_LIMIT, STEP_LIMIT};

use super::{book::Step, keys::Announced, label::Label};

/// Packs of one package at most.
pub const MAX_PACKS: usize = 100_000;
/// Hashes of all proofs of a package at most.
const MAX_HASHES: usize = 2_000_000;
/// Lots, keys, closings and papers of a package at most, each.
const MAX_LINES: usize = 100_000;
const FORMAT: &str = "theriac-package/1";

/// A package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Package {
    format: String,
    /// The chain on which it is true.
    pub chain_id: u64,
    /// A block in which all its entries are final.
    pub height: u64,
    /// 32 random bytes.
    pub shipment: B256,
    /// Who sends it.
    pub sender: Sender,
    /// EPCIS document in JSON-LD.
    pub document: String,
    /// The salt of each event of the document, in its order.
    pub salts: Vec<B256>,
    /// Lots of the packs.
    pub lots: Vec<LotLine>,
    /// The receiver's keys that hold the packs.
    pub keys: Vec<KeyLine>,
    closings: Vec<ClosingLine>,
    hashes: Vec<B256>,
    packs: Vec<PackLine>,
}

/// Who sends a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sender {
    /// The account.
    pub account: Address,
    /// Its organisation.
    pub organisation: u32,
    /// The place: a GLN.
    pub gln: String,
}

/// A lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LotLine {
    /// Root of the trie of its pack tags.
    pub root: B256,
    /// The product: 14 digits.
    pub gtin: String,
    /// Its number.
    pub lot: String,
    /// Its expiry as printed.
    pub expiry: String,
}

/// A key of the receiver's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeyLine {
    /// The key.
    pub next: Address,
    point: Bytes,
    /// The logistic unit whose packs it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sscc: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClosingLine {
    key: Address,
    salt: B256,
    next: Address,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PackLine {
    lot: u32,
    serial: String,
    key: u32,
    membership: Vec<u32>,
    steps: Vec<StepLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct StepLine {
    closing: u32,
    siblings: Vec<u32>,
}

/// A pack of a package with its proofs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// What is printed on it.
    pub label: Label,
    /// Root of its lot.
    pub root: B256,
    /// The key that holds it.
    pub key: Address,
    /// Siblings of its tag in the lot.
    pub membership: Vec<B256>,
    /// Its steps from the lot on.
    pub steps: Vec<Step>,
}

/// Why bytes are no package.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackageFault {
    /// Not the JSON of a package.
    #[error("the package is not json of its form: line {line}, column {column}")]
    Malformed {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// Another format.
    #[error("the package is of another format, expected {FORMAT}")]
    Format,
    /// Too many of something.
    #[error("the package has {got} {what}, expected at most {most}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        got: usize,
        /// How many there may be.
        most: usize,
    },
    /// A place in a list that has none such.
    #[error("pack {pack}: no {what} at place {place}")]
    NoSuchPlace {
        /// Of which pack.
        pack: usize,
        /// Of what.
        what: &'static str,
        /// The place.
        place: u32,
    },
    /// A label is faulty.
    #[error("pack {pack}: {error}")]
    Label {
        /// Of which pack.
        pack: usize,
        /// What is wrong.
        error: theriac_standards::gs1::key::KeyError,
    },
    /// A key's point has another length.
    #[error("key {0}: expected a point of 33 bytes")]
    Point(usize),
    /// The document is no EPCIS document, or has another number of events than salts.
    #[error("the document is no epcis document with {0} events")]
    Document(usize),
    /// It is of another chain.
    #[error("the package is of chain {got}, expected {expected}")]
    Chain {
        /// Its chain.
        got: u64,
        /// The book's chain.
        expected: u64,
    },
}

/// Lists in which each entry stands once.
#[derive(Default)]
struct Places<T: Ord> {
    places: BTreeMap<T, u32>,
    list: Vec<T>,
}

impl<T: Ord + Clone> Places<T> {
    fn place(&mut self, entry: T) -> u32 {
        let next = self.list.len() as u32;
        *self.places.entry(entry.clone()).or_insert_with(|| {
            self.list.push(entry);
            next
        })
    }
}

impl KeyLine {
    /// A key with what lets the receiver find it.
    pub fn new(announced: &Announced, sscc: Option<String>) -> Self {
        Self {
            next: announced.next,
            point: Bytes::copy_from_slice(&announced.point),
            sscc,
        }
    }

    /// What lets the receiver find the key.
    pub fn announced(&self) -> Option<Announced> {
        Some(Announced {
            next: self.next,
            point: self.point.as_ref().try_into().ok()?,
        })
    }
}

impl Package {
    /// A package of these packs. Each holds a key of `keys` and is of a lot of `lots`.
    pub fn new(
        (chain_id, height, shipment, sender): (u64, u64, B256, Sender),
        (document, salts): (String, Vec<B256>),
        (lots, keys): (Vec<LotLine>, Vec<KeyLine>),
        contents: &[Content],
    ) -> Self {
        let (mut hashes, mut closings) = (Places::default(), Places::default());
        let lot_place: BTreeMap<_, _> = (0..)
            .zip(&lots)
            .map(|(place, lot)| (lot.root, place))
            .collect();
        let key_place: BTreeMap<_, _> = (0..)
            .zip(&keys)
            .map(|(place, key)| (key.next, place))
            .collect();
        let mut places =
            |siblings: &[B256]| siblings.iter().map(|one| hashes.place(*one)).collect();
        let mut packs = Vec::with_capacity(contents.len());
        for content in contents {
            let steps = content.steps.iter().map(|step| StepLine {
                closing: closings.place((step.key, step.salt, step.next)),
                siblings: places(&step.siblings),
            });
            let steps = steps.collect();
            packs.push(PackLine {
                lot: lot_place[&content.root],
                serial: content.label.serial().to_owned(),
                key: key_place[&content.key],
                membership: places(&content.membership),
                steps,
            });
        }
        let closing = |(key, salt, next)| ClosingLine { key, salt, next };
        Self {
            format: FORMAT.to_owned(),
            chain_id,
            height,
            shipment,
            sender,
            document,
            salts,
            lots,
            keys,
            closings: closings.list.into_iter().map(closing).collect(),
            hashes: hashes.list,
            packs,
        }
    }

    /// The package as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a package is text, numbers and lists")
    }

    /// Reads a package within its bounds.
    ///
    /// # Errors
    /// [`PackageFault`].
    pub fn read(text: &[u8]) -> Result<Self, PackageFault> {
        let package: Self =
            serde_json::from_slice(text).map_err(|error| PackageFault::Malformed {
                line: error.line(),
                column: error.column(),
            })?;
        if package.format != FORMAT {
            return Err(PackageFault::Format);
        }
        let counts = [
            ("packs", package.packs.len(), MAX_PACKS),
            ("hashes", package.hashes.len(), MAX_HASHES),
            ("lots", package.lots.len(), MAX_LINES),
            ("keys", package.keys.len(), MAX_LINES),
            ("closings", package.closings.len(), MAX_LINES),
            ("papers", package.salts.len(), MAX_LINES),
        ];
        for (what, got, most) in counts {
            if got > most {
                return Err(PackageFault::TooMany { what, got, most });
            }
        }
        let faulty = package
            .keys
            .iter()
            .position(|key| key.announced().is_none());
        match faulty {
            Some(place) => Err(PackageFault::Point(place)),
            None => Ok(package),
        }
    }

    /// Its packs with their proofs.
    ///
    /// # Errors
    /// [`PackageFault`] of the first that is faulty.
    pub fn contents(&self) -> Result<Vec<Content>, PackageFault> {
        let lines = self.packs.iter().enumerate();
        lines
            .map(|(number, line)| self.content(number, line))
            .collect()
    }

    fn content(&self, pack: usize, line: &PackLine) -> Result<Content, PackageFault> {
        let lot = at(&self.lots, line.lot, (pack, "lot"))?;
        let label = Label::new(&lot.gtin, &line.serial, &lot.lot, &lot.expiry);
        let (what, got, most) = ("steps", line.steps.len(), STEP_LIMIT);
        if got > most {
            return Err(PackageFault::TooMany { what, got, most });
        }
        let mut steps = Vec::with_capacity(got);
        for step in &line.steps {
            let closing = at(&self.closings, step.closing, (pack, "closing"))?;
            steps.push(Step {
                key: closing.key,
                salt: closing.salt,
                next: closing.next,
                siblings: self.siblings(pack, &step.siblings)?,
            });
        }
        Ok(Content {
            label: label.map_err(|error| PackageFault::Label { pack, error })?,
            root: lot.root,
            key: at(&self.keys, line.key, (pack, "key"))?.next,
            membership: self.siblings(pack, &line.membership)?,
            steps,
        })
    }

    fn siblings(&self, pack: usize, places: &[u32]) -> Result<Vec<B256>, PackageFault> {
        let (what, got, most) = ("siblings in one proof", places.len(), DEPTH_LIMIT);
        if got > most {
            return Err(PackageFault::TooMany { what, got, most });
        }
        let found = places
            .iter()
            .map(|place| at(&self.hashes, *place, (pack, "hash")).copied());
        found.collect()
    }
}

fn at<'a, T>(
    list: &'a [T],
    place: u32,
    (pack, what): (usize, &'static str),
) -> Result<&'a T, PackageFault> {
    let missing = PackageFault::NoSuchPlace { pack, what, place };
    list.get(place as usize).ok_or(missing)
}

#[cfg(test)]
mod tests;
