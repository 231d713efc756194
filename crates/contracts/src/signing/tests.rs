//! Tests of what is signed, against digests and a signature made by ethers 6.17.0 (`TypedDataEncoder.hash`, `signTypedData`).

use alloy_primitives::{B256, U256, address, b256, hex};
use alloy_sol_types::SolStruct;

use super::{
    Amendment, Approval, Registration, SealedAmendment, SealedRegistration, Withdrawal, domain,
};
use crate::{
    addresses::{ACCESS, RECORDS},
    testing::{Who, recover},
};

fn approval() -> Approval {
    Approval {
        organisation: "Clínica Sur".into(),
        purpose: "TREAT".into(),
        kinds: "laboratory, imaging".into(),
        expiry: 1_800_003_600,
        request: B256::repeat_byte(0x11),
        requester: address!("00000000000000000000000000000000000000aa"),
        wrap: B256::repeat_byte(0x22),
        nonce: U256::from(5),
    }
}

#[test]
fn an_approval_has_the_digest_that_ethers_computes() {
    let expected = b256!("1d30d19eec7548c64b8a8a406a2c1acdc1c61723693f24afdc9a0ac0b19b0a14");
    assert_eq!(
        approval().eip712_signing_hash(&domain(1_337, ACCESS)),
        expected
    );
}

#[test]
fn what_a_wallet_of_ethers_signed_is_the_patients() {
    let signature = hex!(
        "8e9bf14ca09f769889f0069048dd34859b58537e789ca51ec599231e74a67391"
        "0bd95b46abba633c4bcb460c6eb15655529529e4129c3e2790bff04ce861e6ae1c"
    );
    let digest = approval().eip712_signing_hash(&domain(1_337, ACCESS));
    assert_eq!(recover(digest, &signature), Some(Who::Patient.address()));
    assert_eq!(
        Who::Patient.address(),
        address!("c48B812bB43401392c037381AcA934F4069C0517")
    );
}

#[test]
fn messages_of_authors_have_the_digests_that_ethers_computes() {
    let registration = Registration {
        record: B256::repeat_byte(1),
        chart: B256::repeat_byte(2),
        commitment: B256::repeat_byte(3),
        contentId: B256::repeat_byte(4),
        wrapId: B256::repeat_byte(5),
        kind: 3,
        protection: 1,
        nonce: 6,
        deadline: 1_800_000_060,
    };
    let amendment = Amendment {
        record: B256::repeat_byte(1),
        commitment: B256::repeat_byte(3),
        contentId: B256::repeat_byte(4),
        wrapId: B256::repeat_byte(5),
        nonce: 7,
        deadline: 1_800_000_060,
    };
    let withdrawal = Withdrawal {
        record: B256::repeat_byte(1),
        nonce: 8,
        deadline: 1_800_000_060,
    };
    let domain = domain(1_337, RECORDS);
    assert_eq!(
        registration.eip712_signing_hash(&domain),
        b256!("93968a3597efabf69bb33ae6e56fbf93f8c230e67e05070cdc658efcd85f8edb"),
    );
    assert_eq!(
        amendment.eip712_signing_hash(&domain),
        b256!("7ff331931698d3046616a08905ef7326a6551db2d37213ea749d5af75618d224"),
    );
    assert_eq!(
        withdrawal.eip712_signing_hash(&domain),
        b256!("120166394fd02758dbc26405af8dab8f1646616e6b5a0d51a06e64d48737960b"),
    );
}

#[test]
fn messages_of_authors_of_sealed_records_have_the_digests_that_ethers_computes() {
    let registration = SealedRegistration {
        record: B256::repeat_byte(1),
        chart: B256::repeat_byte(2),
        commitment: B256::repeat_byte(3),
        contentId: B256::repeat_byte(4),
        wrapId: B256::repeat_byte(5),
        kind: 3,
        salt: B256::repeat_byte(6),
        sealedKey: B256::repeat_byte(7),
        nonce: 6,
        deadline: 1_800_000_060,
    };
    let amendment = SealedAmendment {
        record: B256::repeat_byte(1),
        commitment: B256::repeat_byte(3),
        contentId: B256::repeat_byte(4),
        wrapId: B256::repeat_byte(5),
        salt: B256::repeat_byte(6),
        sealedKey: B256::repeat_byte(7),
        nonce: 7,
        deadline: 1_800_000_060,
    };
    let domain = domain(1_337, RECORDS);
    assert_eq!(
        registration.eip712_signing_hash(&domain),
        b256!("920fe0fb158aa38f0e1807bf32301d3e08d28c529f54a0c564182806babb2130"),
    );
    assert_eq!(
        amendment.eip712_signing_hash(&domain),
        b256!("0c3257f86044dcd72893a53a39c96ff9010471bc00641c192f10cc38554a8046"),
    );
}
