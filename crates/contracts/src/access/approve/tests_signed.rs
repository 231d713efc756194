//! Tests of `approveSigned`.

use alloy_primitives::{B256, Bytes, U256};
use alloy_sol_types::SolStruct;

use crate::{
    CallOutcome, Refusal,
    addresses::{ACCESS, RECORDS},
    codes::{Kind, RequestStatus},
    interfaces::{
        IAccess::{
            approvalDigestCall, approvalFieldsCall, approveSignedCall, denyCall, nonceUsedCall,
            requestCall,
        },
        IRecords::openChartCall,
    },
    signing::{Approval, domain},
    testing::{EXPIRY, NAMES, START, WRAP, Who, World, question},
};

#[test]
fn approve_signed_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let first = world.ask();
    let used = world.approval(first, 1);
    world.ok(Who::Stranger, ACCESS, &used);
    let mut call = approveSignedCall {
        id: B256::repeat_byte(0xdd),
        wrap: B256::ZERO,
        nonce: U256::from(1),
        signature: Bytes::from(vec![1; 1_025]),
    };
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::RequestUnknown);
    call.id = first;
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::RequestDecided);
    call.id = world.ask();
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::WrapMissing);
    call.wrap = WRAP;
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::SignatureTooLong);
    call.signature = used.signature;
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::ApprovalReplayed);
    call.nonce = U256::from(2);
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::NotSignedByController);
    let call = world.approval(call.id, 2);
    world
        .after(EXPIRY - START)
        .refuses(Who::Patient, ACCESS, &call, Refusal::RequestExpired);
}

#[test]
fn a_signed_approval_counts_whoever_brings_it() {
    for bringer in [Who::Stranger, Who::Physician, Who::Patient, Who::Agent] {
        let mut world = World::with_records();
        let id = world.ask();
        let call = world.approval(id, 9);
        world.ok(bringer, ACCESS, &call);
        assert_eq!(world.status(id), RequestStatus::Granted);
    }
}

#[test]
fn an_approval_is_refused_for_another_request_before_and_after_it_was_counted() {
    let mut world = World::with_records();
    let (first, second) = (world.ask(), world.ask());
    let call = world.approval(first, 3);
    let replay = approveSignedCall {
        id: second,
        ..call.clone()
    };
    world.refuses(
        Who::Physician,
        ACCESS,
        &replay,
        Refusal::NotSignedByController,
    );
    world.ok(Who::Physician, ACCESS, &call);
    world.refuses(Who::Physician, ACCESS, &replay, Refusal::ApprovalReplayed);
    world.refuses(Who::Physician, ACCESS, &call, Refusal::RequestDecided);
}

#[test]
fn an_approval_that_is_tampered_with_or_from_elsewhere_is_refused() {
    let mut world = World::with_records();
    let id = world.ask();
    let good = world.approval(id, 3);
    let digest = world.ok(
        Who::Patient,
        ACCESS,
        &approvalDigestCall {
            id,
            wrap: WRAP,
            nonce: good.nonce,
        },
    );
    let flipped = |index: usize| {
        let mut signature = good.signature.to_vec();
        signature[index] ^= 1;
        approveSignedCall {
            signature: signature.into(),
            ..good.clone()
        }
    };
    for call in [
        approveSignedCall {
            wrap: B256::repeat_byte(0x78),
            ..good.clone()
        },
        approveSignedCall {
            nonce: U256::from(4),
            ..good.clone()
        },
        approveSignedCall {
            signature: Bytes::new(),
            ..good.clone()
        },
        approveSignedCall {
            signature: Who::Physician.sign(digest),
            ..good.clone()
        },
        flipped(0),
        flipped(63),
        flipped(64),
    ] {
        world.refuses(
            Who::Physician,
            ACCESS,
            &call,
            Refusal::NotSignedByController,
        );
    }
    world.host.chain_id += 1;
    world.refuses(
        Who::Physician,
        ACCESS,
        &good,
        Refusal::NotSignedByController,
    );
    world.host.chain_id -= 1;
    world.ok(Who::Physician, ACCESS, &good);
}

#[test]
fn a_high_s_twin_of_a_signature_is_refused() {
    let order = U256::from_be_bytes(secp256k1::constants::CURVE_ORDER);
    let mut world = World::with_records();
    let id = world.ask();
    let mut call = world.approval(id, 3);
    let mut signature = call.signature.to_vec();
    let s = U256::from_be_slice(&signature[32..64]);
    signature[32..64].copy_from_slice(&(order - s).to_be_bytes::<32>());
    signature[64] = 55 - signature[64];
    call.signature = signature.into();
    world.refuses(
        Who::Physician,
        ACCESS,
        &call,
        Refusal::NotSignedByController,
    );
}

