//! Time points of an outcome: `12 weeks`, `Week 24`, `Weeks 8 and 16`, `baseline to 6 months`.

use super::time_token::{Token, tokens};
use serde::{Serialize, Serializer, ser::SerializeStruct as _};

/// A unit of time. A month is 30.4375 days and a year 365.25, so that twelve months are a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeUnit {
    /// 60 seconds.
    Minute,
    /// 60 minutes.
    Hour,
    /// 24 hours.
    Day,
    /// 7 days.
    Week,
    /// 30.4375 days.
    Month,
    /// 365.25 days.
    Year,
}

impl TimeUnit {
    /// Its seconds.
    pub fn seconds(self) -> i64 {
        match self {
            Self::Minute => 60,
            Self::Hour => 3_600,
            Self::Day => 86_400,
            Self::Week => 604_800,
            Self::Month => 2_629_800,
            Self::Year => 31_557_600,
        }
    }

    fn of(word: &str, is_glued: bool) -> Option<Self> {
        match word {
            "minute" | "minutes" | "min" | "mins" => Some(Self::Minute),
            "hour" | "hours" | "hr" | "hrs" => Some(Self::Hour),
            "day" | "days" => Some(Self::Day),
            "week" | "weeks" | "wk" | "wks" => Some(Self::Week),
            "month" | "months" | "mo" | "mos" | "mth" | "mths" => Some(Self::Month),
            "year" | "years" | "yr" | "yrs" => Some(Self::Year),
            "h" if is_glued => Some(Self::Hour),
            "d" if is_glued => Some(Self::Day),
            "w" if is_glued => Some(Self::Week),
            "y" if is_glued => Some(Self::Year),
            _ => None,
        }
    }
}

/// How a time point is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PointKind {
    /// At this time.
    At,
    /// Until this time.
    Until,
    /// Again and again after so long.
    Every,
}

/// A time point, in its own unit and in days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimePoint {
    /// How it is meant.
    pub kind: PointKind,
    /// The number as it was written.
    pub amount: String,
    /// The unit.
    pub unit: TimeUnit,
    /// The time in seconds.
    pub seconds: i64,
    /// The seconds from which it counts, where a span is told; 0 is the baseline.
    pub from_seconds: Option<i64>,
}

impl TimePoint {
    /// The time in days, with at most two digits after the point.
    pub fn days(&self) -> String {
        days(self.seconds)
    }
}

/// Seconds as days, with at most two digits after the point.
fn days(seconds: i64) -> String {
    let hundredths = (seconds * 100 + 43_200) / 86_400;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Serialize for TimePoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut point = serializer.serialize_struct("TimePoint", 5)?;
        point.serialize_field("kind", &self.kind)?;
        point.serialize_field("amount", &self.amount)?;
        point.serialize_field("unit", &self.unit)?;
        point.serialize_field("days", &self.days())?;
        point.serialize_field("fromDays", &self.from_seconds.map(days))?;
        point.end()
    }
}

/// The time points of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TimeFrame {
    /// Whether the baseline is one of them.
    pub baseline: bool,
    /// The others, in the order of the text.
    pub points: Vec<TimePoint>,
}

impl TimeFrame {
    /// The time points of a text.
    pub fn parse(text: &str) -> Self {
        scan(text).0
    }

    /// Whether no time is told.
    pub fn is_empty(&self) -> bool {
        !self.baseline && self.points.is_empty()
    }

    /// The times in seconds, sorted, each once.
    pub fn times(&self) -> Vec<i64> {
        let mut times: Vec<i64> = self.points.iter().map(|point| point.seconds).collect();
        times.sort_unstable();
        times.dedup();
        times
    }

    /// Whether both tell the same times. The baseline does not count beside others: `baseline, 24 weeks` is `24 weeks`. Neither do
    /// differences of units: up to 1.5 %, so that 52 weeks are a year, and 12 weeks are not three months.
    pub fn is_same(&self, other: &Self) -> bool {
        let (own, others) = (self.times(), other.times());
        if own.is_empty() && others.is_empty() {
            return self.baseline == other.baseline;
        }
        own.len() == others.len() && own.iter().zip(&others).all(|(a, b)| is_close(*a, *b))
    }

    /// The times in words, such as `baseline, 84 days`.
    pub fn in_days(&self) -> String {
        let mut words = Vec::new();
        if self.baseline {
            words.push("baseline".to_owned());
        }
        words.extend(
            self.times()
                .into_iter()
                .map(|time| format!("{} days", days(time))),
        );
        words.join(", ")
    }
}

fn is_close(a: i64, b: i64) -> bool {
    (a - b).abs() * 200 <= a.max(b) * 3
}

/// The time points of a text, and its other words in small letters.
pub(super) fn scan(text: &str) -> (TimeFrame, Vec<String>) {
    let mut scanner = Scanner {
        tokens: tokens(text),
        at: 0,
        frame: TimeFrame::default(),
        rest: Vec::new(),
        kind: PointKind::At,
        from: None,
        span: false,
    };
    scanner.run();
    (scanner.frame, scanner.rest)
}

