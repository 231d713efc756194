//! When a scheduled query is asked, as cron has it, in UTC.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use serde_json::{Map, Value};
use thiserror::Error;

/// The fields from the finest to the coarsest, each with its range.
const FIELDS: [(&str, u8, u8); 6] = [
    ("second", 0, 59),
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("dayOfMonth", 1, 31),
    ("month", 1, 12),
    ("dayOfWeek", 1, 7),
];

/// Days that are looked ahead: 29 February comes within eight years, and with a weekday within forty.
const DAYS: usize = 366 * 41;

/// When a query is asked. A field that is not given matches always if a finer one is, else its least value alone: `hour` 1 and
/// `minute` 5 stand for 01:05:00 of each day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Schedule {
    /// A bit for each value, by field.
    matching: [u64; 6],
}

/// A schedule that is none.
#[derive(Debug, PartialEq, Eq, Error)]
pub(crate) enum ScheduleError {
    #[error("a schedule needs at least one of second, minute, hour, dayOfMonth, month, dayOfWeek")]
    Empty,
    #[error("schedule: {0} is no field")]
    UnknownField(String),
    #[error("schedule: {0}: expected numbers from {1} to {2} or ranges [a-b] between commas")]
    Field(&'static str, u8, u8),
    #[error("schedule: there is no such day")]
    Never,
}

impl Schedule {
    /// Reads a schedule from its fields.
    pub(crate) fn read(fields: &Map<String, Value>) -> Result<Self, ScheduleError> {
        let known = |name: &String| FIELDS.iter().any(|(field, ..)| field == name);
        if let Some(name) = fields.keys().find(|name| !known(name)) {
            return Err(ScheduleError::UnknownField(name.chars().take(48).collect()));
        }
        let mut matching = [0; 6];
        let mut finer = false;
        for (at, (name, least, greatest)) in FIELDS.into_iter().enumerate() {
            let wrong = ScheduleError::Field(name, least, greatest);
            matching[at] = match fields.get(name) {
                Some(Value::String(text)) => values(text, least, greatest).ok_or(wrong)?,
                Some(Value::Number(number)) => {
                    values(&number.to_string(), least, greatest).ok_or(wrong)?
                }
                Some(_) => return Err(wrong),
                None if finer || at > 2 => u64::MAX,
                None => 1 << least,
            };
            finer |= fields.contains_key(name);
        }
        if !finer {
            return Err(ScheduleError::Empty);
        }
        let schedule = Self { matching };
        match schedule.next(0) {
            Some(_) => Ok(schedule),
            None => Err(ScheduleError::Never),
        }
    }

    /// The first time after `after` that matches, in milliseconds since 1970.
    pub(crate) fn next(&self, after: i64) -> Option<i64> {
        let after = Timestamp::from_millisecond(after).ok()?;
        let after = after.to_zoned(TimeZone::UTC).datetime();
        let from = after.checked_add(1.second()).ok()?;
        let first = self.time_from(from.time());
        if let Some(time) = first.filter(|_| self.has_day(from.date())) {
            return millis(from.date(), time);
        }
        let midnight = self.time_from(Time::midnight())?;
        let days = from.date().tomorrow().ok()?.series(1.day());
        let day = days.take(DAYS).find(|day| self.has_day(*day))?;
        millis(day, midnight)
    }

    fn has(&self, field: usize, value: i8) -> bool {
        u32::try_from(value).is_ok_and(|value| self.matching[field] >> value & 1 == 1)
    }

    fn has_day(&self, day: Date) -> bool {
        self.has(3, day.day())
            && self.has(4, day.month())
            && self.has(5, day.weekday().to_monday_one_offset())
    }

    /// The first time of a day from `from` on that matches.
    fn time_from(&self, from: Time) -> Option<Time> {
        for hour in from.hour()..24 {
            if !self.has(2, hour) {
                continue;
            }
            let same_hour = hour == from.hour();
            for minute in if same_hour { from.minute() } else { 0 }..60 {
                if !self.has(1, minute) {
                    continue;
                }
                let same_minute = same_hour && minute == from.minute();
                let mut seconds = if same_minute { from.second() } else { 0 }..60;
                if let Some(second) = seconds.find(|second| self.has(0, *second)) {
                    return Some(Time::constant(hour, minute, second, 0));
                }
            }
        }
        None
    }
}

fn millis(day: Date, time: Time) -> Option<i64> {
    let at = DateTime::from_parts(day, time);
    let at = at.to_zoned(TimeZone::UTC).ok()?;
    Some(at.timestamp().as_millisecond())
}

/// `1,5,[10-12]`.
fn values(text: &str, least: u8, greatest: u8) -> Option<u64> {
    let number = |text: &str| {
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<u8>().ok().filter(|_| plain)?;
        (least..=greatest).contains(&number).then_some(number)
    };
    text.split(',').try_fold(0, |set, element| {
        let element = element.trim();
        let range = element
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        let (from, to) = match range {
            Some(range) => range.split_once('-')?,
            None => (element, element),
        };
        let (from, to) = (number(from)?, number(to)?);
        (from <= to).then(|| (from..=to).fold(set, |set, value| set | 1 << value))
    })
}

#[cfg(test)]
mod tests {
    use super::{Schedule, ScheduleError};
    use crate::clock::{millis, text};
    use serde_json::{Value, json};

    fn read(fields: Value) -> Result<Schedule, ScheduleError> {
        Schedule::read(fields.as_object().unwrap())
    }

    fn next(fields: Value, after: &str) -> String {
        let schedule = read(fields).unwrap();
        text(schedule.next(millis(after).unwrap()).unwrap())
    }

    #[test]
    fn finer_fields_that_are_not_given_are_nought_and_coarser_ones_match_always() {
        let after = "2026-03-04T05:06:07.890Z";
        let daily = json!({ "hour": "1", "minute": "5" });
        assert_eq!(next(daily, after), "2026-03-05T01:05:00.000Z");
        let each_minute = json!({ "second": "30" });
        assert_eq!(next(each_minute, after), "2026-03-04T05:06:30.000Z");
        let hourly = json!({ "minute": "[10-20],50" });
        assert_eq!(next(hourly, after), "2026-03-04T05:10:00.000Z");
        let sundays = json!({ "dayOfWeek": "7" });
        assert_eq!(next(sundays, after), "2026-03-08T00:00:00.000Z");
        let leap = json!({ "dayOfMonth": 29, "month": 2, "hour": "[22-23]" });
        assert_eq!(next(leap, after), "2028-02-29T22:00:00.000Z");
    }

    #[test]
    fn a_time_that_matches_is_not_its_own_successor() {
        let schedule = json!({ "second": "0" });
        let at = "2026-12-31T23:59:00.000Z";
        assert_eq!(next(schedule.clone(), at), "2027-01-01T00:00:00.000Z");
        assert_eq!(
            next(schedule, "2026-12-31T23:58:59.999Z"),
            "2026-12-31T23:59:00.000Z"
        );
    }

    #[test]
    fn what_is_no_schedule_is_refused() {
        let never = json!({ "dayOfMonth": "31", "month": "2" });
        assert_eq!(read(never), Err(ScheduleError::Never));
        assert_eq!(read(json!({})), Err(ScheduleError::Empty));
        for wrong in ["60", "-1", "5-7", "[7-5]", "", "a", "[1-2", "1,,2", "+1"] {
            let read = read(json!({ "second": wrong }));
            assert_eq!(read, Err(ScheduleError::Field("second", 0, 59)), "{wrong}");
        }
        assert!(read(json!({ "year": "1" })).is_err());
        assert!(read(json!({ "hour": [1] })).is_err());
    }
}
