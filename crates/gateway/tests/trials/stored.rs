//! What can be done to a book as it is stored: found by the gateway when it holds the book against the ledger, or by who verifies the bundle.

mod changes;
mod scene;

use changes::{CHANGES, Expected, Own};
use scene::Scene;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::Instant,
};
use theriac_evidence::trial::{
    bundle::Selection,
    verify::{Report, verify},
};
use theriac_gateway::trials::{Error, book::BookError, copy::Difference};

use crate::support::{Dice, trusted};

/// Seeds of the ordinary run, of the long one, or as many as are asked for.
fn seeds() -> u64 {
    let asked = std::env::var("THERIAC_TRIAL_SEEDS").ok();
    if let Some(seeds) = asked.and_then(|seeds| seeds.parse().ok()) {
        return seeds;
    }
    match std::env::var_os("THERIAC_LONG") {
        Some(_) => 1_000,
        None => 3,
    }
}

const PAGE: &str = include_str!("../../../../docs/security-trials.md");

/// By what a change was found.
#[derive(Default)]
struct Counts {
    /// Rows of the published table.
    rows: BTreeSet<String>,
    by_gateway: BTreeMap<&'static str, u64>,
    by_verifier: BTreeMap<&'static str, u64>,
    honest: u64,
}

#[test]
fn what_is_altered_in_a_stored_book_is_found_and_the_honest_book_is_not() {
    let (started, next) = (Instant::now(), AtomicU64::new(0));
    let mut counts = Counts::default();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(|| work(&next))).collect();
        for worker in workers {
            let of_worker = worker.join().unwrap();
            counts.honest += of_worker.honest;
            counts.rows.extend(of_worker.rows);
            for (what, count) in of_worker.by_gateway {
                *counts.by_gateway.entry(what).or_default() += count;
            }
            for (what, count) in of_worker.by_verifier {
                *counts.by_verifier.entry(what).or_default() += count;
            }
        }
    });
    let Counts {
        by_gateway,
        by_verifier,
        honest,
        rows,
    } = counts;
    let lines: BTreeSet<&str> = PAGE.lines().collect();
    let absent: Vec<_> = rows
        .iter()
        .filter(|row| !lines.contains(row.as_str()))
        .collect();
    assert!(absent.is_empty(), "the page lacks {absent:#?}");
    assert_eq!(by_gateway.len(), CHANGES.len());
    assert!(by_gateway.values().all(|count| *count == seeds()));
    println!(
        "CAMPAIGN stored trials: {} classes, {} altered books, all found by the gateway with their place; {} bundles of {} classes went out, \
         all found by the verifier; {honest} honest books, no alarm; {} s",
        by_gateway.len(),
        by_gateway.values().sum::<u64>(),
        by_verifier.values().sum::<u64>(),
        by_verifier.len(),
        started.elapsed().as_secs()
    );
}

fn work(next: &AtomicU64) -> Counts {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut scene = Scene::start().await;
        let mut counts = Counts::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds() {
                return counts;
            }
            one(&mut scene, seed, &mut counts).await;
        }
    })
}

async fn one(scene: &mut Scene, seed: u64, counts: &mut Counts) {
    scene.put_back();
    for operator in [&scene.sponsor, &scene.site] {
        let mut party = operator.party().await;
        assert_eq!(party.compare().await.unwrap(), [], "seed {seed}");
        counts.honest += 1;
    }
    for (number, (what, change)) in CHANGES.iter().enumerate() {
        scene.put_back();
        let mut dice = Dice::new(seed << 8 | number as u64);
        let expected = change(scene, &mut dice);
        counts.rows.insert(format!("| {what} | {expected} |"));
        let what = format!("seed {seed}: {what}");
        check_own(scene, &expected, &what).await;
        *counts.by_gateway.entry(CHANGES[number].0).or_default() += 1;
        if check_bundle(scene, &expected, &what).await {
            *counts.by_verifier.entry(CHANGES[number].0).or_default() += 1;
        }
        if seed == 0 {
            check_mended(scene, &expected, &what).await;
        }
    }
}

/// The gateway's own check names what was altered, and nothing else.
async fn check_own(scene: &Scene, expected: &Expected, what: &str) {
    let mut party = expected.of(scene).party().await;
    let found = party.compare().await;
    match (&expected.own, found) {
        (Own::Entry(entry), Err(Error::Book(BookError::EntryDiffers(found)))) => {
            assert_eq!(*entry, found, "{what}");
        }
        (Own::Differs(all), Ok(found)) => {
            let missed: Vec<_> = all.iter().filter(|one| !found.contains(one)).collect();
            assert!(missed.is_empty(), "{what}: {missed:?} not in {found:?}");
            let is_there = |one: &Difference| {
                let mut all = all.iter();
                all.any(|other| (other.slot, other.cell) == (one.slot, one.cell))
            };
            assert!(found.iter().all(is_there), "{what}: {found:?}");
        }
        (own, found) => panic!("{what}: expected {own:?}, got {found:?}"),
    }
}

/// Where the program makes a bundle of the altered book, the verifier finds what is altered in it; whether there was something to find.
async fn check_bundle(scene: &Scene, expected: &Expected, what: &str) -> bool {
    let mut party = expected.of(scene).party().await;
    let made = party.bundle(&Selection::Regulator, None, Vec::new()).await;
    let Ok(bytes) = made else {
        assert!(expected.bundle.is_none(), "{what}: no bundle was made");
        return false;
    };
    let report = verify(&bytes, &trusted()).unwrap();
    let Some((claim, code, place)) = &expected.bundle else {
        assert!(is_honest(scene, expected, &report), "{what}:\n{report}");
        return false;
    };
    let mut failures = report.claim(*claim).failures.iter();
    let is_found = failures.any(|failure| (&failure.code, &failure.place) == (code, place));
    assert!(is_found, "{what}: {claim:?} {code} {place:?}\n{report}");
    true
}

/// A site's bundle lacks the forms of other sites; the sponsor's has all.
fn is_honest(scene: &Scene, expected: &Expected, report: &Report) -> bool {
    let is_site = std::ptr::eq(expected.of(scene), &scene.site);
    let all_missing = || {
        let mut failures = report.claims.iter().flat_map(|claim| &claim.failures);
        failures.all(|failure| failure.code == "form-missing")
    };
    report.holds() || is_site && all_missing()
}

/// With the copies of the sites the sponsor's book is as it was.
async fn check_mended(scene: &mut Scene, expected: &Expected, what: &str) {
    if matches!(expected.own, Own::Entry(_)) || std::ptr::eq(expected.of(scene), &scene.site) {
        return;
    }
    let copies = scene.copies().await;
    let mut party = scene.sponsor.party().await;
    for copy in copies {
        party.mend(&copy).await.unwrap();
    }
    assert_eq!(party.compare().await.unwrap(), [], "{what}");
    assert_eq!(scene.rows(), scene.before, "{what}");
}
