//! What the ledger says of a pack and its way, asked in one round trip.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::{Address, B256};
use theriac_contracts::{
    Refusal,
    addresses::PACKS,
    codes::FlagSubject,
    interfaces::IPacks::{
        closingCall, documentCall, exitCall, flagsCall, flagsOfCall, lotCall, productCall,
    },
};
use theriac_sdk::{
    Answers, Client, Reads, Slot,
    packs::{Closing, DocumentEntry, Exit, Flag, Lot, Product},
};

use super::{Error, book::SeenFlag};

/// Flags of one handle that are asked for: all that can stand.
const FLAGS: u32 = 64;
/// New flags that are asked for at once.
pub(super) const NEWER: u32 = 100;

/// What is to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Questions {
    pub(super) lots: BTreeSet<B256>,
    pub(super) products: BTreeSet<u64>,
    pub(super) keys: BTreeSet<Address>,
    pub(super) exits: BTreeSet<B256>,
    pub(super) documents: BTreeSet<B256>,
    pub(super) flags: BTreeSet<(u8, B256)>,
    /// All flags from this number on, one page of them.
    pub(super) newer: Option<u64>,
}

/// What was answered; what is absent on the ledger is absent here.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Told {
    pub(super) lots: BTreeMap<B256, Lot>,
    pub(super) products: BTreeMap<u64, Product>,
    pub(super) closings: BTreeMap<Address, Closing>,
    pub(super) exits: BTreeMap<B256, Exit>,
    pub(super) documents: BTreeMap<B256, DocumentEntry>,
    pub(super) flags: BTreeMap<(u8, B256), Vec<Flag>>,
    /// Flags of anything, where that was asked.
    pub(super) newer: Vec<Flag>,
}

impl Questions {
    /// How many there are.
    pub(super) fn count(&self) -> usize {
        let flags = self.flags.len() + usize::from(self.newer.is_some());
        let entries = self.exits.len() + self.documents.len();
        self.lots.len() + self.products.len() + self.keys.len() + entries + flags
    }

    /// Adds others; new flags are asked from the lower number on.
    pub(super) fn add(&mut self, other: &Self) {
        self.lots.extend(&other.lots);
        self.products.extend(&other.products);
        self.keys.extend(&other.keys);
        self.exits.extend(&other.exits);
        self.documents.extend(&other.documents);
        self.flags.extend(&other.flags);
        self.newer = match (self.newer, other.newer) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }

    pub(super) fn flags_of(&mut self, subject: FlagSubject, handle: B256) {
        self.flags.insert((subject.code(), handle));
    }

    /// Asks everything; up to 100 questions are one round trip.
    pub(super) async fn ask(&self, client: &Client) -> Result<Told, Error> {
        let mut reads = Reads::default();
        let slots = Slots {
            lots: each(&self.lots, |root| reads.add(PACKS, &lotCall { root })),
            products: each(&self.products, |gtin| {
                reads.add(PACKS, &productCall { gtin })
            }),
            closings: each(&self.keys, |key| reads.add(PACKS, &closingCall { key })),
            exits: each(&self.exits, |nullifier| {
                reads.add(PACKS, &exitCall { nullifier })
            }),
            documents: each(&self.documents, |hash| {
                reads.add(PACKS, &documentCall { hash })
            }),
            flags: each(&self.flags, |(subject, handle)| {
                let (before, limit) = (u64::MAX, FLAGS);
                reads.add(
                    PACKS,
                    &flagsOfCall {
                        subject,
                        handle,
                        before,
                        limit,
                    },
                )
            }),
            newer: self.newer.map(|from| {
                let limit = NEWER;
                reads.add(PACKS, &flagsCall { from, limit })
            }),
        };
        slots.answers(client.read_all(reads).await?)
    }
}

impl Told {
    /// Adds other answers.
    pub(super) fn add(&mut self, other: Self) {
        self.lots.extend(other.lots);
        self.products.extend(other.products);
        self.closings.extend(other.closings);
        self.exits.extend(other.exits);
        self.documents.extend(other.documents);
        self.flags.extend(other.flags);
        self.newer.extend(other.newer);
    }

    /// The answers to these questions alone; new flags are told to all.
    pub(super) fn only(&self, questions: &Questions) -> Self {
        Self {
            lots: chosen(&questions.lots, &self.lots),
            products: chosen(&questions.products, &self.products),
            closings: chosen(&questions.keys, &self.closings),
            exits: chosen(&questions.exits, &self.exits),
            documents: chosen(&questions.documents, &self.documents),
            flags: chosen(&questions.flags, &self.flags),
            newer: self.newer.clone(),
        }
    }

    /// All flags that were told, cleared ones included.
    pub(super) fn seen_flags(&self) -> Vec<SeenFlag> {
        let flags = self.flags.values().flatten();
        flags.filter_map(SeenFlag::of).collect()
    }
}

fn chosen<K: Ord + Copy, V: Clone>(keys: &BTreeSet<K>, told: &BTreeMap<K, V>) -> BTreeMap<K, V> {
    let found = |key: &K| Some((*key, told.get(key)?.clone()));
    keys.iter().filter_map(found).collect()
}

struct Slots {
    lots: Vec<(B256, Slot<lotCall>)>,
    products: Vec<(u64, Slot<productCall>)>,
    closings: Vec<(Address, Slot<closingCall>)>,
    exits: Vec<(B256, Slot<exitCall>)>,
    documents: Vec<(B256, Slot<documentCall>)>,
    flags: Vec<((u8, B256), Slot<flagsOfCall>)>,
    newer: Option<Slot<flagsCall>>,
}

impl Slots {
    fn answers(self, mut answers: Answers) -> Result<Told, Error> {
        let mut told = Told::default();
        for (root, slot) in self.lots {
            let lot = absent(answers.take(slot), Refusal::LotUnknown)?;
            told.lots.extend(lot.map(|lot| (root, lot)));
        }
        for (gtin, slot) in self.products {
            let product = absent(answers.take(slot), Refusal::ProductUnknown)?;
            told.products.extend(product.map(|product| (gtin, product)));
        }
        for (key, slot) in self.closings {
            let closing = answers.take(slot)?;
            told.closings
                .extend((closing.number != 0).then_some((key, closing)));
        }
        for (nullifier, slot) in self.exits {
            told.exits.insert(nullifier, answers.take(slot)?);
        }
        for (hash, slot) in self.documents {
            let document = answers.take(slot)?;
            told.documents
                .extend((document.height != 0).then_some((hash, document)));
        }
        for (handle, slot) in self.flags {
            told.flags.insert(handle, answers.take(slot)?.page);
        }
        if let Some(slot) = self.newer {
            told.newer = answers.take(slot)?.page;
        }
        Ok(told)
    }
}

fn each<K: Copy, C>(keys: &BTreeSet<K>, mut add: impl FnMut(K) -> Slot<C>) -> Vec<(K, Slot<C>)> {
    keys.iter().map(|key| (*key, add(*key))).collect()
}

fn absent<T>(answer: Result<T, theriac_sdk::Error>, refusal: Refusal) -> Result<Option<T>, Error> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(theriac_sdk::Error::Refused(got)) if got == refusal => Ok(None),
        Err(error) => Err(error.into()),
    }
}
