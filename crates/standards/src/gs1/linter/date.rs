//! Days of the calendar.

use super::characters::digits;
use super::{LintError, LintFault};

/// Whether day 00 stands for the whole month.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Needed,
    MayBeZero,
}

/// A year of `year_digits` digits, a month and a day. A year of two digits is a leap year when it is a multiple of four: those of 2000
/// to 2099 are.
pub(super) fn lint(data: &[u8], year_digits: usize, day: Day) -> Result<(), LintFault> {
    let length = year_digits + 4;
    if data.len() < length {
        return Err(LintFault::whole(LintError::DateTooShort, data));
    }
    if data.len() > length {
        return Err(LintFault::whole(LintError::DateTooLong, data));
    }
    digits(data)?;
    let year = number(&data[..year_digits]);
    let month = number(&data[year_digits..year_digits + 2]);
    let year = if year_digits == 2 { 2000 + year } else { year };
    let Some(days) = days_of_month(year, month) else {
        return Err(LintFault::new(LintError::IllegalMonth, year_digits, 2));
    };
    match number(&data[year_digits + 2..]) {
        0 if day == Day::MayBeZero => Ok(()),
        number if (1..=days).contains(&number) => Ok(()),
        _ => Err(LintFault::new(LintError::IllegalDay, year_digits + 2, 2)),
    }
}

/// How many days a month of the Gregorian calendar has; `None` where there is no such month.
pub(crate) fn days_of_month(year: u32, month: u32) -> Option<u32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if leap => Some(29),
        2 => Some(28),
        _ => None,
    }
}

/// At most four digits as a number.
fn number(digits: &[u8]) -> u32 {
    digits
        .iter()
        .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
}
