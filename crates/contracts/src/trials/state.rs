//! Storage of trials. Slots 0 to 21, as `solidity/layout/Trials.sol` has them; docs/protocol/trials.md says which of them evidence reads.

use alloy_primitives::{Address, B256, U256};

use crate::{
    addresses::TRIALS,
    codes::StudyStatus,
    host::{Halt, Host, Stop},
    refusals::Refusal,
    storage::{Item, Map, State, stored},
};

stored! {
    /// Where a study's log stands.
    Head, 3 slots {
        /// Root of the log.
        root: B256 = (0, 0), "root";
        /// Root of the sums.
        sums: B256 = (1, 0), "sums";
        /// Entries; 0 when there is no such study.
        size: u64 = (2, 0), "size";
        /// Slots given out.
        subjects: u32 = (2, 8), "subjects";
        /// Code of the status.
        status: u8 = (2, 12), "status";
        /// The sponsor.
        sponsor: u32 = (2, 13), "sponsor";
        /// Its number at the sponsor.
        number: u32 = (2, 17), "number";
        /// Randomisation lists.
        lists: u16 = (2, 21), "lists";
        /// Analyses.
        analyses: u16 = (2, 23), "analyses";
        /// Analysis plans.
        plans: u16 = (2, 25), "plans";
    }
}

stored! {
    /// The log at a moment of the study.
    Milestone, 2 slots {
        /// Root of the log after the entry.
        root: B256 = (0, 0), "root";
        /// Entries with it.
        size: u64 = (1, 0), "size";
        /// Its block.
        height: u64 = (1, 8), "height";
        /// Time of that block.
        time_ms: u64 = (1, 16), "timeMs";
    }
}

stored! {
    /// What a study's rules decide by.
    Terms, 4 slots {
        /// Hash of the newest protocol.
        protocol: B256 = (0, 0), "protocol";
        /// Version of the protocol, from 1.
        version: u32 = (1, 0), "version";
        /// The version to which a consent must be at least.
        consent: u32 = (1, 4), "consent";
        /// Version of the schedule, from 1.
        schedule: u16 = (1, 8), "schedule";
        /// Outcomes in force.
        outcomes: u16 = (1, 10), "outcomes";
        /// Visits of the newest schedule.
        visits: u8 = (1, 12), "visits";
        /// Cells of the newest schedule.
        cells: u16 = (1, 13), "cells";
        /// How many approvers there are.
        approvers: u8 = (1, 15), "approvers";
        /// How many of them unlock.
        threshold: u8 = (1, 16), "threshold";
        /// Sites.
        sites: u16 = (1, 17), "sites";
        /// Queries.
        queries: u32 = (1, 19), "queries";
        /// Screenings.
        screenings: u16 = (1, 23), "screenings";
        /// Unix milliseconds until which the data are kept.
        retention: u64 = (2, 0), "retention";
        /// Entry of the lock in force; 0 for none.
        lock: u64 = (2, 8), "lockEntry";
        /// Approvers who approved that it is undone, one bit each.
        approvals: u32 = (2, 16), "approvals";
    }
}

stored! {
    /// A node of the sum tree, over a number of subjects that is a power of two.
    Node, 2 slots {
        /// Its hash.
        hash: B256 = (0, 0), "hash";
        /// Its sums, packed.
        sums: U256 = (1, 0), "sums";
    }
}

stored! {
    /// A subject.
    Subject, 3 slots {
        /// Last link of its chain.
        tip: B256 = (0, 0), "tip";
        /// Its site; 0 when there is no such subject.
        site: u16 = (1, 0), "site";
        /// Code of its status.
        status: u8 = (1, 2), "status";
        /// Version of the schedule that it follows.
        schedule: u16 = (1, 3), "schedule";
        /// Entries that concern it.
        entries: u32 = (1, 5), "entries";
        /// Forms of due visits that were neither captured nor declared missed.
        missing: u32 = (1, 9), "missing";
        /// Queries that are neither closed nor cancelled.
        open_queries: u32 = (1, 13), "openQueries";
        /// 1 while data lack the investigator's signature.
        unsigned: u8 = (1, 17), "unsigned";
        /// Mask of visits.
        due: u64 = (1, 18), "due";
        /// Version that the newest consent is to.
        consent: u32 = (1, 26), "consent";
        /// Items of its captures and corrections.
        items: u64 = (2, 0), "items";
        /// Nulls of its captures.
        nulls: u64 = (2, 8), "nulls";
        /// Forms outside the schedule.
        unscheduled: u32 = (2, 16), "unscheduled";
    }
}

