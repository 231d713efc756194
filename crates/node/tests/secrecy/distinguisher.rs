//! The program that has to say which of two supplies took place.

use crate::{
    disk::{Entry, Trial},
    guesses,
    trial::{GLNS, Public},
};
use alloy_primitives::{Address, B256, keccak256};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use theriac_contracts::packs::nullifier;

/// What everybody knows of the network.
pub(crate) struct Known {
    pub(crate) chain_id: u64,
    pub(crate) maker: Address,
    /// The left pharmacy and the right one.
    pub(crate) sides: [Address; 2],
}

/// A trace of which lot went where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Whether the first lot went to the right pharmacy.
    pub(crate) is_swapped: bool,
    /// What gave it away.
    pub(crate) by: &'static str,
}

/// Words by lot at the maker, and by side at the pharmacies.
struct Words {
    of_lot: [BTreeSet<B256>; 2],
    of_side: [BTreeSet<B256>; 2],
}

/// A lot and the side to which it went.
type Pair = (usize, usize);

const PAIRS: [Pair; 4] = [(0, 0), (0, 1), (1, 0), (1, 1)];

/// What each attempt found.
pub(crate) fn find(trial: &Trial, public: &Public, known: &Known) -> Vec<Found> {
    let words = Words::of(trial, known);
    let attempts: [(&'static str, Option<Pair>); 6] = [
        ("a value in clear", in_clear(trial, public, known)),
        ("equal values", words.linked(|word| [word])),
        (
            "a nullifier of a known value",
            words.linked(|word| {
                let hash = Sha256::digest(word);
                [
                    nullifier(known.chain_id, word),
                    keccak256(word),
                    B256::from_slice(&hash),
                ]
            }),
        ),
        (
            "an event without salt",
            guessed_event(trial, public, unsalted),
        ),
        (
            "an event with a weak salt",
            guessed_event(trial, public, weak),
        ),
        ("a guessed serial number", words.counted(public, known)),
    ];
    let found = attempts.into_iter().filter_map(|(by, pair)| {
        let (lot, side) = pair?;
        let is_swapped = lot != side;
        Some(Found { is_swapped, by })
    });
    found.collect()
}

/// The lot that an entry of the maker's is about: entries of one sort alternate.
pub(crate) fn of_lot<'a>(
    trial: &'a Trial,
    known: &Known,
    lot: usize,
) -> impl Iterator<Item = &'a Entry> {
    let maker = known.maker;
    let mut seen: Vec<[u8; 4]> = Vec::new();
    trial.entries.iter().filter(move |entry| {
        if entry.sender != maker {
            return false;
        }
        let selector: [u8; 4] = entry.input[..4].try_into().expect("a call");
        let before = seen.iter().filter(|one| **one == selector).count();
        seen.push(selector);
        before % 2 == lot
    })
}

impl Words {
    fn of(trial: &Trial, known: &Known) -> Self {
        let words = |entry: &Entry| entry.words.clone();
        let of_lot = [0, 1].map(|lot| of_lot(trial, known, lot).flat_map(words).collect());
        let of_side = known.sides.map(|side| {
            let entries = trial.entries.iter().filter(|entry| entry.sender == side);
            entries.flat_map(words).collect()
        });
        let mut all = Self { of_lot, of_side };
        all.forget_what_both_have();
        all
    }

    /// What stands at both lots or both sides tells nothing, such as a place in the encoding.
    fn forget_what_both_have(&mut self) {
        for both in [&mut self.of_lot, &mut self.of_side] {
            let common: BTreeSet<_> = both[0].intersection(&both[1]).copied().collect();
            for words in both {
                words.retain(|word| !common.contains(word));
            }
        }
    }

    /// Whether what follows from a word of a lot stands at a side.
    fn linked<const N: usize>(&self, follows: impl Fn(B256) -> [B256; N]) -> Option<Pair> {
        PAIRS.into_iter().find(|(lot, side)| {
            let words = self.of_lot[*lot].iter();
            let mut following = words.flat_map(|word| follows(*word));
            following.any(|word| self.of_side[*side].contains(&word))
        })
    }

    fn counted(&self, public: &Public, known: &Known) -> Option<Pair> {
        PAIRS.into_iter().find(|(lot, side)| {
            let (product, number) = (&public.products[*lot], &public.lots[*lot]);
            let guessed = guesses::counted(known.chain_id, product, number);
            guessed
                .iter()
                .any(|nullifier| self.of_side[*side].contains(nullifier))
        })
    }
}

fn in_clear(trial: &Trial, public: &Public, known: &Known) -> Option<Pair> {
    let stands = |entry: &Entry, text: &str| {
        let ways = guesses::writings(text);
        ways.iter().any(|way| {
            entry
                .input
                .windows(way.len())
                .any(|window| window == way.as_slice())
        })
    };
    PAIRS.into_iter().find(|(lot, side)| {
        let texts = [
            &public.products[*lot],
            &public.lots[*lot],
            &public.units[*lot],
        ];
        let of_side = trial
            .entries
            .iter()
            .filter(|entry| entry.sender == known.sides[*side]);
        let mut at_side = of_side.flat_map(|entry| texts.map(|text| (entry, text)));
        let place = GLNS[*side + 1];
        at_side.any(|(entry, text)| stands(entry, text))
            || of_lot(trial, known, *lot).any(|entry| stands(entry, place))
    })
}

/// Whether a word of the trial is what `follows` makes of the event that a unit was shipped somewhere, at any second of the trial.
fn guessed_event<const N: usize>(
    trial: &Trial,
    public: &Public,
    follows: impl Fn(&theriac_standards::epcis::hash::EventHash) -> [B256; N],
) -> Option<Pair> {
    let words: BTreeSet<_> = trial
        .entries
        .iter()
        .flat_map(|entry| &entry.words)
        .collect();
    let times: Vec<_> = trial.entries.iter().map(|entry| entry.time).collect();
    let (first, last) = (times.iter().min()?, times.iter().max()?);
    PAIRS.into_iter().find(|(lot, side)| {
        (first - 60..=last + 2).any(|second| {
            let (unit, place) = (&public.units[*lot], GLNS[*side + 1]);
            let hash = guesses::shipping(unit, place, second * 1_000);
            follows(&hash).iter().any(|word| words.contains(word))
        })
    })
}

fn unsalted(hash: &theriac_standards::epcis::hash::EventHash) -> [B256; 4] {
    let text = hash.to_string();
    [
        hash.0.into(),
        B256::from_slice(&Sha256::digest(&text)),
        B256::from_slice(&Sha256::digest(hash.0)),
        keccak256(text),
    ]
}

fn weak(hash: &theriac_standards::epcis::hash::EventHash) -> [B256; 256] {
    std::array::from_fn(|byte| guesses::salted(hash, byte as u8))
}
