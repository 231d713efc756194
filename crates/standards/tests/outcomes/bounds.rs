//! Hostile texts: whatever stands in an outcome is read, compared and shown, and records are read or refused.

use crate::support::compare;
use theriac_standards::outcomes::{
    Limits, Outcome, OutcomeLevel, TimeFrame, page, read_registry_json, read_registry_xml,
    read_table,
};

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).expect("below a usize")
    }
}

const PIECES: [&str; 30] = [
    "week",
    "weeks",
    "month",
    "to",
    "and",
    "-",
    "–",
    "±",
    "+/-",
    ",",
    "baseline",
    "up",
    "until",
    "every",
    "12",
    "0",
    "99999999999999999999",
    "2.5",
    "0.0001",
    "year",
    "h",
    "24h",
    "(",
    "day",
    "é",
    "\u{0}",
    "😀",
    "<b>",
    "'",
    "twelve",
];

fn text(random: &mut Random) -> String {
    let pieces = (0..random.below(12)).map(|_| PIECES[random.below(PIECES.len())]);
    let pieces: Vec<&str> = pieces.collect();
    pieces.join(if random.below(2) == 0 { " " } else { "" })
}

#[test]
fn any_text_is_a_time_frame_that_is_the_same_as_itself() {
    let mut random = Random(0x5eed_0001);
    for _ in 0..20_000 {
        let text = text(&mut random);
        let frame = TimeFrame::parse(&text);
        assert!(frame.is_same(&frame), "{text}");
        let times = frame.times();
        assert!(times.windows(2).all(|pair| pair[0] < pair[1]), "{text}");
        for point in &frame.points {
            assert!(point.seconds > 0 && !point.days().is_empty(), "{text}");
            assert!(
                point.from_seconds.is_none_or(|from| from < point.seconds),
                "{text}"
            );
        }
    }
}

#[test]
fn any_lists_are_compared_and_each_outcome_stands_once() {
    let mut random = Random(0x5eed_0002);
    for _ in 0..300 {
        let mut list = || -> Vec<Outcome> {
            let count = random.below(6);
            let outcome = |random: &mut Random| {
                let (title, frame) = (text(random), text(random));
                Outcome::new(OutcomeLevel::Primary, &title, None, Some(&frame))
            };
            (0..count).map(|_| outcome(&mut random)).collect()
        };
        let (before, after) = (list(), list());
        let diff = compare(before.clone(), after.clone());
        let kept = |is_before: bool| {
            let of = |row: &theriac_standards::outcomes::Row| match is_before {
                true => row.before.clone(),
                false => row.after.clone(),
            };
            diff.rows.iter().filter_map(of).count()
        };
        assert_eq!((kept(true), kept(false)), (before.len(), after.len()));
        assert!(!page(&diff).contains("<b>"));
        let same = compare(before.clone(), before);
        let is_paired = |row: &theriac_standards::outcomes::Row| row.before == row.after;
        assert!(
            same.rows
                .iter()
                .filter(|row| row.pair.is_some())
                .all(is_paired)
        );
    }
}

const JSON: &str = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT1","briefTitle":"T"},"statusModule":{"studyFirstSubmitDate":"2020-01-01","startDateStruct":{"date":"2020-02"}},"outcomesModule":{"primaryOutcomes":[{"measure":"A","timeFrame":"12 weeks"}]}}}"#;
const XML: &str = "<clinical_study><id_info><nct_id>NCT1</nct_id></id_info><start_date>March 2007</start_date><primary_outcome><measure>A</measure><time_frame>12 weeks</time_frame></primary_outcome></clinical_study>";
const TABLE: &str = "level,title,time_frame\nprimary,A,12 weeks\nsecondary,\"B, C\",\n";

#[test]
fn mutated_records_and_tables_are_read_or_refused() {
    let limits = Limits::default();
    let mut random = Random(0x5eed_0003);
    for seed in [JSON, XML, TABLE] {
        let (mut read, mut refused) = (0, 0);
        for _ in 0..3_000 {
            let mut bytes = seed.as_bytes().to_vec();
            for _ in 0..=random.below(3) {
                let at = random.below(bytes.len());
                match random.below(3) {
                    0 => bytes[at] = u8::try_from(random.below(128)).expect("a byte"),
                    1 => {
                        bytes.remove(at);
                    }
                    _ => bytes.insert(at, b"<>\"{}[],&\n"[random.below(10)]),
                }
            }
            let is_read = match seed {
                JSON => read_registry_json(&bytes, &limits).is_ok(),
                XML => read_registry_xml(&bytes, &limits).is_ok(),
                _ => read_table(&bytes, &limits).is_ok(),
            };
            match is_read {
                true => read += 1,
                false => refused += 1,
            }
        }
        assert!(read > 50 && refused > 50, "{read} read, {refused} refused");
    }
}
