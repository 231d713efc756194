//! Dates and times of ISO 8601 as SDTM and ADaM write them: whole, cut off at the right, or with a dash for an unknown part.

/// How much of a date or time is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All that its kind needs.
    Whole,
    /// Less.
    Partial,
}

/// A date: `2026-01-31`, `2026-01`, `2026`, `2026---31`.
pub(crate) fn date(text: &str) -> Option<Extent> {
    let (extent, rest) = date_part(text.as_bytes())?;
    rest.is_empty().then_some(extent)
}

/// A date with a time, or a part of one; a zone may follow.
pub(crate) fn date_time(text: &str) -> Option<Extent> {
    let (date, rest) = date_part(text.as_bytes())?;
    match rest {
        [] => Some(Extent::Partial),
        [b'T', rest @ ..] => {
            let time = time_part(rest)?;
            let whole = date == Extent::Whole && time == Extent::Whole;
            Some(if whole {
                Extent::Whole
            } else {
                Extent::Partial
            })
        }
        [_, ..] => None,
    }
}

/// A time: `09:30:00`, `09:30`, `09`, with or without a `T` before it; a zone may follow.
pub(crate) fn time(text: &str) -> Option<Extent> {
    let bytes = text.as_bytes();
    time_part(bytes.strip_prefix(b"T").unwrap_or(bytes))
}

fn date_part(bytes: &[u8]) -> Option<(Extent, &[u8])> {
    let (year, rest) = part(bytes, 4)?;
    let Some(rest) = rest.strip_prefix(b"-") else {
        return Some((Extent::Partial, rest));
    };
    let (month, rest) = part(rest, 2)?;
    let in_range = |value: Option<u32>, most| value.is_none_or(|value| (1..=most).contains(&value));
    if !in_range(month, 12) {
        return None;
    }
    let Some(rest) = rest.strip_prefix(b"-") else {
        return month.map(|_| (Extent::Partial, rest));
    };
    let (day, rest) = part(rest, 2)?;
    if !in_range(day, days_of(year, month)) {
        return None;
    }
    let whole = year.is_some() && month.is_some() && day.is_some();
    Some((
        if whole {
            Extent::Whole
        } else {
            Extent::Partial
        },
        rest,
    ))
}

fn time_part(bytes: &[u8]) -> Option<Extent> {
    let (hour, mut rest) = part(bytes, 2)?;
    let mut parts = 1;
    let mut known = hour.is_some();
    let mut values = [hour.unwrap_or(0), 0, 0];
    while parts < 3 {
        let Some(next) = rest.strip_prefix(b":") else {
            break;
        };
        let (value, next) = part(next, 2)?;
        known &= value.is_some();
        values[parts] = value.unwrap_or(0);
        parts += 1;
        rest = next;
    }
    if parts == 3 {
        rest = fraction(rest)?;
    }
    let [hour, minute, second] = values;
    let midnight = hour == 24 && minute == 0 && second == 0;
    if (hour > 23 && !midnight) || minute > 59 || second > 59 || !is_zone(rest) {
        return None;
    }
    Some(match parts == 3 && known {
        true => Extent::Whole,
        false => Extent::Partial,
    })
}

/// So many digits, or one dash for an unknown part.
fn part(bytes: &[u8], digits: usize) -> Option<(Option<u32>, &[u8])> {
    if let [b'-', rest @ ..] = bytes {
        return Some((None, rest));
    }
    let (head, rest) = bytes.split_at_checked(digits)?;
    let mut value = 0;
    for digit in head {
        if !digit.is_ascii_digit() {
            return None;
        }
        value = value * 10 + u32::from(digit - b'0');
    }
    Some((Some(value), rest))
}

fn fraction(bytes: &[u8]) -> Option<&[u8]> {
    let Some(rest) = bytes.strip_prefix(b".") else {
        return Some(bytes);
    };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0).then(|| &rest[digits..])
}

fn is_zone(bytes: &[u8]) -> bool {
    match bytes {
        [] | [b'Z'] => true,
        [b'+' | b'-', rest @ ..] => {
            let zone = part(rest, 2).and_then(|(hours, rest)| {
                let (minutes, rest) = part(rest.strip_prefix(b":")?, 2)?;
                Some((hours?, minutes?, rest.is_empty()))
            });
            matches!(zone, Some((0..=14, 0..=59, true)))
        }
        [_, ..] => false,
    }
}

fn days_of(year: Option<u32>, month: Option<u32>) -> u32 {
    let leap = year.is_none_or(|year| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    });
    match month {
        Some(2) => 28 + u32::from(leap),
        Some(4 | 6 | 9 | 11) => 30,
        Some(_) | None => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_and_partial_dates_are_told_apart() {
        for (text, extent) in [
            ("2024-02-29", Some(Extent::Whole)),
            ("2023-02-29", None),
            ("1900-02-29", None),
            ("2023-04-31", None),
            ("2023-13", None),
            ("2023-00-01", None),
            ("2023", Some(Extent::Partial)),
            ("2023-11", Some(Extent::Partial)),
            ("2023---15", Some(Extent::Partial)),
            ("--12-15", Some(Extent::Partial)),
            ("2023-1-1", None),
            ("20230101", None),
            ("2023-01-01 ", None),
            ("", None),
            ("é", None),
        ] {
            assert_eq!(date(text), extent, "{text}");
        }
    }

    #[test]
    fn times_need_seconds_to_be_whole() {
        for (text, extent) in [
            ("2024-02-29T23:59:59", Some(Extent::Whole)),
            ("2024-02-29T23:59:59.125+05:30", Some(Extent::Whole)),
            ("2024-02-29T23:59:59Z", Some(Extent::Whole)),
            ("2024-02-29T23:59", Some(Extent::Partial)),
            ("2024-02-29T-:15", Some(Extent::Partial)),
            ("2024-02-29", Some(Extent::Partial)),
            ("2024-02-29T24:00:00", Some(Extent::Whole)),
            ("2024-02-29T24:00:01", None),
            ("2024-02-29T23:60", None),
            ("2024-02-29T23:59:59.", None),
            ("2024-02-29T23:59:59+15:00", None),
            ("2024-02-29 23:59:59", None),
        ] {
            assert_eq!(date_time(text), extent, "{text}");
        }
        assert_eq!(time("T09:30:00"), Some(Extent::Whole));
        assert_eq!(time("09"), Some(Extent::Partial));
        assert_eq!(time("9:30"), None);
    }
}
