//! Tests of what a delegate may do and may not.

use alloy_primitives::{B256, U256};

use crate::{
    Refusal,
    addresses::{ACCESS, DELEGATION, RECORDS, SEALS},
    codes::{Basis, EntryKind, Kind, Kinds, Purpose, RequestStatus},
    delegation::acts_for,
    interfaces::{
        IAccess::{
            Rule, approvalDigestCall, approveCall, approveSignedByDelegateCall, denyCall,
            fulfilCall, grantCall, removeRuleCall, requestCall, requestsCall, revokeCall,
            rulesCall, setRuleCall,
        },
        IDelegation::{appointCall, dismissCall},
        IRecords::chartCall,
        ISeals::openCall,
    },
    testing::{
        CHART, DELAY, EXPIRY, IMAGE, SEALED, SEALED_SUMMARY, START, WRAP, Who, World, opening,
        proxy, question,
    },
};

/// The insurer's agent is the patient's proxy for laboratory results and treatment.
fn with_proxy() -> World {
    let mut world = World::guarded();
    world.ok(Who::Patient, DELEGATION, &proxy());
    world
}

fn acts(world: &mut World, account: Who, kinds: Kinds, purpose: u8) -> bool {
    acts_for(&mut world.host, CHART, account.address(), kinds, purpose).expect("memory")
}

#[test]
fn a_delegate_acts_within_kinds_purposes_and_time() {
    let mut world = with_proxy();
    let laboratory = Kind::Laboratory.bit();
    let both: Kinds = [Kind::Laboratory, Kind::Imaging].into_iter().collect();
    let treatment = Purpose::Treatment.code();
    assert!(acts(&mut world, Who::Agent, laboratory, treatment));
    assert!(!acts(&mut world, Who::Agent, both, treatment));
    assert!(!acts(
        &mut world,
        Who::Agent,
        laboratory,
        Purpose::Payment.code()
    ));
    assert!(!acts(&mut world, Who::Nurse, laboratory, treatment));
    let wide = appointCall {
        kinds: 0,
        purposes: 0,
        from: START + 10,
        ..proxy()
    };
    world.ok(Who::Patient, DELEGATION, &wide);
    for (seconds, expected) in [
        (9, false),
        (10, true),
        (EXPIRY - START - 1, true),
        (EXPIRY - START, false),
    ] {
        world.after(seconds);
        assert_eq!(
            acts(&mut world, Who::Agent, both, Purpose::Payment.code()),
            expected
        );
    }
}

#[test]
fn a_guardian_ends_with_majority() {
    let mut world = World::with_records();
    let call = appointCall {
        kind: 1,
        until: 0,
        majority: START + 100,
        ..proxy()
    };
    world.ok(Who::Patient, DELEGATION, &call);
    let (kinds, purpose) = (Kind::Laboratory.bit(), Purpose::Treatment.code());
    world.after(99);
    assert!(acts(&mut world, Who::Agent, kinds, purpose));
    world.after(100);
    assert!(!acts(&mut world, Who::Agent, kinds, purpose));
    assert!(!crate::is_party(&mut world.host, CHART, Who::Agent.address()).expect("memory"));
}

#[test]
fn a_delegate_decides_requests_in_her_own_name() {
    let mut world = with_proxy();
    let (first, second) = (world.ask(), world.ask());
    world.ok(
        Who::Agent,
        ACCESS,
        &approveCall {
            id: first,
            wrap: WRAP,
        },
    );
    world.ok(Who::Agent, ACCESS, &revokeCall { id: first });
    world.ok(Who::Agent, ACCESS, &denyCall { id: second });
    let told: Vec<_> = world
        .log_of(CHART)
        .iter()
        .filter(|entry| entry.actor == Who::Agent.address())
        .map(|entry| entry.kind)
        .collect();
    let expected = [EntryKind::Approved, EntryKind::Revoked, EntryKind::Denied];
    assert_eq!(told, expected.map(|kind| kind.code()));
    let admitted = world.admitted();
    world.ok(
        Who::Agent,
        ACCESS,
        &fulfilCall {
            id: admitted,
            wrap: WRAP,
        },
    );
    assert_eq!(world.status(admitted), RequestStatus::Granted);
}

