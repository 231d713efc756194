//! C10: the printed names of signers.

use super::{ClaimId, Place, judge::Judge, replay::Replay};
use crate::trial::{
    MEANINGS,
    bundle::{Audience, Manifest, Openings},
    name_word,
};

/// Opened names are those that were signed.
pub(super) fn check(
    openings: &Openings,
    (manifest, replay): (&Manifest, &Replay),
    judge: &mut Judge,
) {
    for opening in &openings.names {
        let signature = replay
            .signatures
            .binary_search_by_key(&opening.entry, |it| it.entry);
        let signature = signature.ok().map(|at| &replay.signatures[at]);
        let fits = signature.is_some_and(|it| it.name == name_word(&opening.salt.0, &opening.name));
        if !fits {
            let text = "the printed name is not the one that was signed";
            judge.fail(
                ClaimId::C10,
                "name-differs",
                Place::entry(opening.entry),
                text,
            );
        }
    }
    if openings.names.len() < replay.signatures.len() {
        judge.limit(
            ClaimId::C10,
            "the printed names of signatures that the bundle does not open",
        );
    }
    if manifest.audience == Audience::Participant {
        judge.limit(ClaimId::C10, "signatures over sites and the study");
    }
    let last = replay.signatures.last();
    if let Some(last) = last.filter(|_| replay.is_complete) {
        let meaning = usize::from(last.meaning)
            .checked_sub(1)
            .and_then(|at| MEANINGS.get(at));
        let text = format!(
            "the last of {}, for {}, by {}",
            replay.signatures.len(),
            meaning.unwrap_or(&"nothing known"),
            last.actor
        );
        judge.note(
            ClaimId::C10,
            "signed",
            Place::entry(last.entry).of(last.slot),
            text,
        );
    }
}
