//! The expiry date, kept as it is printed.

use std::fmt;
use std::str::FromStr;

use super::KeyError;
use super::fault::{as_text, digits};
use crate::gs1::linter::days_of_month;

/// `YYMMDD`. Day 00 means the whole month and stays as it is: what is printed is what is compared and hashed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Expiry([u8; 6]);

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The year in full.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Expiry {
    /// Reads `YYMMDD`.
    ///
    /// # Errors
    /// [`KeyError`] when there are not six digits, or no such month or day. 29 February is allowed in years that are multiples of four.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let expiry = Self(digits(text)?);
        let month = expiry.pair(1);
        let days = days_of_month(2000 + u32::from(expiry.pair(0)), u32::from(month))
            .ok_or(KeyError::Month { got: month })?;
        match expiry.pair(2) {
            day if u32::from(day) <= days => Ok(expiry),
            got => Err(KeyError::Day { got }),
        }
    }

    /// The six digits as printed.
    pub fn as_str(&self) -> &str {
        as_text(&self.0)
    }

    /// The last day on which the pack may be used; day 00 is the last of the month.
    ///
    /// The century follows from `reference_year`, the year in which the question is asked: of two digits that are 51 or more above
    /// those of the reference year the century is the one before, of those that are 50 or more below the one after, else the same
    /// (GS1 General Specifications, 7.12).
    pub fn last_day(&self, reference_year: u16) -> Day {
        let year = self.year(reference_year);
        let month = self.pair(1);
        let days =
            days_of_month(u32::from(year), u32::from(month)).expect("parse checked the month");
        let day = match self.pair(2) {
            0 => days as u8,
            day => day.min(days as u8),
        };
        Day { year, month, day }
    }

    fn year(&self, reference_year: u16) -> u16 {
        let century = reference_year / 100 * 100;
        let difference = i32::from(self.pair(0)) - i32::from(reference_year % 100);
        let century = match difference {
            51.. => century.saturating_sub(100),
            ..=-50 => century.saturating_add(100),
            _ => century,
        };
        century.saturating_add(u16::from(self.pair(0)))
    }

    fn pair(&self, index: usize) -> u8 {
        (self.0[2 * index] - b'0') * 10 + (self.0[2 * index + 1] - b'0')
    }
}

impl FromStr for Expiry {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::parse(text)
    }
}

impl fmt::Display for Expiry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Expiry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Expiry({self})")
    }
}
