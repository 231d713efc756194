//! The campaign: every kind of tampering and of broken rule over many studies, and honest ones beside them, judged by both verifiers.

use super::{
    dice::Dice,
    parts::Parts,
    python::{Python, essence},
    script::Wrong,
    tampering::{CHANGES, Expected},
    world::{World, judge},
    wrongs::{self, WRONGS},
};
use std::{
    collections::BTreeMap,
    ops::Range,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::Instant,
};
use theriac_evidence::trial::{
    bundle::Selection,
    verify::{ClaimId::C1, ClaimReport, Report, Verdict},
};

/// Seeds whose studies stand in the state of one block.
const TOGETHER: u64 = 10;
/// Seeds of studies with a broken rule at most: each is a study of its own, with other signatures.
const BROKEN: u64 = 200;

/// Seeds of the ordinary run, of the long one, or as many as are asked for.
pub fn seeds() -> u64 {
    let asked = std::env::var("THERIAC_TRIAL_SEEDS").ok();
    if let Some(seeds) = asked.and_then(|seeds| seeds.parse().ok()) {
        return seeds;
    }
    if std::env::var_os("THERIAC_LONG").is_some() {
        1_000
    } else {
        3
    }
}

/// Bundles by what was done to them.
#[derive(Default)]
struct Counts {
    honest: u64,
    tampered: BTreeMap<&'static str, u64>,
    broken: BTreeMap<String, u64>,
    alike: u64,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.honest += other.honest;
        self.alike += other.alike;
        for (what, count) in other.tampered {
            *self.tampered.entry(what).or_default() += count;
        }
        for (what, count) in other.broken {
            *self.broken.entry(what).or_default() += count;
        }
    }
}

