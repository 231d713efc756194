//! Cabinets and prescriptions.

use crate::support::GTIN;
use alloy_primitives::B256;
use theriac_contracts::codes::Role;
use theriac_gateway::packs::Moved;
use theriac_sdk::{
    account::Account,
    cabinets::{Blinding, Commitment},
    prescriptions::{NewFill, NewPrescription, SignedFill},
};

use super::{
    class::{Look, Stage},
    stall::{Stall, Who, refused},
};

const PHARMACY: usize = 3;
const CHEMIST: usize = 4;
const HOSPITAL: usize = 6;

/// A cabinet into which so many came.
async fn cabinet(stall: &mut Stall, received: i64) -> B256 {
    let pharmacy = stall.partner(Who::Pharmacy);
    let cabinet = pharmacy.open_cabinet(None).await.unwrap();
    let moved = Moved::Received(received);
    pharmacy.record_moved(cabinet, GTIN, moved).await.unwrap();
    cabinet
}

/// Two people count, and enter it.
async fn count(stall: &mut Stall, cabinet: B256, counted: i64) -> Look {
    let counter = stall.world.enrol(PHARMACY, Role::Pharmacist).await;
    let witness = stall.world.enrol(PHARMACY, Role::Nurse).await;
    let count = stall
        .partner(Who::Pharmacy)
        .prepare_count(cabinet, GTIN, counted)
        .unwrap();
    let signed = witness.witness_count(&count).await.unwrap();
    let entered = counter.enter_count(&count, &signed).await.unwrap();
    let told: Vec<_> = entered
        .discrepancy
        .iter()
        .map(|_| "Discrepancy".to_owned())
        .collect();
    Look {
        stage: Stage::Count,
        eu: told.clone(),
        told,
    }
}

/// What is recorded as waste leaves the balance whether it was thrown away or taken: the count is equal.
pub(super) async fn false_waste(stall: &mut Stall) -> Vec<Look> {
    let (received, wasted) = (stall.random.between(10, 90), stall.random.between(1, 9));
    let (received, wasted) = (received as i64, wasted as i64);
    let cabinet = cabinet(stall, received).await;
    let waste = Moved::Wasted(wasted);
    let pharmacy = stall.partner(Who::Pharmacy);
    pharmacy.record_moved(cabinet, GTIN, waste).await.unwrap();
    vec![count(stall, cabinet, received - wasted).await]
}

pub(super) async fn unrecorded_withdrawal(stall: &mut Stall) -> Vec<Look> {
    let (received, taken) = (stall.random.between(10, 90), stall.random.between(1, 9));
    let (received, taken) = (received as i64, taken as i64);
    let cabinet = cabinet(stall, received).await;
    vec![count(stall, cabinet, received - taken).await]
}

/// The patient shows the same key to two pharmacies.
pub(super) async fn prescription_shopping(stall: &mut Stall) -> Vec<Look> {
    let world = &stall.world;
    let physician = world.enrol(HOSPITAL, Role::Physician).await;
    let first = world.enrol(PHARMACY, Role::Pharmacist).await;
    let second = world.enrol(CHEMIST, Role::Pharmacist).await;
    let keys = [(); 2].map(|()| Account::generate());
    let byte = stall.random.between(1, 200) as u8;
    let blindings = [byte, byte + 1].map(|byte| Blinding::from_random(&[byte; 64]));
    let now = stall.world.seconds();
    let new = NewPrescription {
        key: keys[0].address(),
        terms: B256::repeat_byte(byte),
        fills: 2,
        quantity: Commitment::of(60, blindings[0] + blindings[1]).encode(),
        from: now,
        until: now + 86_400,
    };
    physician.prescribe(new).await.unwrap();
    let chain_id = first.chain_id().await.unwrap();
    let [dispensed, left] = blindings.map(|blinding| Commitment::of(30, blinding).encode());
    let fill = |pharmacist| NewFill {
        next: keys[1].address(),
        dispensed,
        left,
        pharmacist,
    };
    let signed = SignedFill::sign(&keys[0], fill(first.address()), chain_id);
    first.fill_prescription(&signed, B256::ZERO).await.unwrap();
    let signed = SignedFill::sign(&keys[0], fill(second.address()), chain_id);
    let again = second.fill_prescription(&signed, B256::ZERO).await;
    vec![refused(again.map_err(Into::into))]
}
