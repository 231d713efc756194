//! The laboratory values of CDISC's pilot study, as published and with planted fabrications.

use std::{collections::BTreeMap, path::PathBuf};
use theriac_standards::{
    dataset::{self, Reader},
    screening::{Data, Entry, Limits, Parameters, Report, Test, screen},
};

/// The largest site of the study.
const SITE: &str = "701";

fn published(test: &str) -> Option<Data> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("../../../shared/data/trials/dataset-json/adam/adlbc.dsjc");
    let Ok(bytes) = std::fs::read(path) else {
        if std::env::var_os("CI").is_some_and(|ci| ci == "true") {
            panic!("{test}: ../shared/data/trials/dataset-json is absent");
        }
        println!("SKIPPED {test}: ../shared/data is absent");
        return None;
    };
    let mut reader = Reader::open(&bytes[..], dataset::Limits::default()).expect("a dataset");
    let columns = ["USUBJID", "PARAMCD", "VISIT", "AVISIT", "AVAL"];
    let places = columns.map(|name| reader.header().column(name).expect("a column"));
    let mut data = Data::default();
    while let Some(row) = reader.next_row().expect("JSON") {
        let [subject, item, visit, analysis, value] =
            places.map(|at| row[at].as_str().unwrap_or_default().to_owned());
        // Ratios to earlier visits, and copies of the last visit, are derived.
        if item.starts_with('_') || analysis == "End of Treatment" || value.is_empty() {
            continue;
        }
        let site = subject.split('-').nth(1).expect("study, site and subject");
        data.entries.push(Entry {
            site: site.to_owned(),
            subject,
            visit,
            item,
            value,
            observed_day: None,
            entered_at: None,
            entered_by: None,
        });
    }
    Some(data)
}

fn screened(data: &Data) -> Report {
    screen(data, Parameters::default(), &Limits::default()).expect("within the limits")
}

fn leads(report: &Report, test: Test) -> Vec<String> {
    let leads = report.leads().into_iter().filter(|lead| lead.test == test);
    leads.filter_map(|lead| lead.site.clone()).collect()
}

/// The first subjects of the site get the values of the next ones, where both have the item and the visit.
fn copy_subjects(data: &mut Data, count: usize) {
    let mut subjects: Vec<String> = data
        .entries
        .iter()
        .filter(|entry| entry.site == SITE)
        .map(|entry| entry.subject.clone())
        .collect();
    subjects.dedup();
    let place = |entry: &Entry| {
        (
            entry.subject.clone(),
            entry.item.clone(),
            entry.visit.clone(),
        )
    };
    let values: BTreeMap<_, _> = data
        .entries
        .iter()
        .map(|entry| (place(entry), entry.value.clone()))
        .collect();
    for pair in subjects.chunks_exact(2).take(count) {
        for entry in data
            .entries
            .iter_mut()
            .filter(|entry| entry.subject == pair[0])
        {
            let (_, item, visit) = place(entry);
            if let Some(value) = values.get(&(pair[1].clone(), item, visit)) {
                entry.value.clone_from(value);
            }
        }
    }
}

#[test]
fn copies_and_round_numbers_planted_in_the_pilot_are_found() {
    let test = "copies_and_round_numbers_planted_in_the_pilot_are_found";
    let Some(published) = published(test) else {
        return;
    };
    let as_is = screened(&published);
    let told: Vec<_> = as_is
        .leads()
        .into_iter()
        .map(|lead| (lead.test.name(), lead.site.clone(), lead.item.clone()))
        .collect();
    println!(
        "the pilot as published: {} values, {} sites, {} suppressed, {} findings, leads {told:?}",
        published.entries.len(),
        as_is.sites.len(),
        as_is.suppressed.len(),
        as_is.findings.len()
    );
    assert_eq!(leads(&as_is, Test::Duplicates), [""; 0]);
    let mut copied = published.clone();
    copy_subjects(&mut copied, 4);
    assert_eq!(leads(&screened(&copied), Test::Duplicates), [SITE]);
    let mut rounded = published;
    let of_site = rounded
        .entries
        .iter_mut()
        .filter(|entry| entry.site == SITE);
    for entry in of_site.filter(|entry| entry.value.len() > 1).step_by(2) {
        entry.value.pop();
        entry.value.push('0');
    }
    assert!(leads(&screened(&rounded), Test::TerminalDigit).contains(&SITE.to_owned()));
    assert!(!leads(&as_is, Test::TerminalDigit).contains(&SITE.to_owned()));
}
