//! The same parameters give the same bytes.

use sha2::{Digest, Sha256};
use theriac_standards::supply::{Act, Parameters, Rates, Step, Supply};

use crate::documents::document;

/// SHA-256 of all that is written of seed 7: what scanners read, what is wrong, and the documents.
const PINNED: &str = "ad8958d5bc8ee5fb1e83a8e580f004fdc16e4cf24f1d8a0305b3b5988ae6a0ed";

fn fingerprint(parameters: Parameters) -> String {
    let supply = Supply::new(parameters).unwrap();
    let parties = supply.parties().clone();
    let steps: Vec<Step> = supply.collect();
    let mut hasher = Sha256::new();
    for step in &steps {
        if let Act::Scan { reading, .. } = &step.act {
            hasher.update(&reading.text);
        }
        hasher.update(step.fraud.map_or("", |fraud| fraud.code()));
    }
    for party in 0..parties.all().len() {
        hasher.update(document(&steps, &parties, party));
    }
    let digest = hasher.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn small(seed: u64) -> Parameters {
    let mut parameters = Parameters::new(seed);
    (parameters.counts.lots, parameters.counts.packs) = (3, 600);
    parameters
}

#[test]
fn a_seed_gives_the_same_bytes_everywhere() {
    assert_eq!(fingerprint(small(7)), PINNED);
    assert_ne!(fingerprint(small(8)), PINNED);
}

#[test]
fn a_supply_of_a_million_lots_begins_at_once() {
    let mut parameters = Parameters::new(1);
    (parameters.counts.lots, parameters.counts.packs) = (1_000_000, 100);
    let mut supply = Supply::new(parameters).unwrap();
    let first = supply.next().unwrap();
    assert!(matches!(first.act, Act::Commission { .. }), "{first:?}");
}

#[test]
fn waves_follow_one_another_and_steps_are_numbered_without_gap() {
    let mut parameters = Parameters::new(2);
    (parameters.counts.lots, parameters.counts.packs) = (4, 5_000);
    let steps: Vec<Step> = Supply::new(parameters).unwrap().collect();
    assert!(
        steps
            .iter()
            .zip(0..)
            .all(|(step, number)| step.number == number)
    );
    let back = steps
        .windows(2)
        .filter(|pair| pair[0].time_ms > pair[1].time_ms)
        .count();
    assert_eq!(
        back, 3,
        "time goes back where a wave begins, and nowhere else"
    );
}

#[test]
fn without_rates_nothing_is_wrong() {
    let mut parameters = small(3);
    let none = "0".parse().unwrap();
    parameters.rates = Rates {
        faults: none,
        relabelled: none,
        clones: none,
        guesses: none,
        thefts: none,
        diversions: none,
        back_dated: none,
        ghosts: none,
        unannounced: none,
        ..Rates::default()
    };
    for step in Supply::new(parameters).unwrap() {
        assert_eq!(step.fraud, None);
        assert_eq!(step.time_ms, step.stated_ms);
        if let Act::Scan { reading, .. } = step.act {
            assert_eq!(reading.fault, None);
        }
    }
}