struct Scanner {
    tokens: Vec<Token>,
    at: usize,
    frame: TimeFrame,
    rest: Vec<String>,
    /// What was said of the next time point.
    kind: PointKind,
    /// Where a span began.
    from: Option<i64>,
    /// Whether `to` or the like stood before what comes next.
    span: bool,
}

/// How a list of numbers goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    And,
    To,
}

impl Scanner {
    fn run(&mut self) {
        while self.at < self.tokens.len() {
            if self.tolerance() || self.unit_first() || self.number_first() || self.baseline() {
                continue;
            }
            self.other();
        }
    }

    /// `± 3 days` says how exact a time point is.
    fn tolerance(&mut self) -> bool {
        let length = match &self.tokens[self.at..] {
            [Token::Sign('±'), ..] => 1,
            [
                Token::Sign('+'),
                Token::Sign('/'),
                Token::Sign('-' | '–'),
                ..,
            ] => 3,
            _ => return false,
        };
        let after = self.at + length;
        let Some((_, unit_at)) = self.unit_at(after) else {
            return false;
        };
        self.at = unit_at + 1;
        true
    }

    /// The unit of the number at this place: right after it, or after a hyphen.
    fn unit_at(&self, at: usize) -> Option<(TimeUnit, usize)> {
        let Some(Token::Number { is_glued, .. }) = self.tokens.get(at) else {
            return None;
        };
        let hyphen = matches!(self.tokens.get(at + 1), Some(Token::Sign('-' | '–')));
        let place = at + 1 + usize::from(hyphen);
        let word = self.tokens.get(place)?.word()?;
        Some((TimeUnit::of(word, *is_glued)?, place))
    }

    /// `Week 24`, `weeks 0, 4, 24 and 48`, `week 4 to week 24`.
    fn unit_first(&mut self) -> bool {
        let Some(unit) = self.tokens[self.at]
            .word()
            .and_then(|word| TimeUnit::of(word, false))
        else {
            return false;
        };
        let hyphen = matches!(
            self.tokens.get(self.at + 1),
            Some(Token::Sign('-' | '–' | '#'))
        );
        let first = self.at + 1 + usize::from(hyphen);
        if !matches!(self.tokens.get(first), Some(Token::Number { .. }))
            || self.unit_at(first).is_some()
        {
            return false;
        }
        let (numbers, mut end) = self.numbers(first);
        let last = numbers.len() - 1;
        // In `Week 12, 30 days` the last number has a unit of its own.
        let count = match self.unit_at(end - 1) {
            Some(_) if last > 0 => {
                end = numbers[last].1;
                last
            }
            _ => numbers.len(),
        };
        self.points(&numbers[..count], unit);
        self.at = end;
        true
    }

    /// `12 weeks`, `4, 8 and 12 weeks`, `0-24 months`, `2-year`.
    fn number_first(&mut self) -> bool {
        if !matches!(self.tokens[self.at], Token::Number { .. }) {
            return false;
        }
        let (numbers, end) = self.numbers(self.at);
        let Some((unit, unit_at)) = self.unit_at(end - 1) else {
            return false;
        };
        self.points(&numbers, unit);
        self.at = unit_at + 1;
        true
    }

    /// The numbers of a list that begins here, each with the place of what joins it to the one before; and the place after the last.
    fn numbers(&self, start: usize) -> (Vec<(usize, usize, Join)>, usize) {
        let mut numbers = vec![(start, start, Join::And)];
        let mut end = start + 1;
        while let Some((join, at)) = self.join(end) {
            if !matches!(self.tokens.get(at), Some(Token::Number { .. })) {
                break;
            }
            numbers.push((at, end, join));
            end = at + 1;
            if self.unit_at(at).is_some() {
                break;
            }
        }
        (numbers, end)
    }

    /// What joins two numbers, and the place after it.
    fn join(&self, at: usize) -> Option<(Join, usize)> {
        let mut at = at;
        let mut join = None;
        while let Some(token) = self.tokens.get(at) {
            join = match token {
                Token::Sign(',' | '/' | '&') => Some(Join::And),
                Token::Sign('-' | '–') => Some(Join::To),
                Token::Word(word) if matches!(word.as_str(), "and" | "or") => Some(Join::And),
                Token::Word(word) if matches!(word.as_str(), "to" | "through" | "until") => {
                    Some(Join::To)
                }
                Token::Word(_) | Token::Sign(_) | Token::Number { .. } => break,
            };
            at += 1;
        }
        join.map(|join| (join, at))
    }

    fn points(&mut self, numbers: &[(usize, usize, Join)], unit: TimeUnit) {
        for (at, _, join) in numbers {
            let Token::Number {
                thousandths, text, ..
            } = &self.tokens[*at]
            else {
                continue;
            };
            let (amount, seconds) = (text.clone(), thousandths * unit.seconds() / 1_000);
            if seconds == 0 {
                self.frame.baseline = true;
                self.from = Some(0);
                continue;
            }
            let is_span = *join == Join::To || self.span;
            let from_seconds = self.from.filter(|from| is_span && *from < seconds);
            let kind = match (from_seconds, self.kind) {
                (Some(_), PointKind::At) => PointKind::Until,
                (_, kind) => kind,
            };
            self.frame.points.push(TimePoint {
                kind,
                amount,
                unit,
                seconds,
                from_seconds,
            });
            self.kind = PointKind::At;
            self.span = false;
            self.from = Some(seconds);
        }
    }

