//! Collects what is found, claim by claim.

use super::{
    chain::Ledger,
    replay::Replay,
    report::{CLAIMS, ClaimId, ClaimReport, Figures, Report, Verdict},
};
use crate::trial::bundle::{Audience, Extent, Manifest};
use serde::Serialize;

/// Failures and notes of one claim that are kept.
const KEPT: usize = 16;

/// Where something is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names say it")]
pub struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dataset: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub milestone: Option<u8>,
}

impl Place {
    /// Nowhere in particular.
    pub fn none() -> Self {
        Self::default()
    }

    /// An entry.
    pub fn entry(entry: u64) -> Self {
        Self {
            entry: Some(entry),
            ..Self::default()
        }
    }

    /// A subject.
    pub fn slot(slot: u32) -> Self {
        Self {
            slot: Some(slot),
            ..Self::default()
        }
    }

    /// A list.
    pub fn list(list: u16) -> Self {
        Self {
            list: Some(list),
            ..Self::default()
        }
    }

    /// A milestone, by its number.
    pub fn milestone(milestone: u8) -> Self {
        Self {
            milestone: Some(milestone),
            ..Self::default()
        }
    }

    /// The same place, at a subject.
    #[must_use]
    pub fn of(mut self, slot: u32) -> Self {
        self.slot = (slot != 0).then_some(slot);
        self
    }

    /// The same place, at a form.
    #[must_use]
    pub fn cell(mut self, cell: u32) -> Self {
        self.cell = Some(cell);
        self
    }

    /// The same place, at an item.
    #[must_use]
    pub fn item(mut self, item: &str) -> Self {
        self.item = Some(item.to_owned());
        self
    }
}

/// Something found, with a stable code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The code.
    pub code: &'static str,
    /// Where.
    pub place: Place,
    /// In words.
    pub text: String,
}

#[derive(Debug, Default)]
struct Collected {
    failures: Vec<Finding>,
    failed: u64,
    notes: Vec<Finding>,
    not_claimed: Vec<String>,
    is_unclaimed: bool,
}

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Judge {
    claims: [Collected; CLAIMS.len()],
    pub(super) figures: Figures,
    /// Whether the entries are shown to be those of the ledger.
    pub(super) is_log_proved: bool,
    limits: Vec<String>,
}

impl Judge {
    pub(super) fn fail(
        &mut self,
        id: ClaimId,
        code: &'static str,
        place: Place,
        text: impl Into<String>,
    ) {
        let claim = &mut self.claims[id as usize];
        claim.failed += 1;
        if claim.failures.len() < KEPT {
            claim.failures.push(Finding {
                code,
                place,
                text: text.into(),
            });
        }
    }

    pub(super) fn note(
        &mut self,
        id: ClaimId,
        code: &'static str,
        place: Place,
        text: impl Into<String>,
    ) {
        let claim = &mut self.claims[id as usize];
        if claim.notes.len() < KEPT {
            claim.notes.push(Finding {
                code,
                place,
                text: text.into(),
            });
        }
    }

    /// Part of the claim is not claimed.
    pub(super) fn limit(&mut self, id: ClaimId, text: impl Into<String>) {
        let (limits, text) = (&mut self.claims[id as usize].not_claimed, text.into());
        if !limits.contains(&text) {
            limits.push(text);
        }
    }

    /// The whole claim is not claimed.
    pub(super) fn unclaimed(&mut self, id: ClaimId, text: impl Into<String>) {
        self.limit(id, text);
        self.claims[id as usize].is_unclaimed = true;
    }

    pub(super) fn has_failed(&self, id: ClaimId) -> bool {
        self.claims[id as usize].failed > 0
    }

    /// No quorum stands behind the state, so that nothing follows from it.
    pub(super) fn nothing_certified(&mut self) {
        for (id, _) in CLAIMS.iter().skip(1) {
            self.unclaimed(
                *id,
                "the state of the study is not shown to be final, see C1",
            );
        }
    }

    /// What this audience's bundle does not show, and what none shows.
    pub(super) fn limits(&mut self, manifest: &Manifest, replay: &Replay) {
        if manifest.entries == Extent::Chosen {
            for id in [
                ClaimId::C6,
                ClaimId::C11,
                ClaimId::C12,
                ClaimId::C13,
                ClaimId::C14,
                ClaimId::C15,
            ] {
                self.unclaimed(
                    id,
                    "the bundle has some entries only, and others may follow or contradict",
                );
            }
        }
        if !self.is_log_proved {
            for (id, _) in CLAIMS.iter().skip(2) {
                self.unclaimed(
                    *id,
                    "the entries are not shown to be those of the ledger, see C2",
                );
            }
        }
        if manifest.audience == Audience::Journal {
            self.limit(
                ClaimId::C2,
                "the values of items that were not opened for the journal",
            );
        }
        if replay.last_lock.is_none() {
            self.limit(ClaimId::C13, "the study is not locked");
        }
    }

    pub(super) fn into_report(self, manifest: &Manifest, ledger: Option<&Ledger>) -> Report {
        let claims = CLAIMS.iter().zip(self.claims);
        let claims = claims.map(|((id, title), found)| ClaimReport {
            id: *id,
            title,
            verdict: match (found.failed, found.is_unclaimed) {
                (1.., _) => Verdict::Fail,
                (0, true) => Verdict::NotClaimed,
                (0, false) => Verdict::Pass,
            },
            failures: found.failures,
            failed: found.failed,
            notes: found.notes,
            not_claimed: found.not_claimed,
        });
        let fixed = FIXED_LIMITS.iter().map(|line| (*line).to_owned());
        Report {
            chain_id: manifest.network.chain_id,
            audience: format!("{:?}", manifest.audience).to_lowercase(),
            organisation: manifest.study.organisation,
            number: manifest.study.number,
            block: ledger.map(|ledger| ledger.block),
            newest: ledger.map(|ledger| ledger.newest),
            claims: claims.collect(),
            figures: self.figures,
            not_claimed: fixed.chain(self.limits).collect(),
        }
    }

    /// A limit of the whole bundle.
    pub(super) fn limit_all(&mut self, text: String) {
        self.limits.push(text);
    }
}

const FIXED_LIMITS: [&str; 10] = [
    "that what the source says is true",
    "that there is no other trial which was never registered",
    "that there is no subject who was treated and never enrolled",
    "who the persons behind accounts and slots are",
    "that a time is exact: a block is at most 500 ms ahead of honest clocks, and how far it lags behind is not bounded",
    "that the second key of a signer was the one set at the time: the contract compared it, the bundle does not",
    "that who acted was entitled to it: the contract decided by the roles of that time",
    "what was seen outside of the ledger: an unblinding by word of mouth leaves no entry",
    "that the analysis was the right one, or was run as it is described",
    "what happened after the height of the block",
];
