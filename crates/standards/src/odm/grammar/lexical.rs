//! The types of attributes and texts: which spellings each accepts.

use super::{duration, moment};

/// A type by what it accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lexical {
    Text,
    /// Any text but none.
    Filled,
    Enumeration(Vec<String>),
    Integer,
    PositiveInteger,
    NonNegativeInteger,
    Decimal,
    Double,
    Boolean,
    Date,
    Time,
    Datetime,
    PartialDate,
    PartialTime,
    PartialDatetime,
    Duration,
    Interval,
    IncompleteDate,
    IncompleteTime,
    IncompleteDatetime,
    Timepoint,
    /// At most so many bytes.
    HexBinary(usize),
    /// At most so many bytes.
    Base64Binary(usize),
    Language,
    Id,
    SasName,
    SasFormat,
    /// A version: this number, a dot and further parts.
    Version(&'static str),
}

impl Lexical {
    /// A type that the program has.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "text" | "string" | "value" | "URI" | "fileName" => Self::Text,
            "oid" | "oidref" | "name" | "subjectKey" | "repeatKey" => Self::Filled,
            "integer" => Self::Integer,
            "positiveInteger" => Self::PositiveInteger,
            "nonNegativeInteger" => Self::NonNegativeInteger,
            "float" | "decimal" => Self::Decimal,
            "double" => Self::Double,
            "boolean" => Self::Boolean,
            "date" => Self::Date,
            "time" => Self::Time,
            "datetime" => Self::Datetime,
            "partialDate" => Self::PartialDate,
            "partialTime" => Self::PartialTime,
            "partialDatetime" => Self::PartialDatetime,
            "durationDatetime" => Self::Duration,
            "intervalDatetime" => Self::Interval,
            "incompleteDate" => Self::IncompleteDate,
            "incompleteTime" => Self::IncompleteTime,
            "incompleteDatetime" => Self::IncompleteDatetime,
            "timepoint" => Self::Timepoint,
            "hexBinary" => Self::HexBinary(usize::MAX),
            "base64Binary" => Self::Base64Binary(usize::MAX),
            "hexFloat" => Self::HexBinary(16),
            "base64Float" => Self::Base64Binary(12),
            "language" => Self::Language,
            "ID" | "IDREF" => Self::Id,
            "sasName" => Self::SasName,
            "sasFormat" => Self::SasFormat,
            "version-2.0" => Self::Version("2.0"),
            "version-2.1" => Self::Version("2.1"),
            _ => return None,
        })
    }

    /// A type that a line of a table defines, with its name; `None` for other lines.
    pub(super) fn defined(line: &str) -> Result<Option<(String, Self)>, String> {
        let (kind, rest) = line.split_once(' ').ok_or_else(|| line.to_owned())?;
        if kind != "enum" && kind != "type" {
            return Ok(None);
        }
        let (name, text) = rest.split_once(" = ").ok_or_else(|| line.to_owned())?;
        let defined = match kind {
            "enum" => {
                Self::Enumeration(text.split('|').map(|word| word.trim().to_owned()).collect())
            }
            _ => Self::named(text).ok_or_else(|| line.to_owned())?,
        };
        Ok(Some((name.to_owned(), defined)))
    }

    /// Whether `text` is one of this type. White space around it counts where XML Schema counts it.
    pub(crate) fn accepts(&self, text: &str) -> bool {
        let inner = text.trim_matches([' ', '\t', '\n', '\r']);
        match self {
            Self::Text => true,
            Self::Filled => !text.is_empty(),
            Self::Enumeration(words) => words.iter().any(|word| word == text),
            Self::Integer => is_integer(inner),
            Self::PositiveInteger => {
                is_integer(inner) && !inner.starts_with('-') && !is_zero(inner)
            }
            Self::NonNegativeInteger => {
                is_integer(inner) && (!inner.starts_with('-') || is_zero(inner))
            }
            Self::Decimal => is_decimal(inner),
            Self::Double => is_double(text),
            Self::Boolean => matches!(inner, "true" | "false" | "1" | "0"),
            Self::Date => moment::is_date(inner),
            Self::Time => moment::is_time(inner),
            Self::Datetime => moment::is_datetime(inner),
            Self::PartialDate => moment::is_partial_date(text),
            Self::PartialTime => moment::is_partial_time(text),
            Self::PartialDatetime => moment::is_partial_datetime(text),
            Self::Duration => duration::is_duration(text),
            Self::Interval => duration::is_interval(text),
            Self::IncompleteDate => moment::is_incomplete_date(text),
            Self::IncompleteTime => moment::is_incomplete_time(text),
            Self::IncompleteDatetime => moment::is_incomplete_datetime(text),
            Self::Timepoint => duration::is_timepoint(text),
            Self::HexBinary(most) => {
                let is_hex = inner.bytes().all(|digit| digit.is_ascii_hexdigit());
                is_hex && inner.len().is_multiple_of(2) && inner.len() / 2 <= *most
            }
            Self::Base64Binary(most) => is_base64(inner, *most),
            Self::Language => is_language(inner),
            Self::Id => is_id(inner),
            Self::SasName => is_sas(text, &['_'], &['_']),
            Self::SasFormat => is_sas(text, &['_', '$'], &['_', '.']),
            Self::Version(number) => is_version(text, number),
        }
    }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
}