stored! {
    /// A version of the schedule.
    Schedule, 2 slots {
        /// Hash of its document.
        root: B256 = (0, 0), "root";
        /// Its visits, those that were retired included.
        visits: u8 = (1, 0), "visits";
        /// Mask of visits that it retired.
        retired: u64 = (1, 1), "retired";
    }
}

stored! {
    /// A site.
    Site, 1 slots {
        /// Its organisation; 0 when there is no such site.
        organisation: u32 = (0, 0), "organisation";
        /// Code of its status.
        status: u8 = (0, 4), "status";
    }
}

stored! {
    /// A role.
    Grant, 1 slots {
        /// Code of the role; 0 for none.
        role: u8 = (0, 0), "role";
        /// Unix milliseconds from which on it counts no more.
        until: u64 = (0, 1), "until";
    }
}

stored! {
    /// A query.
    Query, 1 slots {
        /// The subject.
        slot: u32 = (0, 0), "slot";
        /// The form.
        cell: u32 = (0, 4), "cell";
        /// Code of its state; 0 when there is no such query.
        state: u8 = (0, 8), "state";
    }
}

stored! {
    /// A randomisation list.
    List, 1 slots {
        /// Height of the block whose random value orders it.
        height: u64 = (0, 0), "height";
        /// Its entries; 0 when there is no such list.
        length: u32 = (0, 8), "length";
        /// The next index.
        next: u32 = (0, 12), "next";
        /// Code of its status.
        status: u8 = (0, 16), "status";
    }
}

stored! {
    /// The second key of an account.
    Factor, 1 slots {
        /// The key; zero for none.
        key: Address = (0, 0), "key";
        /// Block in which it was set.
        height: u64 = (0, 20), "height";
    }
}

stored! {
    /// An opening of an allocation.
    Opening, 4 slots {
        /// The study.
        study: B256 = (0, 0), "study";
        /// Content id of the reader's one-time public key.
        key: B256 = (1, 0), "key";
        /// Who opened.
        reader: Address = (2, 0), "reader";
        /// The reader's organisation at that time.
        organisation: u32 = (2, 20), "organisation";
        /// The list.
        list: u16 = (2, 24), "list";
        /// The index in it.
        index: u32 = (2, 26), "index";
        /// The subject.
        slot: u32 = (3, 0), "slot";
        /// Its block.
        height: u64 = (3, 4), "height";
        /// Time of that block.
        time_ms: u64 = (3, 12), "timeMs";
        /// Unix seconds at which keepers answer it no more.
        expiry: u64 = (3, 20), "expiry";
        /// Whether it was an emergency.
        emergency: bool = (3, 28), "emergency";
    }
}

