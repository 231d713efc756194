//! A prescription with two fills, of which each is taken once.

use crate::support::{World, refusal};
use alloy_primitives::{Address, B256};
use theriac_contracts::codes::Role;
use theriac_sdk::{
    account::Account,
    cabinets::{Blinding, Commitment},
    prescriptions::{NewFill, NewPrescription, SignedFill},
};

const PHARMACY: usize = 3;
const CHEMIST: usize = 4;
const HOSPITAL: usize = 6;

#[tokio::test]
async fn each_fill_is_taken_by_one_pharmacy_alone() {
    let world = World::start().await;
    let physician = world.enrol(HOSPITAL, Role::Physician).await;
    let pharmacist = world.enrol(PHARMACY, Role::Pharmacist).await;
    let chemist = world.enrol(CHEMIST, Role::Pharmacist).await;
    let [first, second] = [(); 2].map(|()| Account::generate());
    let blindings = [1, 2].map(|byte| Blinding::from_random(&[byte; 64]));
    let all = blindings[0] + blindings[1];
    let now = world.seconds();
    let new = NewPrescription {
        key: first.address(),
        terms: B256::repeat_byte(1),
        fills: 2,
        quantity: Commitment::of(60, all).encode(),
        from: now,
        until: now + 86_400,
    };
    physician.prescribe(new).await.unwrap();
    let chain_id = pharmacist.chain_id().await.unwrap();
    let [dispensed, left] = blindings.map(|blinding| Commitment::of(30, blinding).encode());
    let fill = NewFill {
        next: second.address(),
        dispensed,
        left,
        pharmacist: pharmacist.address(),
    };
    let signed = SignedFill::sign(&first, fill, chain_id);
    let other = chemist.fill_prescription(&signed, B256::ZERO).await;
    assert_eq!(refusal(other.map_err(Into::into)), "NotSignedByKey");
    pharmacist
        .fill_prescription(&signed, B256::ZERO)
        .await
        .unwrap();
    let again = SignedFill::sign(
        &first,
        NewFill {
            pharmacist: chemist.address(),
            ..fill
        },
        chain_id,
    );
    let taken = chemist.fill_prescription(&again, B256::ZERO).await;
    assert_eq!(refusal(taken.map_err(Into::into)), "FillTaken");
    let spent = chemist.fill_of(first.address()).await.unwrap().unwrap();
    assert_eq!(spent.pharmacist, pharmacist.address());

    let last = NewFill {
        next: Address::ZERO,
        dispensed: left,
        left: B256::ZERO,
        pharmacist: chemist.address(),
    };
    let signed = SignedFill::sign(&second, last, chain_id);
    chemist
        .fill_prescription(&signed, B256::ZERO)
        .await
        .unwrap();
    let prescription = chemist.prescription(first.address()).await.unwrap();
    assert_eq!(
        (prescription.fillsLeft, prescription.current),
        (0, Address::ZERO)
    );
}
