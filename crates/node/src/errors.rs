//! How errors end the program: one line in lower case, a hint where there is one, and the exit code of their kind.

use crate::output::Output;
use serde_json::json;
use std::process::ExitCode;
use theriac_consensus::votes::ProofError;
use theriac_evidence::bundle::Failure;
use theriac_gateway::{packs, trials};
use theriac_sdk::{Error, ErrorKind};

/// The exit codes that the help lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Failure = 1,
    Usage = 2,
    Refused = 3,
    NotVerified = 4,
    Unreachable = 5,
}

/// A rule of the command line itself: what was asked cannot be, whatever the ledger says.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct UsageError(pub(crate) String);

/// A file that was checked does not prove what it claims.
#[derive(Debug, thiserror::Error)]
#[error("not verified: {0}")]
pub(crate) struct NotVerified(#[from] pub(crate) Failure);

/// A file that was checked does not prove a double vote.
#[derive(Debug, thiserror::Error)]
#[error("not verified: {0}")]
pub(crate) struct NoDoubleVote(#[from] pub(crate) ProofError);

/// Claims of a trial's bundle do not hold; which ones is printed before.
#[derive(Debug, thiserror::Error)]
#[error("not verified: {0} claims do not hold")]
pub(crate) struct ClaimsFail(pub(crate) usize);

/// A file is no bundle of a trial, or of another network.
#[derive(Debug, thiserror::Error)]
#[error("not verified: {0}")]
pub(crate) struct NoTrial(#[from] pub(crate) theriac_evidence::trial::verify::Failure);

/// A document breaks rules of its standard.
#[derive(Debug, thiserror::Error)]
#[error("not accepted: {0} faults")]
pub(crate) struct NotAccepted(pub(crate) u64);

/// A pack was checked, and is not fit to be dispensed; what was found is printed before.
#[derive(Debug, thiserror::Error)]
#[error("not fit to be dispensed")]
pub(crate) struct NotFit(pub(crate) &'static str);

/// The way of a pack that someone else showed does not hold; what was found is printed before.
#[derive(Debug, thiserror::Error)]
#[error("the way of the pack does not hold")]
pub(crate) struct WayBroken;

/// What is told of an error.
struct Told {
    exit: Exit,
    code: Option<String>,
    message: String,
    hint: Option<String>,
}

/// Prints an error and returns its exit code.
pub(crate) fn report(error: &anyhow::Error, output: &Output) -> ExitCode {
    let told = tell(error);
    let Told {
        exit,
        code,
        message,
        hint,
    } = &told;
    if output.json {
        let error = json!({ "exit": *exit as u8, "code": code, "message": message, "hint": hint });
        eprintln!("{}", json!({ "error": error }));
    } else {
        let code = code
            .as_deref()
            .map(|code| format!(" ({code})"))
            .unwrap_or_default();
        eprintln!("error: {message}{code}");
        if let Some(hint) = hint {
            eprintln!("hint: {hint}");
        }
    }
    ExitCode::from(*exit as u8)
}

/// Prints what the parser of the command line says, which is also how help and version come.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    // Nothing is left to do where the terminal is gone.
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Exit::Usage as u8))
}

fn tell(error: &anyhow::Error) -> Told {
    let message = chain(error);
    if let Some(cause) = find::<Error>(error) {
        let exit = match cause.kind() {
            ErrorKind::Failure => Exit::Failure,
            ErrorKind::Refused => Exit::Refused,
            ErrorKind::NotVerified => Exit::NotVerified,
            ErrorKind::Unreachable => Exit::Unreachable,
        };
        return Told {
            exit,
            code: cause.code().map(str::to_owned),
            message,
            hint: hint(cause),
        };
    }
    if let Some(NotVerified(failure)) = find::<NotVerified>(error) {
        let hint = evidence_hint(failure).map(str::to_owned);
        return Told {
            exit: Exit::NotVerified,
            code: Some(failure.code().to_owned()),
            message,
            hint,
        };
    }
    if let Some((code, hint)) = of_books(error) {
        return Told {
            exit: Exit::Refused,
            code: Some(code.to_owned()),
            message,
            hint: hint.map(str::to_owned),
        };
    }
    if let Some(NoTrial(failure)) = find::<NoTrial>(error) {
        return Told {
            exit: Exit::NotVerified,
            code: Some(failure.code().to_owned()),
            message,
            hint: None,
        };
    }
    if find::<NoDoubleVote>(error).is_some()
        || find::<ClaimsFail>(error).is_some()
        || find::<NotAccepted>(error).is_some()
        || find::<WayBroken>(error).is_some()
    {
        return Told {
            exit: Exit::NotVerified,
            code: None,
            message,
            hint: None,
        };
    }
    let exit = if find::<UsageError>(error).is_some() {
        Exit::Usage
    } else {
        Exit::Failure
    };
    let absent = matches!(
        find::<packs::book::BookError>(error),
        Some(packs::book::BookError::Absent(_))
    );
    let hint = absent.then(|| "begin one: give --gln with your first command".to_owned());
    Told {
        exit,
        code: None,
        message,
        hint,
    }
}

/// Code and hint of what the rules of a book refuse.
fn of_books(error: &anyhow::Error) -> Option<(&'static str, Option<&'static str>)> {
    if let Some(refusal) = find::<packs::Refusal>(error) {
        return Some((refusal.code(), Some(refusal.hint())));
    }
    if let Some(refusal) = find::<trials::Refusal>(error) {
        return Some((refusal.code(), Some(refusal.hint())));
    }
    find::<NotFit>(error)
        .map(|NotFit(code)| (*code, Some("keep it apart, and look into the causes above")))
}

/// What to do about evidence that proves nothing.
fn evidence_hint(failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::OlderThanKnown { .. } | Failure::UnknownFormat { .. } => None,
        Failure::Network { .. } | Failure::GroupKey(_) => Some(
            "give what you trust of the network that the evidence is about: --network, or --group-key and --chain-id",
        ),
        _ => Some("do not rely on this file; ask its sender, or a node, for the evidence again"),
    }
}