fn is_zero(integer: &str) -> bool {
    integer
        .trim_start_matches(['+', '-'])
        .bytes()
        .all(|digit| digit == b'0')
}

fn is_decimal(text: &str) -> bool {
    let number = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    is_digits(whole) && is_digits(part) && !(whole.is_empty() && part.is_empty())
}

/// ODM's own pattern, which knows `D` as well as `E` and asks for a sign behind it.
fn is_double(text: &str) -> bool {
    if matches!(text, "INF" | "-INF" | "NaN") {
        return true;
    }
    let number = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_digits =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let (mantissa, exponent) = match number.find(['D', 'd', 'E', 'e']) {
        Some(at) => (&number[..at], Some(&number[at + 1..])),
        None => (number, None),
    };
    let is_mantissa = match mantissa.split_once('.') {
        Some((whole, part)) => is_digits(whole) && is_digits(part),
        None => is_digits(mantissa),
    };
    is_mantissa
        && exponent.is_none_or(|exponent| exponent.strip_prefix(['+', '-']).is_some_and(is_digits))
}

fn is_base64(text: &str, most: usize) -> bool {
    let letters: Vec<u8> = text.bytes().filter(|byte| *byte != b' ').collect();
    let padding = letters
        .iter()
        .rev()
        .take_while(|letter| **letter == b'=')
        .count();
    let (body, _) = letters.split_at(letters.len() - padding);
    let is_letter = |letter: &u8| letter.is_ascii_alphanumeric() || matches!(letter, b'+' | b'/');
    let is_ended = match (padding, body.last()) {
        (0, _) => true,
        (1, Some(last)) => b"AEIMQUYcgkosw048".contains(last),
        (2, Some(last)) => b"AQgw".contains(last),
        _ => false,
    };
    letters.len().is_multiple_of(4)
        && is_ended
        && body.iter().all(is_letter)
        && letters.len() / 4 * 3 - padding <= most
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or("");
    let fits = |part: &str| (1..=8).contains(&part.len());
    fits(first)
        && first.bytes().all(|letter| letter.is_ascii_alphabetic())
        && parts.all(|part| fits(part) && part.bytes().all(|letter| letter.is_ascii_alphanumeric()))
}

fn is_id(text: &str) -> bool {
    let mut letters = text.chars();
    letters
        .next()
        .is_some_and(|letter| letter.is_alphabetic() || letter == '_')
        && letters.all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.'))
}

/// At most eight letters and digits; these others may begin it, and those go on.
fn is_sas(text: &str, begin: &[char], go_on: &[char]) -> bool {
    let mut letters = text.chars();
    text.len() <= 8
        && letters
            .next()
            .is_some_and(|letter| letter.is_ascii_alphabetic() || begin.contains(&letter))
        && letters.all(|letter| letter.is_ascii_alphanumeric() || go_on.contains(&letter))
}

/// `2.0`, `2.0.3`, `2.0.0-draft`; for Define-XML the third part must be there.
fn is_version(text: &str, number: &str) -> bool {
    let Some(rest) = text.strip_prefix(number) else {
        return false;
    };
    let (third, suffix) = match rest.find('-') {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let is_number = |digits: &str| {
        is_integer(digits)
            && (digits == "0" || digits.starts_with(|first| ('1'..='9').contains(&first)))
    };
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|letter| letter.is_ascii_alphanumeric());
    match number {
        "2.0" => {
            (third.is_empty() || third.strip_prefix('.').is_some_and(is_number))
                && suffix.split('-').skip(1).all(is_word)
        }
        _ => suffix.is_empty() && third.strip_prefix('.').is_some_and(is_number),
    }
}

