//! The outcome of a verification: a table of claims, as text and as JSON.

use super::{Finding, Place};
use crate::bundle::BlockFacts;
use serde::Serialize;
use std::fmt;

/// A claim, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[allow(missing_docs, reason = "the titles say it")]
pub enum ClaimId {
    C1,
    C2,
    C3,
    C4,
    C5,
    C6,
    C7,
    C8,
    C9,
    C10,
    C11,
    C12,
    C13,
    C14,
    C15,
}

/// Claims with their titles.
pub(super) const CLAIMS: [(ClaimId, &str); 15] = [
    (
        ClaimId::C1,
        "the state is one that the network's quorum made final",
    ),
    (
        ClaimId::C2,
        "nothing was altered: entries and values are those of the ledger",
    ),
    (ClaimId::C3, "no subject is missing"),
    (ClaimId::C4, "no form or item is missing"),
    (
        ClaimId::C5,
        "the study was registered before the first consent",
    ),
    (
        ClaimId::C6,
        "the outcomes are those registered, or it is said where they changed",
    ),
    (
        ClaimId::C7,
        "times lie between what the device knew and the block",
    ),
    (ClaimId::C8, "consent came before data"),
    (
        ClaimId::C9,
        "corrections have reasons and keep what was before",
    ),
    (ClaimId::C10, "signatures are valid"),
    (ClaimId::C11, "the blind was kept until the lock"),
    (
        ClaimId::C12,
        "allocation followed the sealed lists and their seeds",
    ),
    (
        ClaimId::C13,
        "nothing changed after the lock, or it is said what was unlocked",
    ),
    (ClaimId::C14, "analysed datasets come from the locked data"),
    (ClaimId::C15, "erased subjects are counted"),
];

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Verdict {
    /// It holds.
    #[serde(rename = "PASS")]
    Pass,
    /// It does not hold.
    #[serde(rename = "FAIL")]
    Fail,
    /// The bundle does not show it.
    #[serde(rename = "NOT CLAIMED")]
    NotClaimed,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pass => "PASS",
            Self::Fail => "FAIL",
            Self::NotClaimed => "NOT CLAIMED",
        })
    }
}

/// One claim with all that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimReport {
    /// Its number.
    pub id: ClaimId,
    /// What is claimed.
    pub title: &'static str,
    /// What became of it.
    pub verdict: Verdict,
    /// What does not hold, the first ones.
    pub failures: Vec<Finding>,
    /// How many failures there are.
    pub failed: u64,
    /// What is worth knowing though it holds.
    pub notes: Vec<Finding>,
    /// What is not claimed of it.
    pub not_claimed: Vec<String>,
}

/// Counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names say it")]
pub struct Figures {
    pub entries: u64,
    pub subjects: u32,
    pub erased_subjects: u32,
    pub forms: u64,
    pub items: u64,
    pub items_opened: u64,
    pub nulls: u64,
    pub corrections: u64,
    pub signatures: u64,
    pub stale_signatures: u64,
    pub locks: u64,
    pub unlocks: u64,
    pub changes_after_lock: u64,
    pub changes_after_unblinding: u64,
    pub allocations: u64,
    pub emergency_openings: u64,
    pub amendments: u64,
    pub studies_of_sponsor: u32,
    pub latest_entry_after_observation_ms: u64,
    pub rows: u64,
    pub cells_traced: u64,
}

/// The outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// EIP-155 chain id.
    pub chain_id: u64,
    /// For whom the bundle was made.
    pub audience: String,
    /// Organisation of the sponsor.
    pub organisation: u32,
    /// The sponsor's number for the study.
    pub number: u32,
    /// The block whose state is proved.
    pub block: Option<BlockFacts>,
    /// The newest final block; a verifier remembers it as its known one.
    pub newest: Option<BlockFacts>,
    /// The claims.
    pub claims: Vec<ClaimReport>,
    /// Counts.
    pub figures: Figures,
    /// What no bundle of this kind claims.
    pub not_claimed: Vec<String>,
}

impl Report {
    /// Whether no claim failed.
    pub fn holds(&self) -> bool {
        self.claims
            .iter()
            .all(|claim| claim.verdict != Verdict::Fail)
    }

    /// The claim of a number.
    pub fn claim(&self, id: ClaimId) -> &ClaimReport {
        &self.claims[id as usize]
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers = [
            ("entry", self.entry),
            ("slot", self.slot.map(u64::from)),
            ("cell", self.cell.map(u64::from)),
            ("list", self.list.map(u64::from)),
            ("index", self.index.map(u64::from)),
            ("row", self.row),
            ("column", self.column.map(u64::from)),
            ("milestone", self.milestone.map(u64::from)),
        ];
        let texts = [("item", &self.item), ("dataset", &self.dataset)];
        let numbers = numbers
            .iter()
            .filter_map(|(word, it)| it.map(|it| format!("{word} {it}")));
        let texts = texts
            .iter()
            .filter_map(|(word, it)| it.as_ref().map(|it| format!("{word} {it}")));
        f.write_str(&numbers.chain(texts).collect::<Vec<_>>().join(", "))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.to_string();
        match place.is_empty() {
            true => write!(f, "{} [{}]", self.text, self.code),
            false => write!(f, "{place}: {} [{}]", self.text, self.code),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figures {
            studies_of_sponsor, ..
        } = self.figures;
        writeln!(
            f,
            "STUDY        number {} of {studies_of_sponsor} of organisation {} on network {}, for: {}",
            self.number, self.organisation, self.chain_id, self.audience
        )?;
        for claim in &self.claims {
            writeln!(
                f,
                "{:<12} {:<4} {}",
                claim.verdict.to_string(),
                format!("{:?}", claim.id),
                claim.title
            )?;
            for failure in &claim.failures {
                writeln!(f, "                  {failure}")?;
            }
            if claim.failed > claim.failures.len() as u64 {
                writeln!(
                    f,
                    "                  and {} more",
                    claim.failed - claim.failures.len() as u64
                )?;
            }
            for note in &claim.notes {
                writeln!(f, "                  note: {note}")?;
            }
            for line in &claim.not_claimed {
                writeln!(f, "                  not claimed: {line}")?;
            }
        }
        let figures = serde_json::to_value(self.figures).map_err(|_| fmt::Error)?;
        for (name, value) in figures.as_object().into_iter().flatten() {
            writeln!(f, "FIGURE       {name} {value}")?;
        }
        for line in &self.not_claimed {
            writeln!(f, "NOT CLAIMED  {line}")?;
        }
        Ok(())
    }
}
