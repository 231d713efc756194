//! Dates and times, whole, partial and incomplete, after XML Schema and ODM's patterns over them.

/// What is left of a text as it is taken apart.
#[derive(Clone, Copy)]
pub(super) struct Rest<'a>(pub(super) &'a str);

impl Rest<'_> {
    pub(super) fn take(&mut self, expected: char) -> Option<()> {
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    /// A number of exactly so many digits, between two bounds.
    pub(super) fn digits(&mut self, count: usize, from: u32, to: u32) -> Option<u32> {
        let digits = self.0.get(..count)?;
        if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        self.0 = &self.0[count..];
        digits
            .parse()
            .ok()
            .filter(|number| (from..=to).contains(number))
    }

    /// A number of any length.
    pub(super) fn number(&mut self) -> Option<()> {
        let count = self.0.bytes().take_while(u8::is_ascii_digit).count();
        self.0 = &self.0[count..];
        (count > 0).then_some(())
    }

    pub(super) fn fraction(&mut self) -> Option<()> {
        match self.take('.') {
            Some(()) => self.number(),
            None => Some(()),
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}

/// Whether `part` takes the whole of `text`.
pub(super) fn whole(text: &str, part: impl FnOnce(&mut Rest<'_>) -> Option<()>) -> bool {
    let mut rest = Rest(text);
    part(&mut rest).is_some() && rest.is_empty()
}

/// A year of XML Schema: four digits or more, perhaps before year one.
fn year(rest: &mut Rest<'_>) -> Option<i64> {
    let is_before = rest.take('-').is_some();
    let count = rest.0.bytes().take_while(u8::is_ascii_digit).count();
    let digits = &rest.0[..count];
    if count < 4 || (count > 4 && digits.starts_with('0')) || digits == "0000" {
        return None;
    }
    rest.0 = &rest.0[count..];
    let year: i64 = digits.parse().ok()?;
    Some(if is_before { -year } else { year })
}

fn days(year: i64, month: u32) -> u32 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// `Z`, an offset of at most 14 hours, or nothing.
fn zone(rest: &mut Rest<'_>) -> Option<()> {
    if rest.is_empty() || rest.take('Z').is_some() {
        return Some(());
    }
    rest.take('+').or_else(|| rest.take('-'))?;
    let hour = rest.digits(2, 0, 14)?;
    rest.take(':')?;
    let latest = if hour == 14 { 0 } else { 59 };
    rest.digits(2, 0, latest).map(|_| ())
}

fn day(rest: &mut Rest<'_>) -> Option<()> {
    let year = year(rest)?;
    rest.take('-')?;
    let month = rest.digits(2, 1, 12)?;
    rest.take('-')?;
    rest.digits(2, 1, days(year, month)).map(|_| ())
}

fn clock(rest: &mut Rest<'_>) -> Option<()> {
    if let Some(behind) = rest.0.strip_prefix("24:00:00") {
        rest.0 = behind
            .strip_prefix('.')
            .map_or(behind, |zeros| zeros.trim_start_matches('0'));
        return Some(());
    }
    rest.digits(2, 0, 23)?;
    rest.take(':')?;
    rest.digits(2, 0, 59)?;
    rest.take(':')?;
    rest.digits(2, 0, 59)?;
    rest.fraction()
}

/// A whole date.
pub(super) fn is_date(text: &str) -> bool {
    whole(text, |rest| {
        day(rest)?;
        zone(rest)
    })
}

/// A whole time.
pub(super) fn is_time(text: &str) -> bool {
    whole(text, |rest| {
        clock(rest)?;
        zone(rest)
    })
}

/// A whole date with its time.
pub(super) fn is_datetime(text: &str) -> bool {
    whole(text, |rest| {
        day(rest)?;
        rest.take('T')?;
        clock(rest)?;
        zone(rest)
    })
}

fn is_year_or_month(text: &str) -> bool {
    let is_year = whole(text, |rest| {
        year(rest)?;
        zone(rest)
    });
    is_year
        || whole(text, |rest| {
            year(rest)?;
            rest.take('-')?;
            rest.digits(2, 1, 12)?;
            zone(rest)
        })
}

fn is_empty(text: &str) -> bool {
    matches!(text, "" | " ")
}

/// A date whose day, or day and month, are left out.
pub(super) fn is_partial_date(text: &str) -> bool {
    is_empty(text) || is_date(text.trim()) || is_year_or_month(text.trim())
}

/// A zone of ODM's patterns: up to 23:59.
fn loose_zone(rest: &mut Rest<'_>) -> Option<()> {
    if rest.take('Z').is_some() {
        return Some(());
    }
    if rest.take('+').or_else(|| rest.take('-')).is_none() {
        return Some(());
    }
    rest.digits(2, 0, 23)?;
    rest.take(':')?;
    rest.digits(2, 0, 59).map(|_| ())
}

fn is_hour(text: &str) -> bool {
    whole(text, |rest| {
        rest.digits(2, 0, 23)?;
        if rest.take(':').is_some() {
            rest.digits(2, 0, 59)?;
        }
        loose_zone(rest)
    })
}

/// A time whose seconds, or seconds and minutes, are left out.
pub(super) fn is_partial_time(text: &str) -> bool {
    is_empty(text) || is_time(text.trim()) || is_hour(text)
}

/// A date and time of which all from some point on is left out.
pub(super) fn partial(rest: &mut Rest<'_>) -> Option<()> {
    rest.digits(4, 0, 9999)?;
    if rest.take('-').is_none() {
        return Some(());
    }
    rest.digits(2, 1, 12)?;
    if rest.take('-').is_none() {
        return Some(());
    }
    rest.digits(2, 1, 31)?;
    if rest.take('T').is_none() {
        return Some(());
    }
    rest.digits(2, 0, 23)?;
    if rest.take(':').is_some() {
        rest.digits(2, 0, 59)?;
        if rest.take(':').is_some() {
            rest.digits(2, 0, 59)?;
            rest.fraction()?;
        }
    }
    loose_zone(rest)
}

/// A partial date and time.
pub(super) fn is_partial_datetime(text: &str) -> bool {
    is_empty(text) || is_datetime(text.trim()) || whole(text, partial)
}

/// A number, or a dash for one that is not known.
fn or_dash(rest: &mut Rest<'_>, count: usize, from: u32, to: u32) -> Option<()> {
    let mut number = *rest;
    if number.digits(count, from, to).is_some() {
        *rest = number;
        return Some(());
    }
    rest.take('-')
}

fn incomplete_day(rest: &mut Rest<'_>) -> Option<()> {
    or_dash(rest, 4, 0, 9999)?;
    rest.take('-')?;
    or_dash(rest, 2, 1, 12)?;
    rest.take('-')?;
    or_dash(rest, 2, 1, 31)
}

fn incomplete_clock(rest: &mut Rest<'_>) -> Option<()> {
    or_dash(rest, 2, 0, 23)?;
    rest.take(':')?;
    or_dash(rest, 2, 0, 59)?;
    rest.take(':')?;
    or_dash(rest, 2, 0, 59)?;
    rest.fraction()?;
    match rest.0 {
        "-" => rest.take('-'),
        _ => loose_zone(rest),
    }
}

/// A date any part of which may be a dash.
pub(super) fn is_incomplete_date(text: &str) -> bool {
    is_partial_date(text) || whole(text, incomplete_day)
}

/// A time any part of which may be a dash.
pub(super) fn is_incomplete_time(text: &str) -> bool {
    is_partial_time(text) || whole(text, incomplete_clock)
}

/// A date and time any part of which may be a dash.
pub(super) fn is_incomplete_datetime(text: &str) -> bool {
    is_partial_datetime(text)
        || whole(text, |rest| {
            incomplete_day(rest)?;
            rest.take('T')?;
            incomplete_clock(rest)
        })
}
