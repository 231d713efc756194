//! Errors of packs as problems of the door: one table.

use theriac_sdk::{Error as LedgerError, ErrorKind};

use crate::{
    door::{Problem, ProblemKind},
    packs::{Error, Refusal},
};

/// The problem that an error is for the caller. What failed inside is logged, and not told.
pub(super) fn of(error: Error) -> Problem {
    match &error {
        Error::Refused(refusal) => kind(refusal)
            .because(refusal)
            .coded(refusal.code(), Some(refusal.hint())),
        Error::Ledger(LedgerError::Refused(refusal)) => ProblemKind::PackRefused
            .because(refusal)
            .coded(refusal.name(), Some(refusal.hint())),
        Error::Scan(fault) => ProblemKind::ScanUnreadable
            .because(fault)
            .coded("Unreadable", Some("scan it again, or type what is printed")),
        Error::Ledger(failure) if is_away(failure) => {
            ProblemKind::LedgerAway.because("no node answers")
        }
        Error::Ledger(failure) => {
            tracing::error!(
                error = failure as &dyn std::error::Error,
                "the ledger failed"
            );
            ProblemKind::LedgerFailed.into()
        }
        Error::Waits => ProblemKind::LedgerAway.because("no node answers"),
        Error::Closing => ProblemKind::Busy.because("the gateway is about to end"),
        Error::Book(_)
        | Error::BookFailed
        | Error::Card(_)
        | Error::Package(_)
        | Error::Evidence(_)
        | Error::Form(_)
        | Error::Fhir(_)
        | Error::File { .. } => {
            tracing::error!(error = &error as &dyn std::error::Error, "the book failed");
            ProblemKind::Internal.into()
        }
    }
}

fn is_away(error: &LedgerError) -> bool {
    error.kind() == ErrorKind::Unreachable || matches!(error, LedgerError::NotFinalInTime(_))
}

fn kind(refusal: &Refusal) -> ProblemKind {
    match refusal {
        Refusal::PackUnknown | Refusal::LotUnknown(_) | Refusal::UnitUnknown(_) => {
            ProblemKind::PackUnknown
        }
        Refusal::NodeBehind { .. } => ProblemKind::LedgerAway,
        Refusal::RequestKeyFaulty => ProblemKind::RequestInvalid,
        Refusal::RequestKeyUsed => ProblemKind::RequestKeyUsed,
        Refusal::LabelFaulty { .. }
        | Refusal::PackCount { .. }
        | Refusal::SerialTwice(_)
        | Refusal::NotHeld(_)
        | Refusal::TooFewHeld { .. }
        | Refusal::WayTooLong(_)
        | Refusal::CardNotOfLedger(_)
        | Refusal::NotFit(_)
        | Refusal::DispensedByYou(_)
        | Refusal::LeftElsewhere { .. }
        | Refusal::NotUndoable(_)
        | Refusal::LotAmbiguous(_)
        | Refusal::ReceivedBefore
        | Refusal::Amounts(_)
        | Refusal::OtherNetwork { .. }
        | Refusal::NotYourPrescription
        | Refusal::NotAsPrescribed(_)
        | Refusal::NothingLeft
        | Refusal::AmountAboveOrder(_)
        | Refusal::NotForYou
        | Refusal::OtherProduct(_)
        | Refusal::SubstitutionForbidden
        | Refusal::LossIncomplete(_)
        | Refusal::NoLoss(_)
        | Refusal::NotRecalled
        | Refusal::KeptApart(_)
        | Refusal::ExceptionUnknown(_)
        | Refusal::NotInState(_)
        | Refusal::NothingToReport
        | Refusal::SeveralPartners
        | Refusal::SeveralCases
        | Refusal::CaseUnknown(_)
        | Refusal::NotThePartner { .. }
        | Refusal::ResponseFaulty(_)
        | Refusal::NoPacks => ProblemKind::PackRefused,
    }
}