#[cfg(test)]
mod tests {
    use super::Lexical;

    /// Types with what they accept and what they refuse, each separated by `|`.
    const SPELLINGS: [(&str, &str, &str); 24] = [
        ("integer", "0|-7|+7| 12 ", "|1.0|1e3|-|１"),
        ("positiveInteger", "1|+3|001", "0|-1|-0"),
        ("nonNegativeInteger", "0|-0|5", "-5"),
        ("float", "1|1.5|.5|5.|-0.5", ".|1e5|1,5"),
        (
            "double",
            "1|-1.5E+3|1d-2|INF|-INF|NaN",
            "1E3|.5|5.|+INF|1.5E",
        ),
        ("boolean", "true|0", "True|yes|"),
        (
            "date",
            "2024-02-29|2024-02-29Z|-0044-03-15|12024-01-01|2000-02-29+14:00",
            "2023-02-29|1900-02-29|2024-2-1|0000-01-01|2024-13-01|2024-01-01+15:00|2024-01-01T00:00:00",
        ),
        (
            "time",
            "00:00:00|23:59:59.999Z|24:00:00",
            "24:00:01|12:00|12:60:00|12:00:00.|1:00:00",
        ),
        (
            "datetime",
            "2024-02-29T24:00:00|2008-12-04T16:58:51-05:00",
            "2024-02-29 10:00:00|2024-02-29",
        ),
        (
            "partialDate",
            "|2024|2024-02|2024-02-29| 2024 ",
            "2024-02-30|2024-2|--02",
        ),
        (
            "partialTime",
            "|12|12:30|12:30:59|12Z|12:30+02:00",
            "24:30|12:|1",
        ),
        (
            "partialDatetime",
            "|2024|2024-01-01T10|2024-01-01T10:00|2024-01-01T10:00:00.5Z|2024-02-31",
            "2024-01-01T|2024-01-01 10",
        ),
        (
            "durationDatetime",
            "|P1Y|-P3DT4H|P2W|+P2W|PT1.5S|P1Y2M3DT4H5M6S",
            "P|PT|P1D1Y|1Y|P1.5D|P1W2D|+P1Y",
        ),
        (
            "intervalDatetime",
            "2024/2025|2024-01/P1Y|P2W/2024|2024/P",
            "2024|P1Y/P1Y|2024/",
        ),
        (
            "incompleteDate",
            "2024-02-29|--02-29|2024---29|2024-02--|-----|2024",
            "2024--29|---02-29|2024-13--",
        ),
        (
            "incompleteTime",
            "10:30|-:30:00|10:-:-Z|10:00:00-",
            "-:-|10:60:00",
        ),
        (
            "incompleteDatetime",
            "2024-02-29T10:30:00|2024---29T-:30:-|2024-02",
            "2024-02-29T-",
        ),
        ("hexBinary", "|0aFF", "0|0g"),
        ("hexFloat", "40490fdb", "0000000000000000000000000000000000"),
        ("base64Binary", "|AAAA|AAA=|AA==|AA AA", "A|AAB=|=AAA|AA-_"),
        ("language", "en|de-CH|zh-Hant-TW", "|en_US|123|toolongtoo"),
        ("sasName", "AESEV|_X1", "1A|TOOLONGNAME|A.B"),
        (
            "version-2.0",
            "2.0|2.0.0|2.0.12|2.0.0-draft|2.0-a-b",
            "2.1|2.0.01|2.0.|2.0-",
        ),
        ("version-2.1", "2.1.0|2.1.10", "2.1|2.1.0-a|2.0.0"),
    ];

    #[test]
    fn each_type_accepts_what_its_schema_accepts() {
        for (name, good, bad) in SPELLINGS {
            let lexical = Lexical::named(name).expect("a type");
            for text in good.split('|') {
                assert!(lexical.accepts(text), "{name} accepts {text:?}");
            }
            for text in bad.split('|') {
                assert!(!lexical.accepts(text), "{name} refuses {text:?}");
            }
        }
    }
}
