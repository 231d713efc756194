//! Tests of the closed lists.

use super::*;

macro_rules! round_trips {
    ($($list:ident)+) => {$(
        for item in $list::ALL {
            assert_eq!($list::from_code(item.code()), Some(*item));
            assert_eq!($list::from_word(item.word()), Some(*item));
        }
        assert_eq!($list::from_code(255), None);
        assert_eq!($list::from_word(""), None);
    )+};
}

#[test]
fn every_code_and_word_leads_back() {
    round_trips!(Role OrganisationKind Purpose Kind Protection EnrolmentStatus RecordStatus
        RequestStatus Effect EntryKind Basis OpeningStatus ReviewOutcome MemberStatus ProposalKind
        ProposalStatus DelegationKind RecoveryStatus ExitKind FlagSubject FlagKind DiscrepancyOutcome
        PrescriptionStatus TrialRole TrialEntry StudyStatus SubjectStatus EndScope StudyMilestone
        SiteStatus QueryState SignatureScope Meaning ListStatus AmendmentReason MissedReason
        CorrectionReason UnlockReason OpeningReason ErasureBasis);
}

#[test]
fn codes_in_state_and_words_in_signatures_are_pinned() {
    let words = |list: &[Kind]| {
        list.iter()
            .map(|kind| kind.word())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        words(Kind::ALL),
        "summary encounter observation laboratory imaging medication immunization allergy \
         procedure document plan device claim other",
    );
    let purposes: Vec<_> = Purpose::ALL.iter().map(|purpose| purpose.word()).collect();
    assert_eq!(
        purposes.join(" "),
        "TREAT HPAYMT HOPERAT ETREAT BTG HRESCH CLINTRCH PATRQT FAMRQT PWATRNY SUPNWK PUBHLTH \
         HDIRECT HTEST",
    );
    for (purpose, code) in Purpose::ALL.iter().zip(1..) {
        assert_eq!(purpose.code(), code);
    }
    for (kind, code) in Kind::ALL.iter().zip(0..) {
        assert_eq!(kind.code(), code);
    }
}

#[test]
fn words_of_kinds_stand_in_order_of_code() {
    let kinds: Kinds = [Kind::Other, Kind::Summary, Kind::Imaging]
        .into_iter()
        .collect();
    assert_eq!(kinds.words(), "summary, imaging, other");
    assert_eq!(Kinds(0).words(), "");
    assert!(Kinds::ALL.is_valid() && kinds.is_valid());
    assert!(!Kinds(0).is_valid() && !Kinds(1 << 14).is_valid());
}

#[test]
fn only_those_who_treat_and_those_who_act_for_the_organisation_may_write() {
    let writers: Vec<_> = Role::ALL.iter().filter(|role| role.may_write()).collect();
    assert_eq!(
        writers,
        [
            &Role::Physician,
            &Role::Nurse,
            &Role::Pharmacist,
            &Role::Administrator,
            &Role::Gateway
        ],
    );
}

#[test]
fn who_trades_dispenses_handles_packs_and_counts_is_pinned() {
    let kinds = |may: fn(OrganisationKind) -> bool| -> Vec<u8> {
        let all = OrganisationKind::ALL.iter().filter(|kind| may(**kind));
        all.map(|kind| kind.code()).collect()
    };
    assert_eq!(kinds(OrganisationKind::is_trading_partner), [1, 2, 3, 5, 6]);
    assert_eq!(kinds(OrganisationKind::is_dispenser), [1, 2, 3]);
    let roles = |may: fn(Role) -> bool| -> Vec<u8> {
        let all = Role::ALL.iter().filter(|role| may(**role));
        all.map(|role| role.code()).collect()
    };
    assert_eq!(roles(Role::may_handle_packs), [4, 8, 9]);
    assert_eq!(roles(Role::may_count), [2, 3, 4, 8]);
}

#[test]
fn what_a_flag_may_stand_on_and_what_an_exit_means_is_pinned() {
    let kinds = |subject| -> Vec<u8> {
        let all = FlagKind::ALL
            .iter()
            .filter(|kind| kind.may_stand_on(subject));
        all.map(|kind| kind.code()).collect()
    };
    assert_eq!(kinds(FlagSubject::Lot), [1, 2, 3, 4, 6, 7, 8, 9]);
    assert_eq!(kinds(FlagSubject::Container), [5, 6, 7, 8]);
    assert_eq!(kinds(FlagSubject::Pack), [5, 6, 7, 8]);
    let exits = |may: fn(ExitKind) -> bool| -> Vec<u8> {
        let all = ExitKind::ALL.iter().filter(|kind| may(**kind));
        all.map(|kind| kind.code()).collect()
    };
    assert_eq!(exits(ExitKind::is_use), [1, 2, 3, 5]);
    assert_eq!(exits(ExitKind::may_be_undone), [1, 2, 3, 5, 6]);
}

#[test]
fn who_sees_allocations_and_who_must_not_is_pinned() {
    let roles = |may: fn(TrialRole) -> bool| -> Vec<u8> {
        let all = TrialRole::ALL.iter().filter(|role| may(**role));
        all.map(|role| role.code()).collect()
    };
    assert_eq!(roles(TrialRole::sees_allocations), [6, 8]);
    assert_eq!(roles(TrialRole::is_blinded), [1, 2, 3, 4, 5, 7]);
    assert_eq!(roles(|role| role.is_of_site() == Some(true)), [2, 3]);
    assert_eq!(roles(|role| role.is_of_site().is_none()), [4, 6]);
}
