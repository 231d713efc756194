//! Durations, and intervals between moments.

use super::moment::{Rest, is_partial_datetime, partial, whole};

/// Parts such as `3D`, in this order, each at most once; gives how many there are.
fn parts(rest: &mut Rest<'_>, units: &str) -> Option<usize> {
    let mut count = 0;
    for unit in units.chars() {
        let mut attempt = *rest;
        if attempt.number().is_none() {
            continue;
        }
        if unit == 'S' {
            attempt.fraction()?;
        }
        if attempt.take(unit).is_some() {
            *rest = attempt;
            count += 1;
        }
    }
    Some(count)
}

/// What stands behind the `P`. XML Schema asks for at least one part, and for one behind a `T`; ODM's pattern does not.
fn period(rest: &mut Rest<'_>, is_strict: bool) -> Option<()> {
    let days = parts(rest, "YMD")?;
    let has_clock = rest.take('T').is_some();
    let clock = match has_clock {
        true => parts(rest, "HMS")?,
        false => 0,
    };
    let is_missing = days + clock == 0 || (has_clock && clock == 0);
    (!is_strict || !is_missing).then_some(())
}

fn weeks(rest: &mut Rest<'_>) -> Option<()> {
    rest.number()?;
    rest.take('W')
}

/// A duration of XML Schema, or weeks, or nothing.
pub(super) fn is_duration(text: &str) -> bool {
    matches!(text, "" | " ")
        || is_xml_duration(text.trim())
        || whole(text, |rest| {
            let _sign = rest.take('+').or_else(|| rest.take('-'));
            rest.take('P')?;
            weeks(rest)
        })
}

fn is_xml_duration(text: &str) -> bool {
    whole(text, |rest| {
        let _sign = rest.take('-');
        rest.take('P')?;
        period(rest, true)
    })
}

fn is_loose_duration(text: &str) -> bool {
    let begun = |rest: &mut Rest<'_>| {
        let _sign = rest.take('+').or_else(|| rest.take('-'));
        rest.take('P')
    };
    let is_weeks = whole(text, |rest| {
        begun(rest)?;
        weeks(rest)
    });
    is_weeks
        || whole(text, |rest| {
            begun(rest)?;
            period(rest, false)
        })
}

/// Two moments, or a moment and a duration, or nothing.
pub(super) fn is_interval(text: &str) -> bool {
    if matches!(text, "" | " ") {
        return true;
    }
    let is_moment = |text: &str| whole(text, partial);
    text.split_once('/')
        .is_some_and(|(one, other)| match is_moment(one) {
            true => is_moment(other) || is_loose_duration(other),
            false => is_loose_duration(one) && is_moment(other),
        })
}

/// A moment as far as it is known, or how long after another.
pub(super) fn is_timepoint(text: &str) -> bool {
    use super::moment::{is_partial_date, is_partial_time};
    is_partial_date(text) || is_partial_time(text) || is_partial_datetime(text)
}
