//! Honest studies pass, and each kind of tampering is found by its claim and at its place.

use super::{
    parts::Parts,
    script::Wrong,
    tampering::{CHANGES, Expected},
    world::{World, judge, trusted},
};
use std::collections::BTreeMap;
use theriac_evidence::trial::{
    bundle::Selection,
    verify::{
        ClaimId::{self, C1, C2, C4, C6, C7, C8, C9, C10, C11, C12, C13, C14},
        ClaimReport, Failure, Report, Verdict, verify,
    },
};

/// Seeds of the ordinary run, of the long one, or as many as are asked for.
fn seeds() -> u64 {
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

fn report(bytes: &[u8]) -> Report {
    judge(bytes).expect("a bundle that can be looked at")
}

/// Writes a bundle with its report for the other verifier, where one was asked for.
fn hand_out(name: &str, bytes: &[u8], report: &Report) {
    let Some(folder) = std::env::var_os("THERIAC_TRIAL_CORPUS") else {
        return;
    };
    let path = std::path::Path::new(&folder).join(name);
    std::fs::write(path.with_extension("zip"), bytes).expect("the folder can be written");
    let json = serde_json::to_vec(report).expect("a report is plain");
    std::fs::write(path.with_extension("json"), json).expect("the folder can be written");
}

#[test]
fn honest_bundles_of_every_audience_raise_no_alarm() {
    for seed in 0..seeds() {
        let world = World::honest(seed);
        let bundles = [
            ("regulator", world.regulator()),
            ("journal", world.journal()),
            ("public", world.bundle(&Selection::Public)),
            ("participant", world.bundle(&Selection::Participant(2))),
        ];
        for (audience, bytes) in bundles {
            let report = report(&bytes);
            assert!(report.holds(), "seed {seed}, {audience}:\n{report}");
            assert_eq!(report.audience, audience);
            hand_out(&format!("honest-{audience}-{seed}"), &bytes, &report);
        }
    }
}

#[test]
fn regulator_is_shown_every_claim() {
    let report = report(&World::honest(1).regulator());
    for claim in &report.claims {
        assert_eq!(claim.verdict, Verdict::Pass, "{report}");
    }
    assert!(
        report.figures.items_opened > 0 && report.figures.cells_traced > 0,
        "{report}"
    );
    assert!(
        report.figures.corrections > 0 && report.figures.signatures > 0,
        "{report}"
    );
}

#[test]
fn public_and_participant_are_told_what_they_are_not_shown() {
    let world = World::honest(2);
    let public = report(&world.bundle(&Selection::Public));
    assert_eq!(public.claim(C14).verdict, Verdict::NotClaimed);
    assert!(!public.claim(C2).not_claimed.is_empty());
    let participant = report(&world.bundle(&Selection::Participant(1)));
    for id in [C6, C11, C12, C13, C14] {
        assert_eq!(
            participant.claim(id).verdict,
            Verdict::NotClaimed,
            "{participant}"
        );
    }
    for id in [C1, C2, C4, C7, C8, C9, C10] {
        assert_eq!(
            participant.claim(id).verdict,
            Verdict::Pass,
            "{participant}"
        );
    }
}

#[test]
fn bundle_is_the_same_bytes_each_time() {
    assert_eq!(World::honest(4).regulator(), World::honest(4).regulator());
    let bytes = World::honest(4).journal();
    assert_eq!(Parts::of(&bytes).pack(), bytes);
}

fn is_found(claim: &ClaimReport, expected: &Expected) -> bool {
    claim.failures.iter().any(|failure| {
        expected.codes.contains(&failure.code)
            && expected
                .entry
                .is_none_or(|entry| failure.place.entry == Some(entry))
            && expected
                .slot
                .is_none_or(|slot| failure.place.slot == Some(slot))
    })
}

#[test]
fn tampering_is_found_by_its_claim_and_at_its_place() {
    let mut found = BTreeMap::<&str, u64>::new();
    for seed in 0..seeds() {
        let world = World::honest(seed);
        let bytes = world.regulator();
        for (number, (what, change)) in CHANGES.iter().enumerate() {
            let mut parts = Parts::of(&bytes);
            let Some(expected) = change(&world, &mut parts) else {
                continue;
            };
            let changed = parts.pack();
            assert_ne!(changed, bytes, "seed {seed}: {what}");
            let report = report(&changed);
            let claim = report.claim(expected.claim);
            assert_eq!(
                claim.verdict,
                Verdict::Fail,
                "seed {seed}: {what}\n{report}"
            );
            assert!(
                is_found(claim, &expected),
                "seed {seed}: {what}, expected {:?} at entry {:?}, slot {:?}\n{report}",
                expected.codes,
                expected.entry,
                expected.slot
            );
            *found.entry(what).or_default() += 1;
            hand_out(&format!("tampered-{number:02}-{seed}"), &changed, &report);
        }
    }
    let unseen: Vec<_> = CHANGES
        .iter()
        .filter(|(what, _)| !found.contains_key(what))
        .collect();
    let all = found.values().sum::<u64>();
    println!("{all} changed bundles of {} kinds, all found", found.len());
    // An unlock is not part of every study, and with few seeds perhaps of none.
    assert!(
        unseen
            .iter()
            .all(|(what, _)| seeds() < 10 && *what == "an unlock is hidden"),
        "{}",
        unseen.len()
    );
}

const WRONGS: [(Wrong, ClaimId, &str); 22] = [
    (
        Wrong::EditedAfterUnblinding,
        C13,
        "changed-after-unblinding",
    ),
    (Wrong::EditedWhileLocked, C13, "changed-while-locked"),
    (Wrong::LockOverAnotherLog, C13, "lock-differs"),
    (Wrong::UnblindedBeforeLock, C11, "unblinded-before-lock"),
    (Wrong::OpenedWithoutAllocation, C11, "opened-unallocated"),
    (Wrong::PublishedAnotherOutcome, C6, "outcome-switched"),
    (Wrong::PublishedWithoutAnOutcome, C6, "outcome-omitted"),
    (Wrong::OutcomesChangedAfterLock, C6, "outcomes-changed-late"),
    (Wrong::RowsOfOtherValues, C14, "row-differs"),
    (Wrong::ArmsSwappedInRows, C14, "arm-differs"),
    (Wrong::AnalysisOfAnotherLock, C14, "analysis-not-of-lock"),
    (Wrong::ListsCommittedLate, C12, "committed-late"),
    (Wrong::AllocatedOutOfOrder, C12, "allocated-out-of-order"),
    (Wrong::DrawnFromAnotherValue, C12, "draw-differs"),
    (Wrong::DataBeforeConsent, C8, "data-before-consent"),
    (Wrong::DataAfterWithdrawal, C8, "data-after-withdrawal"),
    (Wrong::CorrectionWithoutReason, C9, "reason-unknown"),
    (Wrong::CorrectionOfAnother, C9, "corrects-another"),
    (Wrong::ObservedAhead, C7, "observed-ahead"),
    (Wrong::LockedUnsigned, C10, "locked-unsigned"),
    (Wrong::SignatureSpliced, C10, "not-signed"),
    (Wrong::FormCapturedTwice, C4, "cell-twice"),
];

#[test]
fn what_a_quorum_let_pass_is_found_by_the_claims_alone() {
    let mut found = BTreeMap::<String, u64>::new();
    for seed in 0..seeds().min(200) {
        for (wrong, id, code) in WRONGS {
            let world = World::of(seed, wrong);
            let Some(culprit) = world.culprit else {
                continue;
            };
            let bytes = world.regulator();
            let report = report(&bytes);
            let claim = report.claim(id);
            let finding = claim.failures.iter().find(|failure| failure.code == code);
            let finding = finding.unwrap_or_else(|| panic!("seed {seed}, {wrong:?}:\n{report}"));
            let entry = finding.place.entry;
            assert!(
                entry.is_none_or(|entry| entry == culprit),
                "seed {seed}, {wrong:?}: {entry:?}, expected {culprit}\n{report}"
            );
            assert_eq!(report.claim(C1).verdict, Verdict::Pass);
            *found.entry(format!("{wrong:?}")).or_default() += 1;
            hand_out(&format!("wrong-{wrong:?}-{seed}"), &bytes, &report);
        }
    }
    println!(
        "{} studies of {} kinds, all found",
        found.values().sum::<u64>(),
        found.len()
    );
    assert!(found.len() >= WRONGS.len() - 1, "{found:?}");
}

#[test]
fn unlock_with_approvals_is_said_and_no_failure() {
    for seed in 0..seeds().min(20) {
        let world = World::of(seed, Wrong::UnlockedEditedRelocked);
        let report = report(&world.regulator());
        assert!(report.holds(), "{report}");
        let claim = report.claim(C13);
        assert!(
            claim.notes.iter().any(|note| note.code == "unlocked"),
            "{report}"
        );
        assert_eq!(
            (report.figures.unlocks, report.figures.locks),
            (1, 2),
            "{report}"
        );
        assert!(report.figures.changes_after_lock > 0);
    }
}

#[test]
fn other_chain_and_other_key_are_refused_before_anything_is_looked_at() {
    let bytes = World::honest(0).regulator();
    let mut other = trusted();
    other.chain_id += 1;
    assert!(matches!(verify(&bytes, &other), Err(Failure::Network(_))));
    let mut other = trusted();
    other.group_key[5] ^= 1;
    assert!(matches!(verify(&bytes, &other), Err(Failure::Network(_))));
}

#[test]
fn older_bundle_is_refused_by_who_knows_a_newer_block() {
    let bytes = World::honest(0).regulator();
    let mut known = trusted();
    known.known = Some((super::chain::HEIGHT + 1, alloy_primitives::B256::ZERO));
    let report = verify(&bytes, &known).expect("it is looked at");
    assert_eq!(report.claim(C1).failures[0].code, "older-than-known");
    assert!(
        report
            .claims
            .iter()
            .skip(1)
            .all(|claim| claim.verdict == Verdict::NotClaimed)
    );
}

#[test]
fn bundle_with_a_byte_flipped_or_cut_is_refused_or_fails() {
    let bytes = World::honest(0).regulator();
    for index in (0..bytes.len()).step_by(if seeds() > 10 { 1 } else { 211 }) {
        let mut other = bytes.clone();
        other[index] ^= 1 << (index % 8);
        if judge(&other).is_ok_and(|report| report.holds()) {
            // Bits that fill up the last byte of a packed file say nothing.
            assert_eq!(
                Parts::of(&other).files,
                Parts::of(&bytes).files,
                "byte {index}"
            );
        }
    }
    for length in (0..bytes.len()).step_by(997) {
        assert!(judge(&bytes[..length]).is_err());
    }
}