/// How many studies a sponsor registered.
pub(crate) const REGISTERED: Map<u32, Item<u32>> = Map::new(0);
/// Heads of studies.
pub(crate) const HEADS: Map<B256, Item<Head>> = Map::new(1);
/// Milestones of studies, by code.
pub(crate) const MILESTONES: Map<B256, Map<u8, Item<Milestone>>> = Map::new(2);
/// Terms of studies.
pub(crate) const TERMS: Map<B256, Item<Terms>> = Map::new(3);
/// Sums over all subjects, packed.
pub(crate) const TOTALS: Map<B256, Item<U256>> = Map::new(4);
/// Peaks of logs: the node over the last 2^level entries of which the size has the bit `level`.
pub(crate) const PEAKS: Map<B256, Map<u8, Item<B256>>> = Map::new(5);
/// Nodes of sum trees from level 1 on, by level * 2^32 + index.
pub(crate) const NODES: Map<B256, Map<u64, Item<Node>>> = Map::new(6);
/// Subjects by slot.
pub(crate) const SUBJECTS: Map<B256, Map<u32, Item<Subject>>> = Map::new(7);
/// Accounts of participants by slot.
pub(crate) const PARTICIPANTS: Map<B256, Map<u32, Item<Address>>> = Map::new(8);
/// Newest entries of forms by slot and a fourth of the cell: four numbers, the lowest cell in the low bits.
pub(crate) const CELLS: Map<B256, Map<u32, Map<u32, Item<U256>>>> = Map::new(9);
/// Forms of visits, by a 32nd of the visit: 32 bytes, the lowest visit in the low bits.
pub(crate) const FORMS: Map<B256, Map<u8, Item<U256>>> = Map::new(10);
/// Schedules by version.
pub(crate) const SCHEDULES: Map<B256, Map<u16, Item<Schedule>>> = Map::new(11);
/// Sites by number.
pub(crate) const SITES: Map<B256, Map<u16, Item<Site>>> = Map::new(12);
/// Roles by account and site.
pub(crate) const GRANTS: Map<B256, Map<Address, Map<u16, Item<Grant>>>> = Map::new(13);
/// Whether an account ever held a role that is blinded (1) or sees allocations (2).
pub(crate) const SIGHTS: Map<B256, Map<Address, Item<u8>>> = Map::new(14);
/// Queries by number.
pub(crate) const QUERIES: Map<B256, Map<u32, Item<Query>>> = Map::new(15);
/// One more than the index of an approver.
pub(crate) const APPROVERS: Map<B256, Map<Address, Item<u8>>> = Map::new(16);
/// Lists by number.
pub(crate) const LISTS: Map<B256, Map<u16, Item<List>>> = Map::new(17);
/// One more than the index that a subject has of a list.
pub(crate) const PLACES: Map<B256, Map<u16, Map<u32, Item<u32>>>> = Map::new(18);
/// Second keys of accounts.
pub(crate) const FACTORS: Map<Address, Item<Factor>> = Map::new(19);
/// Number of openings so far, in all studies.
pub(crate) const OPENING_COUNT: Item<u64> = Item::new(20);
/// Openings by number, from 2^63 on.
pub(crate) const OPENINGS: Map<u64, Item<Opening>> = Map::new(21);

/// The contract's storage.
pub(crate) fn state(host: &mut dyn Host) -> State<'_> {
    State::new(host, TRIALS)
}

/// The head of a study.
///
/// # Errors
/// `StudyUnknown`.
pub(crate) fn head(host: &mut dyn Host, study: B256) -> Result<Head, Stop> {
    let state = &mut state(host);
    let head = HEADS.at(state, study)?.load(state)?;
    match head.size {
        0 => Err(Refusal::StudyUnknown.into()),
        _ => Ok(head),
    }
}

/// The terms of a study.
pub(crate) fn terms(host: &mut dyn Host, study: B256) -> Result<Terms, Halt> {
    let state = &mut state(host);
    TERMS.at(state, study)?.load(state)
}

/// Writes the terms of a study.
pub(crate) fn save_terms(host: &mut dyn Host, study: B256, terms: &Terms) -> Result<(), Halt> {
    let state = &mut state(host);
    TERMS.at(state, study)?.save(state, terms)
}

/// A site of a study.
///
/// # Errors
/// `SiteUnknown`.
pub(crate) fn site(host: &mut dyn Host, study: B256, number: u16) -> Result<Site, Stop> {
    let state = &mut state(host);
    let site = SITES.at(state, study)?.at(state, number)?.load(state)?;
    match site.organisation {
        0 => Err(Refusal::SiteUnknown.into()),
        _ => Ok(site),
    }
}

impl Head {
    /// Whether the data are locked.
    pub(crate) fn is_locked(&self) -> bool {
        self.status >= StudyStatus::Locked.code()
    }

    /// Refuses what would change data that are locked.
    ///
    /// # Errors
    /// `StudyLocked`.
    pub(crate) fn check_unlocked(&self) -> Result<(), Refusal> {
        match self.is_locked() {
            true => Err(Refusal::StudyLocked),
            false => Ok(()),
        }
    }
}
