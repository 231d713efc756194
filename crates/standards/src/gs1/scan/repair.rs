//! Reads what a badly set scanner typed, and says what had to be undone.

use super::candidate::{Candidate, NoCandidate, read};
use super::layout::{LAYOUTS, Layout};
use super::{Repair, RepairError, Repaired};
use crate::gs1::element_string::MAX_BYTES;

/// Reads a scan, undoing as little as makes it readable.
///
/// A scan that can be read as it is is not touched, apart from prefix, suffix and separators. Else every keyboard layout is tried, with
/// and without Caps Lock. All that lead to readable elements must lead to the same ones. Caps Lock shows in the symbology identifier
/// alone, so it is undone only where there is one.
///
/// # Errors
/// [`RepairError`] when nothing makes it readable, or when it could be different things.
pub fn repair(typed: &str) -> Result<Repaired, RepairError> {
    let as_it_is = match attempt(typed)? {
        Ok(candidate) => return Ok(repaired(candidate, None)),
        Err(refused) => refused,
    };
    let mut readings = readings(typed, Case::AsTyped);
    if readings.is_empty() {
        readings = self::readings(typed, Case::Exchanged);
        readings.retain(|reading| reading.candidate.symbology.is_some());
    }
    keep_likeliest(&mut readings);
    let names: Vec<&'static str> = readings.iter().map(|reading| reading.layout.name).collect();
    let mut different = readings.into_iter();
    let Some(first) = different.next() else {
        return Err(refusal(as_it_is));
    };
    if different.any(|other| other.candidate.elements != first.candidate.elements) {
        return Err(RepairError::WhichLayout { names });
    }
    Ok(repaired(first.candidate, Some((names, first.case))))
}

/// Reads a scan that came through a layout that is known.
///
/// # Errors
/// [`RepairError`] when it cannot be read, or when the separators are lost and it could be different things.
pub fn repair_typed_through(layout: &'static Layout, typed: &str) -> Result<Repaired, RepairError> {
    require_length(typed)?;
    let decoded = layout.decode(typed).unwrap_or_else(|| typed.to_owned());
    match read(&decoded) {
        Ok(candidate) => Ok(repaired(
            candidate,
            Some((vec![layout.name], Case::AsTyped)),
        )),
        Err(refused) => Err(refusal(refused)),
    }
}

/// Whether capitals and small letters are taken as they are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    AsTyped,
    Exchanged,
}

/// A layout through which the scan makes sense.
struct Reading {
    layout: &'static Layout,
    case: Case,
    candidate: Candidate,
}

fn attempt(typed: &str) -> Result<Result<Candidate, NoCandidate>, RepairError> {
    require_length(typed)?;
    Ok(read(typed))
}

fn require_length(typed: &str) -> Result<(), RepairError> {
    match typed.len() {
        0..=MAX_BYTES => Ok(()),
        got => Err(RepairError::TooLong {
            got,
            allowed: MAX_BYTES,
        }),
    }
}

fn readings(typed: &str, case: Case) -> Vec<Reading> {
    let typed = match case {
        Case::AsTyped => typed.to_owned(),
        Case::Exchanged => typed.chars().map(exchanged).collect(),
    };
    let read_through = |layout: &'static Layout| {
        let candidate = read(&layout.decode(&typed)?).ok()?;
        candidate
            .elements
            .check_associations()
            .is_ok()
            .then_some(Reading {
                layout,
                case,
                candidate,
            })
    };
    LAYOUTS.iter().filter_map(read_through).collect()
}

/// A symbology identifier is a sign of the right layout, and so is a separator that did not have to be guessed.
fn keep_likeliest(readings: &mut Vec<Reading>) {
    let doubts = |reading: &Reading| {
        let guesses = reading
            .candidate
            .repairs
            .iter()
            .filter(|repair| match repair {
                Repair::SeparatorReplaced { .. } | Repair::SeparatorMissing { .. } => true,
                Repair::Prefix { .. }
                | Repair::Suffix { .. }
                | Repair::KeyboardLayout { .. }
                | Repair::CapsLock => false,
            });
        (reading.candidate.symbology.is_none(), guesses.count())
    };
    let fewest = readings.iter().map(doubts).min();
    readings.retain(|reading| Some(doubts(reading)) == fewest);
}

fn exchanged(letter: char) -> char {
    let mut other: Box<dyn Iterator<Item = char>> = match letter.is_lowercase() {
        true => Box::new(letter.to_uppercase()),
        false => Box::new(letter.to_lowercase()),
    };
    match (other.next(), other.next()) {
        (Some(other), None) => other,
        _ => letter,
    }
}

fn repaired(candidate: Candidate, through: Option<(Vec<&'static str>, Case)>) -> Repaired {
    let mut repairs = Vec::new();
    if let Some((names, case)) = through {
        if !names.contains(&LAYOUTS[0].name) {
            repairs.push(Repair::KeyboardLayout { names });
        }
        if case == Case::Exchanged {
            repairs.push(Repair::CapsLock);
        }
    }
    repairs.extend(candidate.repairs);
    Repaired {
        symbology: candidate.symbology,
        elements: candidate.elements,
        repairs,
    }
}

fn refusal(refused: NoCandidate) -> RepairError {
    match refused {
        NoCandidate::Ambiguous => RepairError::WhichSeparator,
        NoCandidate::Unreadable(as_it_is) => RepairError::Unreadable { as_it_is },
    }
}
