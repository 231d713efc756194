//! What each audience is shown, and what is refused.

use super::{
    campaign::seeds,
    parts::Parts,
    script::Wrong,
    world::{World, judge, trusted},
};
use theriac_evidence::trial::{
    bundle::Selection,
    verify::{
        ClaimId::{C1, C2, C4, C6, C7, C8, C9, C10, C11, C12, C13, C14},
        Failure, Report, Verdict, verify,
    },
};

fn report(bytes: &[u8]) -> Report {
    judge(bytes).expect("a bundle that can be looked at")
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