#[test]
fn a_delegate_decides_nothing_outside_of_her_kinds_and_purposes() {
    let mut world = with_proxy();
    let image = requestCall {
        record: IMAGE,
        kinds: 0,
        ..question()
    };
    let payment = requestCall {
        purpose: Purpose::Payment.code(),
        ..question()
    };
    for call in [image, payment] {
        let id = world.ok(Who::Nurse, ACCESS, &call).id;
        let approve = approveCall { id, wrap: WRAP };
        world.refuses(Who::Agent, ACCESS, &approve, Refusal::NotTheController);
        world.refuses(
            Who::Agent,
            ACCESS,
            &denyCall { id },
            Refusal::NotTheController,
        );
        world.refuses(
            Who::Agent,
            ACCESS,
            &revokeCall { id },
            Refusal::NotTheController,
        );
        let fulfil = fulfilCall { id, wrap: WRAP };
        world.refuses(Who::Agent, ACCESS, &fulfil, Refusal::NotTheController);
    }
}

#[test]
fn a_delegate_does_not_decide_her_own_request() {
    let mut world = with_proxy();
    let id = world.ok(Who::Agent, ACCESS, &question()).id;
    let approve = approveCall { id, wrap: WRAP };
    world.refuses(Who::Agent, ACCESS, &approve, Refusal::NotTheController);
    let call = signed(&mut world, id);
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::NotADelegate);
}

#[test]
fn a_delegate_sets_no_rule_grants_nothing_and_appoints_nobody() {
    let mut world = with_proxy();
    world.admitted();
    let rule = Rule {
        effect: 2,
        ..Rule::default()
    };
    let set = setRuleCall {
        chart: CHART,
        index: 0,
        rule,
    };
    world.refuses(Who::Agent, ACCESS, &set, Refusal::NotTheController);
    let remove = removeRuleCall {
        chart: CHART,
        index: 0,
    };
    world.refuses(Who::Agent, ACCESS, &remove, Refusal::NotTheController);
    let grant = grantCall {
        chart: CHART,
        grantee: Who::Nurse.address(),
        record: B256::ZERO,
        purpose: 1,
        kinds: Kind::Laboratory.bit().0,
        expiry: EXPIRY,
        key: WRAP,
        wrap: WRAP,
    };
    world.refuses(Who::Agent, ACCESS, &grant, Refusal::NotTheController);
    let appoint = appointCall {
        delegate: Who::Nurse.address(),
        ..proxy()
    };
    world.refuses(Who::Agent, DELEGATION, &appoint, Refusal::NotTheController);
    let longer = appointCall {
        until: EXPIRY * 2,
        ..proxy()
    };
    world.refuses(Who::Agent, DELEGATION, &longer, Refusal::NotTheController);
}

/// What the agent's wallet signs to approve.
fn signed(world: &mut World, id: B256) -> approveSignedByDelegateCall {
    let nonce = U256::from(3);
    let view = approvalDigestCall {
        id,
        wrap: WRAP,
        nonce,
    };
    let digest = world.ok(Who::Agent, ACCESS, &view);
    approveSignedByDelegateCall {
        id,
        delegate: Who::Agent.address(),
        wrap: WRAP,
        nonce,
        signature: Who::Agent.sign(digest),
    }
}

#[test]
fn approve_signed_by_delegate_refuses_in_the_documented_order() {
    let mut world = with_proxy();
    let (first, second) = (world.ask(), world.ask());
    let used = signed(&mut world, first);
    world.ok(Who::Stranger, ACCESS, &used);
    let mut call = approveSignedByDelegateCall {
        id: B256::repeat_byte(0xdd),
        delegate: Who::Nurse.address(),
        wrap: B256::ZERO,
        nonce: U256::from(3),
        signature: vec![1; 1_025].into(),
    };
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::RequestUnknown);
    call.id = first;
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::RequestDecided);
    call.id = second;
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::WrapMissing);
    call.wrap = WRAP;
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::NotADelegate);
    call.delegate = Who::Agent.address();
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::SignatureTooLong);
    call.signature = used.signature;
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::ApprovalReplayed);
    call.nonce = U256::from(4);
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::NotSignedByDelegate);
    let dismiss = dismissCall {
        chart: CHART,
        delegate: Who::Agent.address(),
    };
    let good = signed(&mut world, second);
    world.ok(Who::Patient, DELEGATION, &dismiss);
    world.refuses(Who::Stranger, ACCESS, &good, Refusal::NotADelegate);
}

