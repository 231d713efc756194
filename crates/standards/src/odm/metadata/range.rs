//! Range checks: which values of an item its study expects.

use crate::odm::{grammar::DataType, xml::Element};
use std::{cmp::Ordering, fmt};

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// Below.
    Lt,
    /// Below or the same.
    Le,
    /// Above.
    Gt,
    /// Above or the same.
    Ge,
    /// The same.
    Eq,
    /// Another.
    Ne,
    /// One of several.
    In,
    /// None of several.
    NotIn,
}

impl Comparator {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Lt, "LT"),
        (Self::Le, "LE"),
        (Self::Gt, "GT"),
        (Self::Ge, "GE"),
        (Self::Eq, "EQ"),
        (Self::Ne, "NE"),
        (Self::In, "IN"),
        (Self::NotIn, "NOTIN"),
    ];

    fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|(_, word)| *word == name).map(|(it, _)| *it)
    }
}

/// A check of an item's values against constants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeCheck {
    /// How they are compared.
    pub comparator: Comparator,
    /// The constants: one, but for `In` and `NotIn`.
    pub values: Vec<String>,
    /// Whether a value that does not pass is to be rejected; otherwise it is to be asked about.
    pub is_hard: bool,
    /// The unit of the constants, by OID; of ODM 1.3.
    pub unit: Option<String>,
}

impl RangeCheck {
    /// Reads a check; `None` for one that is an expression of some language, or is about another item.
    pub(super) fn of(element: &Element) -> Option<Self> {
        let values: Vec<String> = element
            .children("CheckValue")
            .map(|value| value.text().trim().to_owned())
            .collect();
        if values.is_empty() || element.attribute("ItemOID").is_some() {
            return None;
        }
        let unit = element.child("MeasurementUnitRef");
        let unit = unit.and_then(|unit| unit.attribute("MeasurementUnitOID"));
        Some(Self {
            comparator: Comparator::named(element.attribute("Comparator")?)?,
            values,
            is_hard: element.attribute("SoftHard") == Some("Hard"),
            unit: unit.map(str::to_owned),
        })
    }

    /// Whether a value passes; `None` where that cannot be told, as of the order of texts, of partial dates, or of other units.
    pub fn admits(
        &self,
        (value, unit): (&str, Option<&str>),
        data_type: Option<DataType>,
    ) -> Option<bool> {
        if let (Some(own), Some(unit)) = (self.unit.as_deref(), unit)
            && own != unit
        {
            return None;
        }
        let order = |other: &String| order(value, other, data_type);
        let is_one = || {
            let mut told = self
                .values
                .iter()
                .map(|other| is_same(value, other, data_type));
            told.try_fold(false, |found, is_same| Some(found || is_same?))
        };
        let first = self.values.first()?;
        match self.comparator {
            Comparator::Lt => order(first).map(Ordering::is_lt),
            Comparator::Le => order(first).map(Ordering::is_le),
            Comparator::Gt => order(first).map(Ordering::is_gt),
            Comparator::Ge => order(first).map(Ordering::is_ge),
            Comparator::Eq | Comparator::In => is_one(),
            Comparator::Ne | Comparator::NotIn => is_one().map(|is_one| !is_one),
        }
    }
}

impl fmt::Display for RangeCheck {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = Comparator::ALL.iter();
        let word = all.find(|(it, _)| *it == self.comparator);
        let word = word.map_or("", |(_, word)| word);
        write!(formatter, "{word} {}", self.values.join(", "))
    }
}

fn is_same(value: &str, other: &str, data_type: Option<DataType>) -> Option<bool> {
    match is_number(data_type) {
        true => order(value, other, data_type).map(Ordering::is_eq),
        false => Some(value.trim() == other),
    }
}

fn is_number(data_type: Option<DataType>) -> bool {
    matches!(
        data_type,
        Some(DataType::Integer | DataType::Decimal | DataType::Float | DataType::Double)
    )
}

