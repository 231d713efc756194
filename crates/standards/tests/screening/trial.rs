//! Trials that are made by formula: honest ones, and what a fabricator would do to a site.

use theriac_standards::screening::{Correction, Data, Direction, Entry};

pub(crate) const SITES: usize = 12;
pub(crate) const SUBJECTS: usize = 30;
const VISITS: usize = 5;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// 2026-01-05, a Monday.
const FIRST_DAY: i64 = 20_458;
/// Item, mean, spread between people, spread within a person, digits after the point.
const ITEMS: [(&str, f64, f64, f64, usize); 4] = [
    ("SYSBP", 128.0, 14.0, 7.0, 0),
    ("DIABP", 80.0, 9.0, 5.0, 0),
    ("HR", 72.0, 9.0, 5.0, 0),
    ("WEIGHT", 76.0, 13.0, 0.9, 1),
];

/// What is done to the entries of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fabrication {
    /// Values are rounded to fives and tens.
    RoundedDigits,
    /// A third of the subjects are copies of others, a few values changed.
    CopiedSubjects,
    /// At a third of the visits, the values are those of the visit before.
    RepeatedVisits,
    /// People differ half as much as people do.
    NarrowValues,
    /// All is typed in by night, for all subjects, at once.
    OneSitting,
    /// Values are entered weeks after the visit.
    Late,
    /// Visits fall on any day of the week.
    AnyDay,
    /// Corrections lower the blood pressure.
    HelpfulCorrections,
}

pub(crate) const ALL: [Fabrication; 8] = [
    Fabrication::RoundedDigits,
    Fabrication::CopiedSubjects,
    Fabrication::RepeatedVisits,
    Fabrication::NarrowValues,
    Fabrication::OneSitting,
    Fabrication::Late,
    Fabrication::AnyDay,
    Fabrication::HelpfulCorrections,
];

/// SplitMix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, bound: i64) -> i64 {
        i64::try_from(self.number() % u64::try_from(bound).expect("positive")).expect("below")
    }

    /// Nearly normal: the sum of twelve shares.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }
}

pub(crate) fn site_name(site: usize) -> String {
    format!("S{site:02}")
}

/// A trial in which the first site does this.
pub(crate) fn trial(seed: u64, fabrication: Option<Fabrication>) -> Data {
    let mut random = Random(seed);
    let mut data = Data {
        directions: vec![("SYSBP".to_owned(), Direction::Lower)],
        ..Data::default()
    };
    for site in 0..SITES {
        let done = fabrication.filter(|_| site == 0);
        for subject in 0..SUBJECTS {
            add_subject(&mut data, (site, subject), done, &mut random);
        }
        add_corrections(&mut data, site, done, &mut random);
    }
    match fabrication {
        Some(Fabrication::CopiedSubjects) => copy_subjects(&mut data, &mut random),
        Some(Fabrication::RepeatedVisits) => repeat_visits(&mut data, &mut random),
        _ => {}
    }
    data
}

fn add_subject(
    data: &mut Data,
    (site, subject): (usize, usize),
    done: Option<Fabrication>,
    random: &mut Random,
) {
    let squeeze = match done {
        Some(Fabrication::NarrowValues) => 0.45,
        _ => 1.0,
    };
    // Sites differ a little, as they do.
    let shift = (site as f64 - SITES as f64 / 2.0) * 0.05;
    let person: Vec<f64> = ITEMS
        .iter()
        .map(|item| item.1 + item.2 * (random.normal() * squeeze + shift))
        .collect();
    let enrolled = FIRST_DAY + random.below(120);
    for visit in 0..VISITS {
        let mut day = enrolled + 28 * visit as i64;
        if done != Some(Fabrication::AnyDay) {
            // Saturdays and Sundays move to the Monday after.
            day += match day.rem_euclid(7) {
                2 => 2,
                3 => 1,
                _ => 0,
            };
        }
        let entered_at = match done {
            Some(Fabrication::OneSitting) => {
                (FIRST_DAY + 260) * DAY + 2 * HOUR + (subject * VISITS + visit) as i64 * 400
            }
            Some(Fabrication::Late) => (day + 14 + random.below(20)) * DAY + 10 * HOUR,
            _ => (day + random.below(4)) * DAY + 8 * HOUR + random.below(9 * HOUR),
        };
        for (item, middle) in ITEMS.iter().zip(&person) {
            let value = middle + item.3 * random.normal() * squeeze;
            let value = match done {
                Some(Fabrication::RoundedDigits) if random.share() < 0.5 => {
                    (value / 5.0).round() * 5.0
                }
                _ => value,
            };
            data.entries.push(Entry {
                site: site_name(site),
                subject: format!("{}-{subject:03}", site_name(site)),
                visit: format!("V{visit}"),
                item: item.0.to_owned(),
                value: format!("{value:.digits$}", digits = item.4),
                observed_day: Some(day),
                entered_at: Some(entered_at),
                entered_by: Some(format!("{}-nurse", site_name(site))),
            });
        }
    }
}

fn add_corrections(data: &mut Data, site: usize, done: Option<Fabrication>, random: &mut Random) {
    for _ in 0..60 {
        let before = 110 + random.below(50);
        let is_lower = match done {
            Some(Fabrication::HelpfulCorrections) => random.share() < 0.85,
            _ => random.share() < 0.5,
        };
        let step = 1 + random.below(9);
        let after = if is_lower {
            before - step
        } else {
            before + step
        };
        data.corrections.push(Correction {
            site: site_name(site),
            item: "SYSBP".to_owned(),
            before: before.to_string(),
            after: after.to_string(),
        });
    }
}

/// Every third subject of the first site gets the values of the one before, a tenth of them changed.
fn copy_subjects(data: &mut Data, random: &mut Random) {
    let per_subject = VISITS * ITEMS.len();
    for subject in (2..SUBJECTS).step_by(3) {
        for at in 0..per_subject {
            let value = data.entries[(subject - 1) * per_subject + at].value.clone();
            if random.share() >= 0.1 {
                data.entries[subject * per_subject + at].value = value;
            }
        }
    }
}

fn repeat_visits(data: &mut Data, random: &mut Random) {
    let width = ITEMS.len();
    for row in 1..SUBJECTS * VISITS {
        if row % VISITS > 0 && random.share() < 1.0 / 3.0 {
            for at in row * width..(row + 1) * width {
                data.entries[at].value = data.entries[at - width].value.clone();
            }
        }
    }
}