#[test]
fn tampering_is_found_at_its_place_by_both_verifiers_and_honest_bundles_raise_no_alarm() {
    let (started, next) = (Instant::now(), AtomicU64::new(0));
    let mut counts = Counts::default();
    let workers = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(|| work(&next))).collect();
        for worker in workers {
            match worker.join() {
                Ok(of_worker) => counts.add(of_worker),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    let of_each = |counts: Vec<&u64>, kinds: usize, expected: u64| {
        counts.len() == kinds && counts.iter().all(|count| **count == expected)
    };
    let (tampered, broken) = (&counts.tampered, &counts.broken);
    assert!(
        of_each(tampered.values().collect(), CHANGES.len(), seeds()),
        "{tampered:?}"
    );
    assert_eq!(broken.len(), WRONGS.len(), "{broken:?}");
    let python = match counts.alike {
        0 => "the second verifier was not asked".to_owned(),
        alike => format!("the verifier in Python said the same of {alike}"),
    };
    println!(
        "CAMPAIGN trials: {} classes of tampering, {} bundles, all found by claim and place; {} broken rules, {} bundles, all found; \
         {} honest bundles, no alarm; {python}; {} s",
        tampered.len(),
        tampered.values().sum::<u64>(),
        broken.len(),
        broken.values().sum::<u64>(),
        counts.honest,
        started.elapsed().as_secs()
    );
}

fn work(next: &AtomicU64) -> Counts {
    let mut judges = Judges {
        python: Python::start(),
        counts: Counts::default(),
    };
    loop {
        let first = next.fetch_add(TOGETHER, Ordering::Relaxed);
        if first >= seeds() {
            return judges.counts;
        }
        judges.take(first..(first + TOGETHER).min(seeds()));
    }
}

struct Judges {
    python: Option<Python>,
    counts: Counts,
}

impl Judges {
    fn take(&mut self, seeds: Range<u64>) {
        let whole = [Wrong::Nothing, Wrong::UnlockedEditedRelocked];
        let broken = WRONGS.map(|(wrong, ..)| wrong);
        let stories: Vec<_> = seeds
            .flat_map(|seed| {
                let broken = broken.into_iter().filter(move |_| seed < BROKEN);
                let wrongs = whole.into_iter().chain(broken);
                wrongs.map(move |wrong| (seed, wrong))
            })
            .collect();
        let worlds = World::together(&stories);
        let is_sound = |((_, wrong), _): &(&(u64, Wrong), &World)| whole.contains(wrong);
        let sound = stories.iter().zip(&worlds).filter(is_sound);
        let sound: Vec<_> = sound.map(|(_, world)| world).collect();
        for (place, (seed, wrong)) in stories.iter().enumerate() {
            let world = &worlds[place];
            match wrong {
                Wrong::Nothing => {
                    let own = sound.iter().position(|other| std::ptr::eq(*other, world));
                    let (before, from) = sound.split_at(own.expect("it is sound"));
                    self.tamper(*seed, &[from, before].concat());
                }
                Wrong::UnlockedEditedRelocked => {}
                _ => self.break_rule(*seed, *wrong, world),
            }
        }
    }

    /// Honest bundles of every audience of the first study, then every change of the regulator's. What the study has nothing of is changed
    /// in the next one that has: the second is the same study with an unlock.
    fn tamper(&mut self, seed: u64, worlds: &[&World]) {
        let [world, others @ ..] = worlds else {
            return;
        };
        let bundles = [
            ("regulator", world.regulator()),
            ("journal", world.journal()),
            ("public", world.bundle(&Selection::Public)),
            ("participant", world.bundle(&Selection::Participant(2))),
        ];
        for (audience, bytes) in &bundles {
            let report = self.judged(&format!("honest-{audience}-{seed}"), bytes);
            assert!(report.holds(), "seed {seed}, {audience}:\n{report}");
            assert_eq!(report.audience, *audience);
            self.counts.honest += 1;
        }
        let [(_, bytes), ..] = &bundles;
        for (number, (what, change)) in CHANGES.iter().enumerate() {
            let mut dice = Dice::new(seed << 8 | number as u64);
            let mut changed = |world: &World, bytes: &[u8]| {
                let mut parts = Parts::of(bytes);
                let expected = change(world, &mut parts, &mut dice)?;
                let changed = parts.pack();
                assert_ne!(changed, bytes, "seed {seed}: {what}");
                Some((changed, expected))
            };
            let changed = changed(world, bytes).or_else(|| {
                let mut others = others.iter();
                others.find_map(|other| changed(other, &other.regulator()))
            });
            let Some((changed, expected)) = changed else {
                panic!("seed {seed}: {what}: no study has any such thing")
            };
            let report = self.judged(&format!("tampered-{number:02}-{seed}"), &changed);
            check(&report, &expected, || format!("seed {seed}: {what}"));
            *self.counts.tampered.entry(what).or_default() += 1;
        }
    }

    /// What a quorum let pass is found by the claims alone.
    fn break_rule(&mut self, seed: u64, wrong: Wrong, world: &World) {
        let Some(expected) = wrongs::expected(wrong, world) else {
            return;
        };
        let report = self.judged(&format!("wrong-{wrong:?}-{seed}"), &world.regulator());
        assert_eq!(report.claim(C1).verdict, Verdict::Pass);
        check(&report, &expected, || format!("seed {seed}: {wrong:?}"));
        let of_rule = self.counts.broken.entry(format!("{wrong:?}"));
        *of_rule.or_default() += 1;
    }

    /// The report on a bundle; where there is a second verifier, it must say the same.
    fn judged(&mut self, name: &str, bytes: &[u8]) -> Report {
        let report = judge(bytes).expect("a bundle that can be looked at");
        hand_out(name, bytes, &report);
        if let Some(python) = &mut self.python {
            assert_eq!(python.judge(bytes), essence(&report), "{name}:\n{report}");
            self.counts.alike += 1;
        }
        report
    }
}

fn check(report: &Report, expected: &Expected, what: impl Fn() -> String) {
    let claim = report.claim(expected.claim);
    assert_eq!(claim.verdict, Verdict::Fail, "{}\n{report}", what());
    assert!(
        is_found(claim, expected),
        "{}, expected {expected:?}\n{report}",
        what()
    );
}

fn is_found(claim: &ClaimReport, expected: &Expected) -> bool {
    let mut failures = claim.failures.iter();
    failures.any(|failure| failure.code == expected.code && failure.place == expected.place)
}

/// Writes a bundle with its report for another verifier, where one was asked for.
fn hand_out(name: &str, bytes: &[u8], report: &Report) {
    let Some(folder) = std::env::var_os("THERIAC_TRIAL_CORPUS") else {
        return;
    };
    let path = std::path::Path::new(&folder).join(name);
    std::fs::write(path.with_extension("zip"), bytes).expect("the folder can be written");
    let json = serde_json::to_vec(report).expect("a report is plain");
    std::fs::write(path.with_extension("json"), json).expect("the folder can be written");
}

/// The check of places can fail: the same finding elsewhere is none.
#[test]
fn a_finding_at_another_place_or_under_another_claim_is_not_taken() {
    let world = World::honest(0);
    let mut parts = Parts::of(&world.regulator());
    let (_, change) = CHANGES[0];
    let expected = change(&world, &mut parts, &mut Dice::new(0)).expect("there are values");
    let report = judge(&parts.pack()).expect("a bundle");
    assert!(is_found(report.claim(expected.claim), &expected));
    let mut elsewhere = expected.place.clone();
    elsewhere.cell = elsewhere.cell.map(|cell| cell + 1);
    let other = Expected {
        place: elsewhere,
        ..expected
    };
    assert!(!is_found(report.claim(other.claim), &other));
    let (claim, place) = (C1, other.place.clone());
    let other = Expected {
        claim,
        place,
        ..other
    };
    assert!(!is_found(report.claim(C1), &other));
}