fn find<E: std::error::Error + 'static>(error: &anyhow::Error) -> Option<&E> {
    error.chain().find_map(|cause| cause.downcast_ref())
}

/// The hint of the library, with the option of this command line that helps.
fn hint(error: &Error) -> Option<String> {
    let option = match error {
        Error::LoginNeeded | Error::NoAccount => "; see --account",
        Error::Unreachable { .. } => "; see --rpc",
        Error::NoPublishedKey => ": theriac directory key",
        _ => "",
    };
    error.hint().map(|hint| format!("{hint}{option}"))
}

/// The causes from the outermost to the innermost, each once.
fn chain(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for cause in error.chain().map(ToString::to_string) {
        if !parts.iter().any(|part| part.contains(&cause)) {
            parts.push(cause);
        }
    }
    parts.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use theriac_contracts::Refusal;

    fn told(error: impl Into<anyhow::Error>) -> (u8, Option<String>, Option<String>) {
        let Told {
            exit, code, hint, ..
        } = tell(&error.into());
        (exit as u8, code, hint)
    }

    #[test]
    fn a_refusal_keeps_code_and_hint_under_any_context() {
        let error = anyhow::Error::from(Error::Refused(Refusal::GrantRevoked))
            .context("cannot open the record");
        let (exit, code, hint) = told(error);
        assert_eq!((exit, code.as_deref()), (3, Some("GrantRevoked")));
        assert_eq!(hint.as_deref(), Some(Refusal::GrantRevoked.hint()));
    }

    #[test]
    fn each_kind_has_its_exit_code() {
        assert_eq!(told(anyhow::anyhow!("disk full")).0, 1);
        assert_eq!(told(UsageError("give one".to_owned())).0, 2);
        assert_eq!(told(Error::LoginNeeded).0, 3);
        assert_eq!(told(Error::LedgerMismatch("commitment")).0, 4);
        assert_eq!(told(NotVerified(Failure::TooDeep { limit: 8 })).0, 4);
        let unreachable = Error::Unreachable {
            node: "http://node".to_owned(),
            source: "refused".into(),
        };
        assert_eq!(told(unreachable).0, 5);
    }

    #[test]
    fn a_cause_is_told_once() {
        let error = anyhow::Error::from(Error::NoAccount)
            .context("this needs an account, and none was given");
        assert_eq!(chain(&error), "this needs an account, and none was given");
    }
}
