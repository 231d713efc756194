//! Numbers: zero or not, pieces of a total, places in a sequence.

use std::cmp::Ordering;

use super::characters::digits;
use super::{LintError, LintFault};

pub(super) fn has_non_digit(data: &[u8]) -> Result<(), LintFault> {
    if data.iter().all(u8::is_ascii_digit) {
        return Err(LintFault::whole(LintError::RequiresNonDigitCharacter, data));
    }
    Ok(())
}

pub(super) fn zero(data: &[u8]) -> Result<(), LintFault> {
    if data.is_empty() || !is_zero(data) {
        return Err(LintFault::whole(LintError::NotZero, data));
    }
    Ok(())
}

pub(super) fn non_zero(data: &[u8]) -> Result<(), LintFault> {
    digits(data)?;
    if is_zero(data) {
        return Err(LintFault::whole(LintError::IllegalZeroValue, data));
    }
    Ok(())
}

pub(super) fn no_zero_prefix(data: &[u8]) -> Result<(), LintFault> {
    digits(data)?;
    if data.first() == Some(&b'0') {
        return Err(LintFault::new(LintError::IllegalZeroPrefix, 0, 1));
    }
    Ok(())
}

/// Two numbers of the same number of digits, the first not above the second.
pub(super) fn piece_of_total(data: &[u8]) -> Result<(), LintFault> {
    digits(data)?;
    if data.is_empty() || !data.len().is_multiple_of(2) {
        let error = LintError::InvalidLengthForPieceOfTotal;
        return Err(LintFault::whole(error, data));
    }
    let half = data.len() / 2;
    let (piece, total) = data.split_at(half);
    if is_zero(piece) {
        return Err(LintFault::new(LintError::ZeroPieceNumber, 0, half));
    }
    if is_zero(total) {
        return Err(LintFault::new(LintError::ZeroTotalPieces, half, half));
    }
    if piece > total {
        return Err(LintFault::whole(LintError::PieceNumberExceedsTotal, data));
    }
    Ok(())
}

/// Two numbers without leading zeros around a slash, the first not above the second.
pub(super) fn position_in_sequence(data: &[u8]) -> Result<(), LintFault> {
    let malformed = LintFault::whole(LintError::PositionInSequenceMalformed, data);
    let slash = data
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .filter(|place| data[*place] == b'/')
        .ok_or(malformed)?;
    let (position, end) = (&data[..slash], &data[slash + 1..]);
    if position.is_empty() || end.is_empty() || !end.iter().all(u8::is_ascii_digit) {
        return Err(malformed);
    }
    if position[0] == b'0' {
        return Err(LintFault::new(LintError::IllegalZeroPrefix, 0, slash));
    }
    if end[0] == b'0' {
        let error = LintError::IllegalZeroPrefix;
        return Err(LintFault::new(error, slash + 1, end.len()));
    }
    let by_length = position.len().cmp(&end.len());
    if by_length.then_with(|| position.cmp(end)) == Ordering::Greater {
        return Err(LintFault::whole(LintError::PositionExceedsEnd, data));
    }
    Ok(())
}

fn is_zero(data: &[u8]) -> bool {
    data.iter().all(|byte| *byte == b'0')
}
