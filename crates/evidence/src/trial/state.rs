//! What evidence reads of the storage of trials.

use crate::state::{mapping_slot, mapping_slot_u64};
use alloy_primitives::{Address, B256, U256, address};

/// Studies of medicines.
pub const TRIALS: Address = address!("0x0000000000000000000000000000000000ec000b");

/// The milestones, from 1.
pub const MILESTONES: [&str; 7] = [
    "registered",
    "first consent",
    "last lock",
    "unblinded",
    "first analysis",
    "last unlock",
    "first publication",
];

/// Slot of `registered[organisation]`.
pub fn registered_slot(organisation: u32) -> U256 {
    mapping_slot_u64(U256::ZERO, u64::from(organisation))
}

/// The three slots of `heads[study]`.
pub fn head_slots(study: B256) -> [U256; 3] {
    let first = mapping_slot(U256::from(1), study);
    [0, 1, 2].map(|offset| first.wrapping_add(U256::from(offset)))
}

/// The two slots of `milestones[study][milestone]`.
pub fn milestone_slots(study: B256, milestone: u8) -> [U256; 2] {
    let first = mapping_slot_u64(mapping_slot(U256::from(2), study), u64::from(milestone));
    [0, 1].map(|offset| first.wrapping_add(U256::from(offset)))
}

/// The head of a study as the contract stores it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Head {
    /// Root of the log.
    pub root: B256,
    /// Root of the sums.
    pub sums: B256,
    /// Entries.
    pub size: u64,
    /// Subjects.
    pub subjects: u32,
    /// 1 registered, 2 enrolling, 3 locked, 4 unblinded, 5 analysed, 6 published.
    pub status: u8,
    /// Organisation of the sponsor.
    pub sponsor: u32,
    /// The sponsor's number for the study.
    pub number: u32,
    /// Randomisation lists.
    pub lists: u16,
    /// Analyses.
    pub analyses: u16,
    /// Plans.
    pub plans: u16,
}

impl Head {
    /// The words in the order of their slots.
    pub fn to_words(&self) -> [U256; 3] {
        let packed = [
            (U256::from(self.size), 0),
            (U256::from(self.subjects), 64),
            (U256::from(self.status), 96),
            (U256::from(self.sponsor), 104),
            (U256::from(self.number), 136),
            (U256::from(self.lists), 168),
            (U256::from(self.analyses), 184),
            (U256::from(self.plans), 200),
        ];
        let packed = packed
            .iter()
            .fold(U256::ZERO, |word, (field, shift)| word | *field << *shift);
        [self.root.into(), self.sums.into(), packed]
    }

    /// Reads the words in the order of their slots.
    pub fn from_words(words: [U256; 3]) -> Self {
        let field = |shift: usize, bits: usize| -> u64 {
            (words[2] >> shift & (U256::MAX >> (256 - bits))).to::<u64>()
        };
        Self {
            root: words[0].into(),
            sums: words[1].into(),
            size: field(0, 64),
            subjects: field(64, 32) as u32,
            status: field(96, 8) as u8,
            sponsor: field(104, 32) as u32,
            number: field(136, 32) as u32,
            lists: field(168, 16) as u16,
            analyses: field(184, 16) as u16,
            plans: field(200, 16) as u16,
        }
    }
}

/// A milestone as the contract stores it; zero where it was not reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Milestone {
    /// Root of the log after the entry.
    pub root: B256,
    /// Entries then.
    pub size: u64,
    /// Height of the block.
    pub height: u64,
    /// Time of the block.
    pub time_ms: u64,
}

impl Milestone {
    /// The words in the order of their slots.
    pub fn to_words(&self) -> [U256; 2] {
        [
            self.root.into(),
            U256::from_limbs([self.size, self.height, self.time_ms, 0]),
        ]
    }

    /// Reads the words in the order of their slots.
    pub fn from_words(words: [U256; 2]) -> Self {
        let [size, height, time_ms, _] = words[1].into_limbs();
        Self {
            root: words[0].into(),
            size,
            height,
            time_ms,
        }
    }

    /// Whether it was reached.
    pub fn is_reached(&self) -> bool {
        self.size > 0
    }
}
