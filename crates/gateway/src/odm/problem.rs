//! Errors of trials as problems of the door: one table.

use theriac_sdk::{Error as LedgerError, ErrorKind};
use theriac_standards::{
    dataset::{DatasetError, DatasetErrorKind},
    epcis::json::JsonErrorKind,
};

use crate::{
    book::BookError,
    door::{Problem, ProblemKind},
    trials::{Error, export::ExportError, source::SourceFault},
};

/// The problem that an error is for the caller. What failed inside is logged, and not told.
pub(super) fn of(error: &Error) -> Problem {
    match error {
        Error::Refused(refusal) => ProblemKind::TrialRefused
            .because(refusal)
            .coded(refusal.code(), Some(refusal.hint())),
        Error::Ledger(LedgerError::Refused(refusal)) => ProblemKind::TrialRefused
            .because(refusal)
            .coded(refusal.name(), Some(refusal.hint())),
        Error::Source(fault) => of_source(fault),
        Error::Ledger(failure) if is_away(failure) => {
            ProblemKind::LedgerAway.because("no node answers")
        }
        Error::Book(BookError::InUse) => ProblemKind::Busy.because("the study's book is in use"),
        Error::Ledger(_) | Error::LogDiffers => {
            tracing::error!(error = error as &dyn std::error::Error, "the ledger failed");
            ProblemKind::LedgerFailed.into()
        }
        Error::Book(_)
        | Error::Form(_)
        | Error::Key(_)
        | Error::Malformed(_)
        | Error::File { .. } => {
            tracing::error!(
                error = error as &dyn std::error::Error,
                "the study's book failed"
            );
            ProblemKind::Internal.into()
        }
    }
}

/// The problem that a source is.
pub(super) fn of_source(fault: &SourceFault) -> Problem {
    match fault {
        SourceFault::TooMany => ProblemKind::OdmTooLarge.because(fault),
        SourceFault::Dataset(error) => of_dataset(error),
        SourceFault::ColumnAbsent(_) => ProblemKind::DatasetFaulty.because(fault),
        fault => ProblemKind::OdmFaulty.because(fault),
    }
}

/// The problem that a dataset is. What it says of a number repeats it, and is not told.
fn of_dataset(error: &DatasetError) -> Problem {
    let DatasetErrorKind::Json(json) = &error.kind else {
        return ProblemKind::DatasetFaulty.because(error);
    };
    match &json.kind {
        JsonErrorKind::Io(io) if io.kind() == std::io::ErrorKind::FileTooLarge => {
            ProblemKind::OdmTooLarge.because("it inflates to more than is taken at once")
        }
        JsonErrorKind::Number(_) => {
            let (line, column) = (json.line, json.column);
            ProblemKind::DatasetFaulty.because(format!("line {line}, column {column}: no number"))
        }
        _ => ProblemKind::DatasetFaulty.because(error),
    }
}

/// The problem that an export is.
pub(super) fn of_export(error: &ExportError) -> Problem {
    match error {
        ExportError::Party(error) => of(error),
        ExportError::Character(_) => ProblemKind::OdmFaulty.because(error),
        ExportError::Write(_) => ProblemKind::OdmTooLarge
            .because("the export is too large; ask for fewer entries with from and until"),
    }
}

fn is_away(error: &LedgerError) -> bool {
    error.kind() == ErrorKind::Unreachable || matches!(error, LedgerError::NotFinalInTime(_))
}
