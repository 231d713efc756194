//! GS1 Digital Links in the one form that the event hash takes: canonical domain, no query, the finest level of identification alone.

const KEYS: [&str; 14] = [
    "00", "01", "253", "255", "401", "402", "414", "417", "8003", "8004", "8006", "8010", "8017",
    "8018",
];

const SHORT_NAMES: [(&str, &str); 17] = [
    ("gtin", "01"),
    ("itip", "8006"),
    ("cpid", "8010"),
    ("gln", "414"),
    ("party", "417"),
    ("gsrnp", "8017"),
    ("gsrn", "8018"),
    ("gcn", "255"),
    ("sscc", "00"),
    ("gdti", "253"),
    ("ginc", "401"),
    ("gsin", "402"),
    ("grai", "8003"),
    ("giai", "8004"),
    ("cpv", "22"),
    ("lot", "10"),
    ("ser", "21"),
];

/// The constrained canonical form; `None` where `text` is no GS1 Digital Link.
pub(super) fn constrain(text: &str) -> Option<String> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))?;
    let path = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
    let segments: Vec<&str> = path.split('/').skip(1).map(number_of).collect();
    let at = KEYS.iter().find_map(|key| {
        let last = segments.len().checked_sub(1)?;
        segments[..last].iter().position(|segment| segment == key)
    })?;
    let (key, value) = (segments[at], segments[at + 1]);
    let begins = value.len() >= 5 && value.bytes().take(4).all(|byte| byte.is_ascii_digit());
    if !begins {
        return None;
    }
    let qualifiers = pairs(&segments[at + 2..])?;
    let value = padded(key, value);
    let link = match finest(key, &qualifiers)? {
        Some((qualifier, text)) => format!("{key}/{value}/{qualifier}/{text}"),
        None => format!("{key}/{value}"),
    };
    (stands(key, &value)).then(|| format!("https://id.gs1.org/{link}"))
}

fn number_of(segment: &str) -> &str {
    SHORT_NAMES
        .iter()
        .find(|(name, _)| *name == segment)
        .map_or(segment, |(_, number)| number)
}

fn pairs<'a>(segments: &[&'a str]) -> Option<Vec<(&'a str, &'a str)>> {
    let pairs = segments.chunks(2).map(|pair| match pair {
        [qualifier, value] => Some((*qualifier, *value)),
        _ => None,
    });
    pairs.collect()
}

/// The one qualifier that stays. The variant (22) never does, and the lot gives way to the serial.
fn finest<'a>(key: &str, qualifiers: &[(&'a str, &'a str)]) -> Option<Option<(&'a str, &'a str)>> {
    let with_variant = matches!(key, "01" | "8006");
    let mut rest: Vec<_> = qualifiers
        .iter()
        .copied()
        .filter(|(qualifier, _)| !(with_variant && *qualifier == "22"))
        .collect();
    if with_variant && rest.len() == 2 && rest[0].0 == "10" && rest[1].0 == "21" {
        rest.remove(0);
    }
    match rest[..] {
        [] => Some(None),
        [(qualifier, value)] => {
            let stands = match (key, qualifier) {
                ("01" | "8006", "10" | "21") | ("414", "254") => characters(value, 20),
                ("01", "235") => characters(value, 28),
                ("8010", "8011") => value.len() <= 12 && digits(value),
                _ => false,
            };
            stands.then_some(Some((qualifier, value)))
        }
        _ => None,
    }
}

fn padded(key: &str, value: &str) -> String {
    match (key, value.len()) {
        ("01", 8 | 12 | 13) if digits(value) => format!("{value:0>14}"),
        _ => value.to_owned(),
    }
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn stands(key: &str, value: &str) -> bool {
    let numeric = |length: usize| value.len() == length && digits(value);
    let numeric_then = |length: usize, longest: usize| {
        value
            .split_at_checked(length)
            .is_some_and(|(number, rest)| digits(number) && characters(rest, longest))
    };
    match key {
        "00" | "8006" | "8017" | "8018" => numeric(18),
        "01" => numeric(14),
        "402" => numeric(17),
        "414" | "417" => numeric(13),
        "253" => numeric_then(13, 17),
        "255" => (13..=25).contains(&value.len()) && digits(value),
        "8003" => numeric_then(14, 16),
        _ => characters(value, 30),
    }
}

/// At most `longest` characters of a key or qualifier, each plain or escaped.
fn characters(text: &str, longest: usize) -> bool {
    let (mut count, mut rest) = (0, text.as_bytes());
    while let Some((&byte, after)) = rest.split_first() {
        count += 1;
        rest = match byte {
            b'%' if after.len() >= 2 && after[..2].iter().all(u8::is_ascii_hexdigit) => &after[2..],
            byte if byte.is_ascii_alphanumeric() || b"\"'-.;<=>_".contains(&byte) => after,
            _ => return false,
        };
    }
    count <= longest
}
