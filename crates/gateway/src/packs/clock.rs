//! Times as EPCIS and people write them; the time itself is an argument.

use theriac_standards::{epcis::time::Instant, gs1::key::Day};

const DAY_MS: u64 = 86_400_000;

/// Unix milliseconds now, for what runs beside all requests.
pub(super) fn now_ms() -> u64 {
    u64::try_from(crate::clock::now()).unwrap_or_default()
}

/// The day in UTC.
pub fn day(time_ms: u64) -> Day {
    let shifted = time_ms / DAY_MS + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    Day {
        year: (era * 400 + year_of_era + u64::from(month <= 2)) as u16,
        month: month as u8,
        day: (day_of_year - (153 * from_march + 2) / 5 + 1) as u8,
    }
}

/// `2026-11-23T08:00:00.000Z`.
pub fn utc(time_ms: u64) -> String {
    let Day { year, month, day } = day(time_ms);
    let (seconds, millis) = (time_ms % DAY_MS / 1_000, time_ms % 1_000);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
}

/// Unix milliseconds of a time with a zone.
pub fn utc_ms(text: &str) -> Option<u64> {
    u64::try_from(Instant::parse(text)?.to_millis()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_and_its_text_agree() {
        for text in [
            "1970-01-01T00:00:00.000Z",
            "2024-02-29T12:34:56.789Z",
            "2099-12-31T23:59:59.999Z",
        ] {
            assert_eq!(utc(utc_ms(text).unwrap()), text);
        }
        assert_eq!(utc_ms("yesterday"), None);
        assert_eq!(utc_ms("1969-12-31T23:59:59Z"), None);
    }
}