#[test]
fn what_is_signed_is_composed_from_state_in_readable_words() {
    let mut world = World::with_records();
    let call = requestCall {
        record: B256::ZERO,
        kinds: Kind::Laboratory.bit().0 | Kind::Imaging.bit().0,
        ..question()
    };
    let id = world.ok(Who::Physician, ACCESS, &call).id;
    let words = world.ok(Who::Patient, ACCESS, &approvalFieldsCall { id });
    assert_eq!(
        (words.organisation.as_str(), words.purpose.as_str()),
        (NAMES[1], "TREAT")
    );
    assert_eq!(
        (words.kinds.as_str(), words.expiry),
        ("laboratory, imaging", EXPIRY)
    );
    let approval = Approval {
        organisation: NAMES[1].into(),
        purpose: "TREAT".into(),
        kinds: "laboratory, imaging".into(),
        expiry: EXPIRY,
        request: id,
        requester: Who::Physician.address(),
        wrap: WRAP,
        nonce: U256::from(5),
    };
    let view = approvalDigestCall {
        id,
        wrap: WRAP,
        nonce: U256::from(5),
    };
    let digest = world.ok(Who::Physician, ACCESS, &view);
    assert_eq!(digest, approval.eip712_signing_hash(&domain(1_337, ACCESS)));
}

#[test]
fn nonces_come_in_any_order_and_count_once() {
    let mut world = World::with_records();
    let controller = Who::Patient.address();
    for nonce in [u64::MAX, 0, 255, 256] {
        let id = world.ask();
        let view = nonceUsedCall {
            controller,
            nonce: U256::from(nonce),
        };
        assert!(!world.ok(Who::Patient, ACCESS, &view));
        let call = world.approval(id, nonce);
        world.ok(Who::Physician, ACCESS, &call);
        assert!(world.ok(Who::Patient, ACCESS, &view));
    }
}

#[test]
fn a_contract_wallet_approves_by_its_own_rule_and_anything_odd_means_no() {
    let mut world = World::new();
    let chart = crate::testing::CHART;
    let open = openChartCall {
        chart,
        controller: Who::Wallet.address(),
    };
    world.ok(Who::Author, RECORDS, &open);
    let call = requestCall {
        record: B256::ZERO,
        ..question()
    };
    let id = world.ok(Who::Physician, ACCESS, &call).id;
    let signature = Bytes::from_static(b"agreed");
    let call = approveSignedCall {
        id,
        wrap: WRAP,
        nonce: U256::ZERO,
        signature,
    };
    world.refuses(
        Who::Physician,
        ACCESS,
        &call,
        Refusal::NotSignedByController,
    );
    assert!(
        world.host.calls.is_empty(),
        "an account without code is not called"
    );

    world
        .host
        .codes
        .insert(Who::Wallet.address(), B256::repeat_byte(0xc0));
    world.refuses(
        Who::Physician,
        ACCESS,
        &call,
        Refusal::NotSignedByController,
    );
    let (target, input, gas_cap) = world.host.calls[0].clone();
    assert_eq!((target, gas_cap), (Who::Wallet.address(), 200_000));
    let magic = B256::right_padding_from(&[0x16, 0x26, 0xba, 0x7e]);
    let long = [magic.0, [0; 32]].concat();
    for answer in [
        CallOutcome::Failed,
        CallOutcome::Reverted(magic.into()),
        CallOutcome::Returned(Bytes::new()),
        CallOutcome::Returned(Bytes::from(magic[..4].to_vec())),
        CallOutcome::Returned(B256::with_last_byte(1).into()),
        CallOutcome::Returned((magic | B256::with_last_byte(1)).into()),
        CallOutcome::Returned(long.into()),
    ] {
        world.host.answers.insert((target, input.clone()), answer);
        world.refuses(
            Who::Physician,
            ACCESS,
            &call,
            Refusal::NotSignedByController,
        );
    }
    world
        .host
        .answers
        .insert((target, input), CallOutcome::Returned(magic.into()));
    world.ok(Who::Physician, ACCESS, &call);
}

#[test]
fn a_wallet_with_delegated_code_still_signs_with_its_key() {
    let mut world = World::with_records();
    world
        .host
        .codes
        .insert(Who::Patient.address(), B256::repeat_byte(0xc0));
    let id = world.ask();
    let call = world.approval(id, 1);
    world.ok(Who::Physician, ACCESS, &call);
    assert!(world.host.calls.is_empty());
}

#[test]
fn a_signature_does_not_outlive_the_denial_of_its_request() {
    let mut world = World::with_records();
    let id = world.ask();
    let call = world.approval(id, 1);
    world.ok(Who::Patient, ACCESS, &denyCall { id });
    world.refuses(Who::Physician, ACCESS, &call, Refusal::RequestDecided);
}
