//! Rules that were broken on the ledger itself, and where each is found.

use super::{
    script::{PRIMARY, Wrong},
    tampering::Expected,
    world::World,
};
use theriac_evidence::trial::{
    Body,
    verify::{
        ClaimId::{self, C4, C6, C7, C8, C9, C10, C11, C12, C13, C14},
        Place,
    },
};

/// The rule, what is done in words, and the claim and code by which it is found.
pub const WRONGS: [(Wrong, &str, ClaimId, &str); 22] = [
    (
        Wrong::EditedAfterUnblinding,
        "data are changed after unblinding",
        C13,
        "changed-after-unblinding",
    ),
    (
        Wrong::EditedWhileLocked,
        "data are changed while locked",
        C13,
        "changed-while-locked",
    ),
    (
        Wrong::LockOverAnotherLog,
        "the lock is over another log",
        C13,
        "lock-differs",
    ),
    (
        Wrong::UnblindedBeforeLock,
        "the study is unblinded before its lock",
        C11,
        "unblinded-before-lock",
    ),
    (
        Wrong::OpenedWithoutAllocation,
        "an entry of a list is opened that is nobody's",
        C11,
        "opened-unallocated",
    ),
    (
        Wrong::PublishedAnotherOutcome,
        "a publication switches an outcome",
        C6,
        "outcome-switched",
    ),
    (
        Wrong::PublishedWithoutAnOutcome,
        "a publication omits an outcome",
        C6,
        "outcome-omitted",
    ),
    (
        Wrong::OutcomesChangedAfterLock,
        "outcomes are changed after the lock",
        C6,
        "outcomes-changed-late",
    ),
    (
        Wrong::RowsOfOtherValues,
        "a dataset has other values than were locked",
        C14,
        "row-differs",
    ),
    (
        Wrong::ArmsSwappedInRows,
        "a dataset has other arms than the list gives",
        C14,
        "arm-differs",
    ),
    (
        Wrong::AnalysisOfAnotherLock,
        "an analysis is of another lock",
        C14,
        "analysis-not-of-lock",
    ),
    (
        Wrong::ListsCommittedLate,
        "a list is committed after the first consent",
        C12,
        "committed-late",
    ),
    (
        Wrong::AllocatedOutOfOrder,
        "a subject gets an index out of order",
        C12,
        "allocated-out-of-order",
    ),
    (
        Wrong::DrawnFromAnotherValue,
        "a list is drawn from a value of the sponsor's liking",
        C12,
        "draw-differs",
    ),
    (
        Wrong::DataBeforeConsent,
        "data are captured before consent",
        C8,
        "data-before-consent",
    ),
    (
        Wrong::DataAfterWithdrawal,
        "data are captured after withdrawal",
        C8,
        "data-after-withdrawal",
    ),
    (
        Wrong::CorrectionWithoutReason,
        "a correction has no reason",
        C9,
        "reason-unknown",
    ),
    (
        Wrong::CorrectionOfAnother,
        "a correction corrects another form",
        C9,
        "corrects-another",
    ),
    (
        Wrong::ObservedAhead,
        "an observation is dated ahead",
        C7,
        "observed-ahead",
    ),
    (
        Wrong::LockedUnsigned,
        "the study is locked unsigned",
        C10,
        "locked-unsigned",
    ),
    (
        Wrong::SignatureSpliced,
        "a signature is put under another subject",
        C10,
        "not-signed",
    ),
    (
        Wrong::FormCapturedTwice,
        "a form is captured twice",
        C4,
        "cell-twice",
    ),
];

/// What has to be found of a broken rule; `None` where the story of this seed did not come to it.
pub fn expected(wrong: Wrong, world: &World) -> Option<Expected> {
    let culprit = world.culprit?;
    let (_, _, claim, code) = WRONGS.into_iter().find(|row| row.0 == wrong)?;
    let (entry, body) = &world.study.entries[culprit as usize];
    let at = Place::entry(culprit).of(entry.slot);
    let list = |index: Option<u32>| Place {
        list: Some(1),
        index,
        ..at.clone()
    };
    let index = |index: u32| Place {
        index: Some(index),
        ..at.clone()
    };
    let place = match wrong {
        Wrong::RowsOfOtherValues => row(2).cell(0).item(PRIMARY),
        Wrong::ArmsSwappedInRows => row(1),
        Wrong::LockedUnsigned => at.of(2),
        Wrong::PublishedAnotherOutcome | Wrong::OutcomesChangedAfterLock => index(0),
        Wrong::PublishedWithoutAnOutcome => index(1),
        Wrong::ListsCommittedLate | Wrong::DrawnFromAnotherValue => list(None),
        Wrong::AllocatedOutOfOrder => list(Some(2)),
        Wrong::OpenedWithoutAllocation => list(Some(7)),
        Wrong::CorrectionWithoutReason | Wrong::CorrectionOfAnother | Wrong::FormCapturedTwice => {
            at.cell(cell(entry.kind, body))
        }
        _ => at,
    };
    Some(Expected { claim, code, place })
}

/// The row of the first subject.
fn row(column: u32) -> Place {
    Place {
        dataset: Some("ADEFF".to_owned()),
        row: Some(0),
        column: Some(column),
        ..Place::slot(1)
    }
}

fn cell(kind: u8, body: &[u8]) -> u32 {
    match Body::decode(kind, body).expect("our own") {
        Body::Captured(body) => body.cell,
        Body::Corrected(body) => body.cell,
        other => panic!("{other:?} is of no form"),
    }
}