#[test]
fn the_signature_of_a_delegate_is_not_the_controllers() {
    let mut world = with_proxy();
    let id = world.ask();
    let call = signed(&mut world, id);
    let plain = crate::interfaces::IAccess::approveSignedCall {
        id,
        wrap: call.wrap,
        nonce: call.nonce,
        signature: call.signature.clone(),
    };
    world.refuses(Who::Agent, ACCESS, &plain, Refusal::NotSignedByController);
    world.ok(Who::Stranger, ACCESS, &call);
    let entry = world.log_of(CHART).pop().expect("an entry");
    assert_eq!((entry.kind, entry.actor), (4, Who::Agent.address()));
}

#[test]
fn a_delegate_is_a_party_who_sees_requests_and_no_rules() {
    let mut world = with_proxy();
    world.ask();
    let requests = requestsCall {
        chart: CHART,
        from: 0,
        limit: 10,
    };
    assert_eq!(world.ok(Who::Agent, ACCESS, &requests).total, 1);
    world.ok(Who::Agent, RECORDS, &chartCall { id: CHART });
    let rules = rulesCall {
        chart: CHART,
        from: 0,
        limit: 10,
    };
    world.refuses(Who::Agent, ACCESS, &rules, Refusal::NotTheController);
}

#[test]
fn nobody_acts_for_a_frozen_key_and_delegates_stay_when_control_moves() {
    let mut world = with_proxy();
    let id = world.ask();
    let (kinds, purpose) = (Kind::Laboratory.bit(), Purpose::Treatment.code());
    world.freeze_patient();
    assert!(!acts(&mut world, Who::Agent, kinds, purpose));
    world.refuses(
        Who::Agent,
        ACCESS,
        &denyCall { id },
        Refusal::NotTheController,
    );
    world.approve_successor(Who::Nurse, Who::Successor);
    world.after(DELAY).execute(Who::Patient);
    assert!(acts(&mut world, Who::Agent, kinds, purpose));
    world.ok(Who::Agent, ACCESS, &denyCall { id });
    let dismiss = dismissCall {
        chart: CHART,
        delegate: Who::Agent.address(),
    };
    world.ok(Who::Successor, DELEGATION, &dismiss);
}

#[test]
fn a_delegate_whose_enrolment_ended_does_not_act() {
    let mut world = with_proxy();
    world.end(Who::Insurer, Who::Agent);
    let (kinds, purpose) = (Kind::Laboratory.bit(), Purpose::Treatment.code());
    assert!(!acts(&mut world, Who::Agent, kinds, purpose));
}

#[test]
fn a_delegate_opens_sealed_records_of_her_scope_while_she_is_in_office() {
    let mut world = World::with_seals();
    world.ok(Who::Patient, DELEGATION, &proxy());
    let own = world.ok(Who::Agent, SEALS, &opening());
    assert!(own.admitted);
    let found = world.opening_at(own.opening);
    assert_eq!(found.basis, Basis::Delegate.code());
    assert!(world.keeper(own.opening, &[SEALED]).is_ok());
    let summary = openCall {
        records: vec![SEALED_SUMMARY],
        ..opening()
    };
    let denied = world.ok(Who::Agent, SEALS, &summary);
    assert!(!denied.admitted, "not her kinds");
    world.after(EXPIRY - START - 1);
    assert!(world.keeper(own.opening, &[SEALED]).is_ok());
    let dismiss = dismissCall {
        chart: CHART,
        delegate: Who::Agent.address(),
    };
    world.ok(Who::Patient, DELEGATION, &dismiss);
    let closed = world.keeper(own.opening, &[SEALED]);
    assert_eq!(closed, Err(Refusal::OpeningClosed));
}

#[test]
fn narrower_terms_close_what_was_opened_under_wider_ones() {
    let mut world = World::with_seals();
    world.ok(Who::Patient, DELEGATION, &proxy());
    let own = world.ok(Who::Agent, SEALS, &opening()).opening;
    let narrower = appointCall {
        kinds: Kind::Imaging.bit().0,
        ..proxy()
    };
    world.ok(Who::Patient, DELEGATION, &narrower);
    let closed = world.keeper(own, &[SEALED]);
    assert_eq!(closed, Err(Refusal::OpeningClosed));
}

#[test]
fn an_opening_of_a_delegate_is_answered_no_longer_than_her_delegation_lasts() {
    let mut world = World::with_seals();
    let short = appointCall {
        until: START + 60,
        ..proxy()
    };
    world.ok(Who::Patient, DELEGATION, &short);
    let own = world.ok(Who::Agent, SEALS, &opening()).opening;
    world.after(59);
    assert!(world.keeper(own, &[SEALED]).is_ok());
    world.after(60);
    let over = world.keeper(own, &[SEALED]);
    assert_eq!(over, Err(Refusal::OpeningClosed));
}
