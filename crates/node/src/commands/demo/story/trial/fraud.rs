//! Frauds: each is done in earnest, at the ledger's doors, in a book or in a copy of a bundle, and the demo fails where one is not caught.

pub(super) mod back_dating;
pub(super) mod database_file;
pub(super) mod deleted_trail;
pub(super) mod dropped_subject;
pub(super) mod early_unblinding;
pub(super) mod forged_signature;
pub(super) mod own_copy;
pub(super) mod reordered_log;
pub(super) mod second_registration;
pub(super) mod switched_outcome;

use super::{FRAUDS, Trial, evidence, parts::Parts};
use anyhow::{bail, ensure};
use std::fmt::Display;
use theriac_evidence::trial::verify::ClaimId;
use theriac_gateway::trials::Error;

/// A fraud that was tried.
pub(super) struct Fraud {
    pub(super) number: usize,
    pub(super) title: &'static str,
    pub(super) caught: Vec<Caught>,
}

/// How a fraud was caught.
pub(super) struct Caught {
    /// By what.
    pub(super) by: By,
    /// With which words.
    pub(super) how: String,
}

/// What catches a fraud.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// A rule of the ledger or of a book.
    Rule,
    /// Whoever verifies the bundle.
    Verifier,
    /// The comparison of a book with the ledger.
    Comparison,
    /// The copy of another party brings back what was.
    Copy,
    /// The count of registrations.
    Count,
    /// Outcomes side by side.
    Outcomes,
}

impl By {
    /// The name of a detail.
    fn name(self) -> &'static str {
        match self {
            Self::Rule => "refused",
            Self::Verifier => "verify",
            Self::Comparison => "compare",
            Self::Copy => "mended",
            Self::Count => "every bundle",
            Self::Outcomes => "comparison",
        }
    }

    /// The same in a sentence.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Rule => "a rule that refuses it",
            Self::Verifier => "the verifier of the bundle",
            Self::Comparison => "the comparison of the book with the ledger",
            Self::Copy => "the other party's copy",
            Self::Count => "the count of registrations in every bundle",
            Self::Outcomes => "the outcomes side by side",
        }
    }
}

/// Begins a step with the next fraud.
fn begin(trial: &mut Trial<'_>, title: &'static str, what: &str) {
    let number = trial.frauds.len() + 1;
    trial
        .narrator
        .step(&format!("Fraud {number} of {FRAUDS}, {title}: {what}"));
    trial.frauds.push(Fraud {
        number,
        title,
        caught: Vec::new(),
    });
}

/// The fraud that is being tried was caught.
fn caught(trial: &mut Trial<'_>, by: By, how: impl Display) {
    let how = how.to_string();
    trial.narrator.detail(by.name(), &how);
    if let Some(fraud) = trial.frauds.last_mut() {
        fraud.caught.push(Caught { by, how });
    }
}

/// A rule of the ledger or of a book says no, by its name.
fn refused<T>(
    trial: &mut Trial<'_>,
    outcome: Result<T, Error>,
    expected: &str,
) -> anyhow::Result<()> {
    let name = match outcome {
        Err(Error::Refused(refusal)) => refusal.code(),
        Err(Error::Ledger(theriac_sdk::Error::Refused(refusal))) => refusal.name(),
        Err(error) => return Err(anyhow::Error::new(error).context(format!("expected {expected}"))),
        Ok(_) => bail!("expected {expected}, but it was allowed"),
    };
    ensure!(name == expected, "expected {expected}, got {name}");
    caught(trial, By::Rule, name);
    Ok(())
}

/// The verifier fails these claims of a forged bundle, and says where.
fn refuted(
    trial: &mut Trial<'_>,
    (name, parts): (&str, Parts),
    expected: &[(ClaimId, &str)],
) -> anyhow::Result<()> {
    let bytes = parts.pack()?;
    let file = format!("frauds/{name}");
    let report = evidence::write(trial, &file, &bytes)?;
    for (claim, code) in expected {
        let finding = evidence::failure(&report, (*claim, *code))?;
        caught(trial, By::Verifier, format!("FAIL {claim:?} {finding}"));
    }
    evidence::try_verify(trial, &trial.folder.join(format!("{file}.zip")));
    Ok(())
}
