//! A number that keeps the text it was written with.

use std::fmt;

/// The longest number that is kept, in bytes.
pub const MAX_NUMBER_BYTES: usize = 100;

/// A number as written, so that `26.0` is not printed as `26`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(String);

impl Number {
    /// Keeps `text` where it is a number of JSON or an XML Schema decimal or double in finite form.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() <= MAX_NUMBER_BYTES && is_decimal(text)).then(|| Self(text.to_owned()))
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest double, which may be infinite where the exponent is large.
    pub fn to_f64(&self) -> f64 {
        self.0.trim_start_matches('+').parse().unwrap_or(f64::NAN)
    }

    /// The text in the grammar of JSON: no plus sign, no leading zeros, digits on both sides of the point.
    pub fn to_json(&self) -> String {
        let (negative, digits) = match self.0.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, self.0.trim_start_matches('+')),
        };
        let (mantissa, exponent) = match digits.find(['e', 'E']) {
            Some(at) => digits.split_at(at),
            None => (digits, ""),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let whole = whole.trim_start_matches('0');
        let mut text = String::with_capacity(self.0.len() + 2);
        text.push_str(if negative { "-" } else { "" });
        text.push_str(if whole.is_empty() { "0" } else { whole });
        if !fraction.is_empty() {
            text.push('.');
            text.push_str(fraction);
        }
        text.push_str(exponent);
        text
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match digits.find(['e', 'E']) {
        Some(at) => (&digits[..at], Some(&digits[at + 1..])),
        None => (digits, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_stands = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && all_digits(digits)
    });
    !(whole.is_empty() && fraction.is_empty())
        && all_digits(whole)
        && all_digits(fraction)
        && exponent_stands
}
