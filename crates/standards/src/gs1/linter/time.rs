//! Times of the day.

use super::characters::digits;
use super::{LintError, LintFault};

pub(super) fn hour(data: &[u8]) -> Result<(), LintFault> {
    length(data, 2, LintError::HourTooShort, LintError::HourTooLong)?;
    digits(data)?;
    below(data, 0, 24, LintError::IllegalHour)
}

pub(super) fn minute(data: &[u8]) -> Result<(), LintFault> {
    length(data, 2, LintError::MinuteTooShort, LintError::MinuteTooLong)?;
    digits(data)?;
    below(data, 0, 60, LintError::IllegalMinute)
}

pub(super) fn second(data: &[u8]) -> Result<(), LintFault> {
    length(data, 2, LintError::SecondTooShort, LintError::SecondTooLong)?;
    digits(data)?;
    below(data, 0, 60, LintError::IllegalSecond)
}

pub(super) fn hour_minute(data: &[u8]) -> Result<(), LintFault> {
    let (short, long) = (
        LintError::HourWithMinuteTooShort,
        LintError::HourWithMinuteTooLong,
    );
    length(data, 4, short, long)?;
    digits(data)?;
    below(data, 0, 24, LintError::IllegalHour)?;
    below(data, 2, 60, LintError::IllegalMinute)
}

fn length(data: &[u8], wanted: usize, short: LintError, long: LintError) -> Result<(), LintFault> {
    if data.len() < wanted {
        return Err(LintFault::whole(short, data));
    }
    if data.len() > wanted {
        return Err(LintFault::whole(long, data));
    }
    Ok(())
}

/// The two digits at `place` are a number below `bound`.
fn below(data: &[u8], place: usize, bound: u8, error: LintError) -> Result<(), LintFault> {
    let number = (data[place] - b'0') * 10 + (data[place + 1] - b'0');
    if number < bound {
        return Ok(());
    }
    Err(LintFault::new(error, place, 2))
}
