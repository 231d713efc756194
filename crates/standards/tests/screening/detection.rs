//! How often planted fabrications are found, and how often honest sites are told.

use crate::trial::{ALL, Fabrication, SITES, site_name, trial};
use theriac_standards::screening::{Limits, Parameters, Report, Test, screen};

const SEEDS: u64 = 12;

fn screened(seed: u64, fabrication: Option<Fabrication>) -> Report {
    let data = trial(seed, fabrication);
    screen(&data, Parameters::default(), &Limits::default()).expect("within the limits")
}

/// The tests that may find it.
fn finders(fabrication: Fabrication) -> &'static [Test] {
    match fabrication {
        Fabrication::RoundedDigits => &[Test::TerminalDigit],
        Fabrication::CopiedSubjects => &[Test::Duplicates],
        Fabrication::RepeatedVisits => &[Test::DuplicateRows],
        Fabrication::NarrowValues => &[Test::Variance, Test::Inliers],
        Fabrication::OneSitting => &[Test::Sittings, Test::TypingSpeed],
        Fabrication::Late => &[Test::Lateness],
        Fabrication::AnyDay => &[Test::DaysOfRest],
        Fabrication::HelpfulCorrections => &[Test::Corrections],
    }
}

fn honest_sites_told(report: &Report, is_honest: impl Fn(&str) -> bool) -> usize {
    let leads = report.leads();
    let mut told: Vec<&str> = leads
        .iter()
        .filter_map(|lead| lead.site.as_deref())
        .collect();
    told.retain(|site| is_honest(site));
    told.sort_unstable();
    told.dedup();
    told.len()
}

#[test]
fn planted_fabrications_are_found_and_honest_sites_are_left_alone() {
    println!(
        "fabrication          found of {SEEDS}   honest sites told of {}",
        SEEDS as usize * (SITES - 1)
    );
    for fabrication in ALL {
        let (mut found, mut false_alarms) = (0, 0);
        for seed in 0..SEEDS {
            let report = screened(seed, Some(fabrication));
            let is_found = report.leads().iter().any(|lead| {
                lead.site.as_deref() == Some("S00") && finders(fabrication).contains(&lead.test)
            });
            found += u64::from(is_found);
            false_alarms += honest_sites_told(&report, |site| site != "S00");
        }
        println!(
            "{:<22}{found:>5}{false_alarms:>12}",
            format!("{fabrication:?}")
        );
        assert!(
            found * 10 >= SEEDS * 9,
            "{fabrication:?}: {found} of {SEEDS}"
        );
        assert!(
            false_alarms <= 3,
            "{fabrication:?}: {false_alarms} honest sites"
        );
    }
    let alarms: usize = (0..SEEDS)
        .map(|seed| honest_sites_told(&screened(seed + 100, None), |_| true))
        .sum();
    println!("{:<22}{:>5}{alarms:>12}", "none", "-");
    assert!(
        alarms <= 3,
        "{alarms} honest sites of {}",
        SEEDS as usize * SITES
    );
}

#[test]
fn the_site_that_was_changed_leads_the_list() {
    let report = screened(7, Some(Fabrication::CopiedSubjects));
    let leads = report.leads();
    let tests: Vec<Test> = leads[..2].iter().map(|lead| lead.test).collect();
    assert!(tests.contains(&Test::Duplicates) && tests.contains(&Test::DuplicateRows));
    for lead in &leads[..2] {
        assert_eq!(lead.site.as_deref(), Some(site_name(0).as_str()));
        assert!(lead.p <= lead.q && lead.q < 1e-6, "{lead:?}");
    }
}