fn order(value: &str, other: &str, data_type: Option<DataType>) -> Option<Ordering> {
    if is_number(data_type) {
        return Some(Decimal::parse(value)?.cmp(&Decimal::parse(other)?));
    }
    let is_moment = matches!(
        data_type,
        Some(DataType::Date | DataType::Time | DataType::Datetime)
    );
    // Moments that are written alike, without an offset, are ordered as their texts are.
    let shape = |text: &str| -> String {
        let shape = |letter: char| if letter.is_ascii_digit() { '0' } else { letter };
        text.chars().map(shape).collect()
    };
    let (value, other) = (value.trim(), other.trim());
    let has_offset = |text: &str| {
        let time = text.split_once('T').map_or(text, |(_, time)| time);
        time.contains('+') || data_type != Some(DataType::Date) && time.contains('-')
    };
    let is_alike = shape(value) == shape(other) && !has_offset(value) && !has_offset(other);
    (is_moment && is_alike).then(|| value.cmp(other))
}

/// A decimal number without an exponent.
struct Decimal<'a> {
    is_negative: bool,
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() && fraction.is_empty() || !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let (whole, fraction) = (
            whole.trim_start_matches('0'),
            fraction.trim_end_matches('0'),
        );
        Some(Self {
            is_negative: text.starts_with('-') && !(whole.is_empty() && fraction.is_empty()),
            whole,
            fraction,
        })
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let size = |one: &Self, other: &Self| {
            let whole = (one.whole.len(), one.whole).cmp(&(other.whole.len(), other.whole));
            whole.then(one.fraction.cmp(other.fraction))
        };
        match (self.is_negative, other.is_negative) {
            (false, false) => size(self, other),
            (true, true) => size(other, self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(comparator: Comparator, values: &[&str], value: &str, of: DataType) -> Option<bool> {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        let (is_hard, unit) = (true, None);
        let check = RangeCheck {
            comparator,
            values,
            is_hard,
            unit,
        };
        check.admits((value, None), Some(of))
    }

    #[test]
    fn numbers_are_compared_by_their_value_to_the_last_digit() {
        use Comparator as C;
        use DataType as D;
        for (comparator, constant, value, of, expected) in [
            (C::Lt, "180", "179", D::Integer, true),
            (C::Lt, "180", "180.0", D::Float, false),
            (C::Lt, "180", "1800", D::Integer, false),
            (C::Le, "180", "+0180", D::Integer, true),
            (C::Gt, "-1", "-0.5", D::Decimal, true),
            (C::Gt, "0", "-0", D::Decimal, false),
            (
                C::Ge,
                "0.1",
                "0.10000000000000000000000000000001",
                D::Decimal,
                true,
            ),
            (
                C::Lt,
                "0.1",
                "0.10000000000000000000000000000001",
                D::Decimal,
                false,
            ),
            (C::Lt, "9", "10", D::Integer, false),
            (C::Eq, "1.50", "1.5", D::Float, true),
            (C::Ne, "1", "01", D::Integer, false),
        ] {
            let told = told(comparator, &[constant], value, of);
            assert_eq!(told, Some(expected), "{value} {comparator:?} {constant}");
        }
    }

    #[test]
    fn texts_and_moments_are_compared_where_that_can_be_told() {
        use Comparator as C;
        use DataType as D;
        assert_eq!(told(C::In, &["F", "M"], "M", D::Text), Some(true));
        assert_eq!(told(C::NotIn, &["F", "M"], "M", D::Text), Some(false));
        assert_eq!(told(C::Lt, &["B"], "A", D::Text), None);
        assert_eq!(
            told(C::Ge, &["2026-01-31"], "2026-02-01", D::Date),
            Some(true)
        );
        assert_eq!(told(C::Ge, &["2026-01-31"], "2026-02", D::Date), None);
        let zoned = "2026-01-31T09:00:00-05:00";
        assert_eq!(
            told(C::Lt, &[zoned], "2026-01-31T09:00:00+05:00", D::Datetime),
            None
        );
        assert_eq!(told(C::Lt, &["12:00:00"], "09:30:00", D::Time), Some(true));
        assert_eq!(told(C::Lt, &["1e3"], "5", D::Double), None);
        assert_eq!(told(C::Lt, &["5"], "many", D::Integer), None);
    }
}
