//! What is known of the study after the entries so far.

use crate::trial::{
    Outcome,
    body::{Analysed, ListCommitted, ListDrawn, Unblinded},
    log::Frontier,
};
use alloy_primitives::{Address, B256};
use std::collections::{BTreeMap, BTreeSet};

/// A subject.
#[derive(Debug, Default)]
pub(in super::super) struct SlotState {
    pub(in super::super) site: u16,
    pub(in super::super) entries: u32,
    pub(in super::super) tip: B256,
    /// Version of the newest consent.
    pub(in super::super) consent: Option<u32>,
    /// Whether consent to further capture was withdrawn.
    pub(in super::super) is_ended: bool,
    pub(in super::super) items: u64,
    pub(in super::super) nulls: u64,
    /// The newest entry of each form.
    pub(in super::super) cells: BTreeMap<u32, u64>,
    /// Signatures that nothing followed yet.
    pub(in super::super) fresh: u64,
    /// Whether data came after the newest signature of responsibility.
    pub(in super::super) is_unsigned: bool,
}

/// A capture or correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct FormRef {
    pub(in super::super) slot: u32,
    pub(in super::super) cell: u32,
    pub(in super::super) entry: u64,
    pub(in super::super) root: B256,
    pub(in super::super) items: u32,
    /// Nulls of a capture; `None` of a correction.
    pub(in super::super) nulls: Option<u32>,
    /// Reason code of a correction; 0 of a capture.
    pub(in super::super) reason_code: u8,
}

/// A randomisation list.
#[derive(Debug)]
pub(in super::super) struct ListState {
    pub(in super::super) entry: u64,
    pub(in super::super) height: u64,
    pub(in super::super) committed: ListCommitted,
    pub(in super::super) drawn: Option<(u64, ListDrawn)>,
    /// Slots in the order of their indexes, with the entry of the allocation.
    pub(in super::super) allocated: Vec<(u32, u64)>,
}

/// A signature.
#[derive(Debug)]
pub(in super::super) struct SignatureRef {
    pub(in super::super) entry: u64,
    pub(in super::super) slot: u32,
    pub(in super::super) name: B256,
    pub(in super::super) actor: Address,
    pub(in super::super) meaning: u8,
}

/// The study.
#[derive(Debug)]
pub(in super::super) struct Replay {
    pub(in super::super) chain_id: u64,
    pub(in super::super) is_complete: bool,
    pub(in super::super) seen: u64,
    pub(in super::super) next_number: u64,
    pub(in super::super) log: Frontier,
    pub(in super::super) slots: BTreeMap<u32, SlotState>,
    pub(in super::super) subjects: u32,
    pub(in super::super) forms: Vec<FormRef>,
    /// The sponsor's number in the registration.
    pub(in super::super) registered: Option<u32>,
    /// Forms of each visit, by version of the schedule less one.
    pub(in super::super) schedules: Vec<Vec<u8>>,
    /// Documents of schedules and protocols, with their entries.
    pub(in super::super) outcomes: Vec<(u64, Vec<Outcome>)>,
    pub(in super::super) published: Vec<(u64, Vec<Outcome>)>,
    pub(in super::super) first_consent: Option<(u64, u64)>,
    /// The version to which a consent must be at least.
    pub(in super::super) consent_needed: u32,
    pub(in super::super) lists: BTreeMap<u16, ListState>,
    pub(in super::super) plans: u16,
    pub(in super::super) is_locked: bool,
    pub(in super::super) first_lock: Option<u64>,
    pub(in super::super) last_lock: Option<u64>,
    pub(in super::super) last_lock_sums: B256,
    /// Entries of subjects since the last lock.
    pub(in super::super) since_lock: u64,
    pub(in super::super) unblinded: Option<(u64, Unblinded)>,
    pub(in super::super) analyses: Vec<(u64, Analysed)>,
    pub(in super::super) signatures: Vec<SignatureRef>,
    pub(in super::super) erased: BTreeSet<u32>,
    /// Fresh signatures of the sites, and of the study (0).
    pub(in super::super) fresh: BTreeMap<u16, u64>,
}

impl Replay {
    pub(super) fn new(chain_id: u64, is_complete: bool) -> Self {
        Self {
            chain_id,
            is_complete,
            seen: 0,
            next_number: 0,
            log: Frontier::new(),
            slots: BTreeMap::new(),
            subjects: 0,
            forms: Vec::new(),
            registered: None,
            schedules: Vec::new(),
            outcomes: Vec::new(),
            published: Vec::new(),
            first_consent: None,
            consent_needed: 0,
            lists: BTreeMap::new(),
            plans: 0,
            is_locked: false,
            first_lock: None,
            last_lock: None,
            last_lock_sums: B256::ZERO,
            since_lock: 0,
            unblinded: None,
            analyses: Vec::new(),
            signatures: Vec::new(),
            erased: BTreeSet::new(),
            fresh: BTreeMap::new(),
        }
    }

    /// The outcomes in force.
    pub(in super::super) fn outcomes_now(&self) -> &[Outcome] {
        self.outcomes.last().map_or(&[], |(_, outcomes)| outcomes)
    }
}
