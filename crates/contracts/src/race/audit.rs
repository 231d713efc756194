//! What is looked at after each block, and at the end.

use std::collections::BTreeMap;

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use super::{
    chain::Chain,
    schedule::{Opened, Race, Violation},
};
use crate::{
    Refusal,
    access::{
        log::length,
        state::{LOG_ENTRY, state as access_state},
    },
    answerable,
    codes::EntryKind,
    interfaces::IAccess::LogEntry,
    log::{OpeningTerms, entry_hash},
    seals::state::{OPENING_COUNT, opening, state as seals_state},
    testing::{CHART, OTHER_CHART},
};

/// A final block.
pub(super) struct Block {
    pub(super) chain: Chain,
    pub(super) now_s: u64,
    pub(super) standing: BTreeMap<u8, u32>,
}

impl Race {
    /// Asks a keeper that has finalised the block at this place for every opening that there is by now.
    pub(super) fn audit_keeper(&mut self, place: usize) -> Result<(), Violation> {
        let block = &mut self.blocks[place];
        let height = block.chain.memory.height;
        for (opened, number) in self.openings.iter().zip(0..) {
            let closed = opened.chart == CHART
                && self
                    .restrictions
                    .iter()
                    .any(|(act, at)| *act > opened.act && *at <= height);
            let expected = expected(opened, block, closed);
            let got = answerable(&mut block.chain, number, &opened.seals)
                .expect("memory does not halt")
                .map(drop);
            if got != expected {
                return Err(Violation::Answered {
                    opening: number,
                    expected,
                    got,
                });
            }
            let count = match expected {
                Ok(()) => &mut self.tally.answered,
                Err(Refusal::OpeningClosed) => &mut self.tally.closed,
                Err(Refusal::OpeningExpired) => &mut self.tally.expired,
                Err(Refusal::OpeningUnknown) => &mut self.tally.not_final,
                Err(Refusal::EnrolmentEnded | Refusal::OrganisationChanged) => &mut self.tally.left,
                Err(_) => continue,
            };
            *count += 1;
        }
        Ok(())
    }

    /// Holds openings against the logs of the charts: each has its entry, and all numbers are dense.
    pub(super) fn audit_log(&mut self) -> Result<(), Violation> {
        let count = OPENING_COUNT.load(&mut seals_state(&mut self.chain));
        if count != Ok(self.openings.len() as u64) {
            return Err(Violation::Entry(format!("{count:?} openings are counted")));
        }
        let mut entries = BTreeMap::new();
        for chart in [CHART, OTHER_CHART] {
            for entry in self.entries(chart)? {
                if let Some(number) = number_of(&entry) {
                    entries.insert(number, entry);
                }
            }
        }
        if entries.len() != self.openings.len() {
            return Err(Violation::Entry("openings and entries differ".into()));
        }
        for number in 0..self.openings.len() as u64 {
            let found = opening(&mut self.chain, number).expect("memory");
            let entered = found.zip(entries.get(&number));
            let stands = entered.is_some_and(|(found, entry)| {
                (found.chart, found.entry) == (entry.chart, entry.sequence)
                    && found.seals_root == entry.detail
            });
            if !stands {
                return Err(Violation::Entry(format!("opening {number} has no entry")));
            }
        }
        Ok(())
    }

    /// The entries of a chart, told by events and held against the hashes in state.
    fn entries(&mut self, chart: B256) -> Result<Vec<LogEntry>, Violation> {
        let logs = self.chain.memory.logs().to_vec();
        let told: Vec<LogEntry> = logs
            .iter()
            .filter_map(|log| LogEntry::decode_log(log).ok())
            .map(|log| log.data)
            .filter(|entry| entry.chart == chart)
            .collect();
        let total = length(&mut self.chain, chart).expect("memory");
        if told.len() as u64 != total {
            return Err(Violation::Entry(format!("{total} entries are counted")));
        }
        for (entry, sequence) in told.iter().zip(0..) {
            let state = &mut access_state(&mut self.chain);
            let place = LOG_ENTRY.at(state, chart).expect("memory");
            let place = place.at(state, sequence).expect("memory");
            let hash = place.load(state).expect("memory");
            if (entry.sequence, entry_hash(entry)) != (sequence, hash) {
                return Err(Violation::Entry(format!("entry {sequence} is another")));
            }
        }
        Ok(told)
    }
}

/// What a keeper must say that has finalised this block.
fn expected(opened: &Opened, block: &Block, closed: bool) -> Result<(), Refusal> {
    if opened.height > block.chain.memory.height {
        return Err(Refusal::OpeningUnknown);
    }
    if !opened.admitted {
        return Err(Refusal::OpeningDenied);
    }
    if block.now_s >= opened.expiry_s {
        return Err(Refusal::OpeningExpired);
    }
    if closed {
        return Err(Refusal::OpeningClosed);
    }
    let Some(organisation) = opened.organisation else {
        return Ok(());
    };
    match block.standing.get(&(opened.reader as u8)) {
        None => Err(Refusal::EnrolmentEnded),
        Some(now) if *now != organisation => Err(Refusal::OrganisationChanged),
        Some(_) => Ok(()),
    }
}

/// The number of the opening that an entry tells of.
fn number_of(entry: &LogEntry) -> Option<u64> {
    match EntryKind::from_code(entry.kind)? {
        EntryKind::SealedOpened | EntryKind::OpeningDenied | EntryKind::GlassBroken => {
            Some(OpeningTerms::from_word(entry.subject)?.number)
        }
        EntryKind::Requested
        | EntryKind::PermittedByRule
        | EntryKind::DeniedByRule
        | EntryKind::Approved
        | EntryKind::Denied
        | EntryKind::Granted
        | EntryKind::Opened
        | EntryKind::Revoked
        | EntryKind::RuleSet
        | EntryKind::RuleRemoved
        | EntryKind::Fulfilled
        | EntryKind::Reviewed
        | EntryKind::RulePointed
        | EntryKind::GlassScopeSet
        | EntryKind::DelegateAppointed
        | EntryKind::DelegateDismissed
        | EntryKind::ControlMoved => None,
    }
}
