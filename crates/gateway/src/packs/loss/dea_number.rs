//! The number under which the Drug Enforcement Administration has a registrant.

use serde::{Deserialize, Serialize};

/// Two letters, or a letter and a 9, and seven digits of which the last checks the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DeaNumber(String);

impl DeaNumber {
    /// Reads a number: the last digit is that of the sum of the first, third and fifth digit and twice the others.
    pub fn parse(text: &str) -> Option<Self> {
        let (letters, digits) = text.split_at_checked(2)?;
        let mut letters = letters.bytes();
        let [first, second] = [letters.next()?, letters.next()?];
        let is_code = first.is_ascii_uppercase() && (second.is_ascii_uppercase() || second == b'9');
        let digits: Vec<u32> = digits
            .chars()
            .map(|digit| digit.to_digit(10))
            .collect::<Option<_>>()?;
        let [a, b, c, d, e, f, check] = digits[..] else {
            return None;
        };
        let sum = a + c + e + 2 * (b + d + f);
        (is_code && sum % 10 == check).then(|| Self(text.to_owned()))
    }
}

impl TryFrom<String> for DeaNumber {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
            .ok_or("expected two letters and seven digits, the last of which checks the others")
    }
}

impl From<DeaNumber> for String {
    fn from(number: DeaNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_checks_the_others() {
        // 1 + 3 + 5 + 2 * (2 + 4 + 6) = 33
        for text in ["BP1234563", "F91234563"] {
            assert!(DeaNumber::parse(text).is_some(), "{text}");
        }
        let wrong = [
            "BP1234564",
            "BP123456",
            "BP12345633",
            "bp1234563",
            "B11234563",
            "91234563",
            "",
            "B",
            "BP12345é3",
        ];
        for text in wrong {
            assert!(DeaNumber::parse(text).is_none(), "{text}");
        }
        let swapped = DeaNumber::parse("BP2134563");
        assert_eq!(swapped, None, "two digits in each other's place are found");
    }
}
