//! What each act means: who may open what, told without the contracts' storage.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::B256;

use crate::{
    codes::{Effect, Kind, Kinds, RequestStatus},
    testing::Who,
};

/// A record of the patient.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) id: B256,
    pub(super) kind: Kind,
    pub(super) version: u32,
    pub(super) seal: B256,
    pub(super) withdrawn: bool,
}

/// A request or grant.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) id: B256,
    pub(super) reader: Who,
    pub(super) organisation: u32,
    pub(super) kinds: Kinds,
    pub(super) status: RequestStatus,
    pub(super) expiry_s: u64,
}

/// A native rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) effect: Effect,
    pub(super) who: Option<Who>,
    /// None matches all.
    pub(super) kinds: Option<Kinds>,
    /// None never ends.
    pub(super) until_s: Option<u64>,
}

/// What an opening must come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is refused and leaves nothing.
    Refused,
    /// It is written as denied.
    Denied,
    /// It is admitted, and what admits it ends at this second.
    Admitted(u64),
}

/// Nothing ends it.
pub(super) const NO_END: u64 = u64::MAX;

/// All that decides on openings of the patient's chart.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) now_s: u64,
    pub(super) records: Vec<Record>,
    pub(super) requests: Vec<Request>,
    pub(super) rules: Vec<Option<Rule>>,
    /// The code that was pinned, for kinds that a contract decides.
    pub(super) pinned: BTreeMap<Kind, B256>,
    pub(super) code: B256,
    pub(super) admitted_by_contract: BTreeSet<u8>,
    pub(super) scope: Kinds,
    /// Organisation of each reader who is enrolled.
    pub(super) standing: BTreeMap<u8, u32>,
}

impl Model {
    /// An opening of the records at these places, under the request at this place or none.
    pub(super) fn open(&self, reader: Who, records: &[usize], request: Option<usize>) -> Outcome {
        if records.iter().any(|place| self.records[*place].withdrawn) {
            return Outcome::Refused;
        }
        let standing = self.standing.get(&(reader as u8));
        let Some(request) = request else {
            return match (reader, standing) {
                (Who::Patient, _) => Outcome::Admitted(NO_END),
                (_, None) => Outcome::Refused,
                (_, Some(_)) => self.by_rule(reader, records),
            };
        };
        let request = &self.requests[request];
        let fits = request.reader == reader
            && self.now_s < request.expiry_s
            && standing == Some(&request.organisation)
            && request.kinds.covers(self.kinds(records));
        match request.status {
            RequestStatus::Granted if fits => Outcome::Admitted(request.expiry_s),
            RequestStatus::Admitted if fits => match self.by_rule(reader, records) {
                Outcome::Admitted(until) => Outcome::Admitted(until.min(request.expiry_s)),
                other => other,
            },
            RequestStatus::Granted
            | RequestStatus::Admitted
            | RequestStatus::Pending
            | RequestStatus::Denied
            | RequestStatus::Revoked
            | RequestStatus::Expired => Outcome::Refused,
        }
    }

    /// An emergency over the records at these places, or over all that the scope covers.
    pub(super) fn break_glass(&self, reader: Who, records: &[usize]) -> Outcome {
        let may = matches!(reader, Who::Physician | Who::Nurse);
        if !may || !self.standing.contains_key(&(reader as u8)) {
            return Outcome::Refused;
        }
        if records.iter().any(|place| self.records[*place].withdrawn) {
            return Outcome::Refused;
        }
        let asked = match records.is_empty() {
            true => self.scope,
            false => self.kinds(records),
        };
        let dissent = self.live_rules().any(|rule| {
            rule.effect == Effect::Deny
                && rule.who == Some(reader)
                && rule.kinds.is_none_or(|kinds| kinds.meets(asked))
        });
        if self.scope == Kinds(0) || !self.scope.covers(asked) || dissent {
            return Outcome::Denied;
        }
        match records.is_empty() && self.newest_in_scope().is_empty() {
            true => Outcome::Refused,
            false => Outcome::Admitted(NO_END),
        }
    }

    /// What an emergency without a list opens: the newest first.
    pub(super) fn newest_in_scope(&self) -> Vec<usize> {
        let in_scope = |place: &usize| {
            let record = &self.records[*place];
            !record.withdrawn && self.scope.covers(record.kind.bit())
        };
        (0..self.records.len()).rev().filter(in_scope).collect()
    }

    /// What a request comes to: the status it gets.
    pub(super) fn ask(&self, reader: Who, kinds: Kinds) -> RequestStatus {
        match self.natively(reader, kinds) {
            Native::Deny => RequestStatus::Denied,
            Native::Permit(_) => RequestStatus::Admitted,
            Native::Silent => RequestStatus::Pending,
        }
    }

    pub(super) fn kinds(&self, records: &[usize]) -> Kinds {
        records
            .iter()
            .map(|place| self.records[*place].kind)
            .collect()
    }

    fn by_rule(&self, reader: Who, records: &[usize]) -> Outcome {
        let kinds = self.kinds(records);
        if self.natively(reader, kinds) == Native::Deny {
            return Outcome::Denied;
        }
        let by_contract: Kinds = self.pinned.keys().copied().collect();
        let native = Kinds(kinds.0 & !by_contract.0);
        let mut until = NO_END;
        if native != Kinds(0) {
            match self.natively(reader, native) {
                Native::Permit(end) => until = end,
                Native::Deny | Native::Silent => return Outcome::Denied,
            }
        }
        let contract_admits = Kind::ALL
            .iter()
            .filter(|kind| kinds.covers(kind.bit()))
            .filter_map(|kind| self.pinned.get(kind))
            .all(|pinned| {
                *pinned == self.code && self.admitted_by_contract.contains(&(reader as u8))
            });
        match contract_admits {
            true => Outcome::Admitted(until),
            false => Outcome::Denied,
        }
    }

    fn natively(&self, reader: Who, kinds: Kinds) -> Native {
        let of_reader = || {
            self.live_rules()
                .filter(|rule| rule.who.is_none_or(|who| who == reader))
        };
        let denied = of_reader().any(|rule| {
            rule.effect == Effect::Deny && rule.kinds.is_none_or(|denied| denied.meets(kinds))
        });
        if denied {
            return Native::Deny;
        }
        let permit = of_reader().find(|rule| {
            rule.effect == Effect::Permit
                && rule.kinds.is_none_or(|permitted| permitted.covers(kinds))
        });
        permit.map_or(Native::Silent, |rule| {
            Native::Permit(rule.until_s.unwrap_or(NO_END))
        })
    }

    fn live_rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules
            .iter()
            .flatten()
            .filter(|rule| rule.until_s.is_none_or(|until| self.now_s < until))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Native {
    Deny,
    Permit(u64),
    Silent,
}
