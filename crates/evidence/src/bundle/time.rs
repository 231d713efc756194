//! Times in words: UTC to the millisecond.

/// The largest difference between a block's time and the clock of an honest member who voted for it, in milliseconds,
/// by which the block may be ahead.
pub(super) const DRIFT_MS: u64 = crate::section::DRIFT_MS;

/// `time_ms` since 1970 as `2026-11-23T08:00:00.123Z`.
pub(crate) fn utc(time_ms: u64) -> String {
    let (days, ms) = (time_ms / 86_400_000, time_ms % 86_400_000);
    let (year, month, day) = civil(days);
    let (hour, minute) = (ms / 3_600_000, ms / 60_000 % 60);
    let (second, ms) = (ms / 1_000 % 60, ms % 1_000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z")
}

/// The proleptic Gregorian date of a day since 1970, by eras of 400 years that begin on 1 March of the year 0.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::utc;

    #[test]
    fn utc_knows_leap_years_and_the_ends_of_days() {
        for (time_ms, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (1_795_420_800_123, "2026-11-23T08:00:00.123Z"),
        ] {
            assert_eq!(utc(time_ms), text);
        }
        assert!(utc(u64::MAX).ends_with('Z'));
    }
}