    fn baseline(&mut self) -> bool {
        if self.tokens[self.at].word() != Some("baseline") {
            return false;
        }
        self.frame.baseline = true;
        self.from = Some(0);
        self.at += 1;
        true
    }

    /// A word that belongs to no time point, though it may say how the next one is meant.
    fn other(&mut self) {
        let next = self.tokens.get(self.at + 1).and_then(Token::word);
        match &self.tokens[self.at] {
            Token::Word(word) => {
                match (word.as_str(), next) {
                    ("up", Some("to")) | ("within" | "until" | "through" | "upto" | "by", _) => {
                        self.kind = PointKind::Until;
                        self.span = true;
                    }
                    ("every", _) => self.kind = PointKind::Every,
                    ("to", _) => self.span = true,
                    _ => {}
                }
                self.rest.push(word.clone());
            }
            Token::Number { text, .. } => self.rest.push(text.clone()),
            Token::Sign(',' | ';' | '.') => {
                self.span = false;
                self.kind = PointKind::At;
            }
            Token::Sign(_) => {}
        }
        self.at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_days(text: &str) -> String {
        TimeFrame::parse(text).in_days()
    }

    #[test]
    fn time_points_are_read_in_days() {
        for (text, days) in [
            ("12 weeks", "84 days"),
            ("Week 24", "168 days"),
            ("month 6", "182.63 days"),
            ("baseline to 24 weeks", "baseline, 168 days"),
            ("Baseline, week 72", "baseline, 504 days"),
            ("at Weeks 8 and 16", "56 days, 112 days"),
            (
                "At weeks 0, 4, 24, and 48",
                "baseline, 28 days, 168 days, 336 days",
            ),
            ("from Week 4 to Week 24", "28 days, 168 days"),
            ("weeks 0-24", "baseline, 168 days"),
            ("2-year", "730.5 days"),
            ("2 year/end of study", "730.5 days"),
            ("12-weeks, 52-weeks", "84 days, 364 days"),
            (
                "6 month, 12 month 24 month",
                "182.63 days, 365.25 days, 730.5 days",
            ),
            ("Five years", "1826.25 days"),
            ("upto 12 months", "365.25 days"),
            ("Up to 2.5 years", "913.13 days"),
            ("24h", "1 days"),
            (
                "Baseline, Week 12, ±3 days and Week 24, ±3 days",
                "baseline, 84 days, 168 days",
            ),
            ("6 weeks (± 2 weeks) postoperatively", "42 days"),
            (
                "screening; pre-therapy; and 6 and 18 months post-vector administration",
                "182.63 days, 547.88 days",
            ),
            ("15 years 5 months", "152.19 days, 5478.75 days"),
            ("SF-36", ""),
            ("September 2014 and June 2015", ""),
            ("duration of the study", ""),
            ("After 5 doses of medication", ""),
            ("", ""),
        ] {
            assert_eq!(in_days(text), days, "{text}");
        }
    }

    #[test]
    fn spans_and_repetitions_are_told_from_points() {
        let point = |text: &str| TimeFrame::parse(text).points.pop().expect("a point");
        assert_eq!(point("24 weeks").kind, PointKind::At);
        assert_eq!(point("up to 24 weeks").kind, PointKind::Until);
        assert_eq!(point("within 30 days").kind, PointKind::Until);
        assert_eq!(point("every 3 months").kind, PointKind::Every);
        assert_eq!(point("baseline to 24 weeks").from_seconds, Some(0));
        assert_eq!(
            point("from week 4 to week 24").from_seconds,
            Some(28 * 86_400)
        );
        assert_eq!(point("weeks 4-24").from_seconds, Some(28 * 86_400));
        assert_eq!(point("baseline, 24 weeks").from_seconds, None);
        assert_eq!(point("Weeks 4 and 24").from_seconds, None);
    }

    #[test]
    fn times_are_the_same_up_to_their_units() {
        let is_same = |a: &str, b: &str| TimeFrame::parse(a).is_same(&TimeFrame::parse(b));
        assert!(is_same("52 weeks", "1 year"));
        assert!(is_same("12 months", "1 year"));
        assert!(is_same("Baseline, 24 weeks", "Week 24"));
        assert!(is_same("end of study", "final visit"));
        assert!(!is_same("12 weeks", "3 months"));
        assert!(!is_same("12 weeks", "24 weeks"));
        assert!(!is_same("12 weeks", "12 and 24 weeks"));
        assert!(!is_same("12 weeks", "end of study"));
        assert!(!is_same("baseline", "end of study"));
    }

    #[test]
    fn a_scan_returns_the_words_that_are_no_time() {
        let (frame, rest) = scan("ADAS-Cog (11) at Week 24");
        assert_eq!(frame.in_days(), "168 days");
        assert_eq!(rest, ["adas", "cog", "11", "at"]);
    }
}
