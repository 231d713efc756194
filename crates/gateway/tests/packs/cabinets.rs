//! Controlled medicines in a cabinet: what moves, and what two people count.

use crate::support::{GTIN, World, refusal};
use alloy_primitives::B256;
use theriac_contracts::{
    OrganisationId,
    codes::{DiscrepancyOutcome, Role},
};
use theriac_gateway::packs::Moved;

const PHARMACY: usize = 3;

#[tokio::test]
async fn a_cabinet_is_balanced_counted_and_a_gap_is_explained_by_a_third() {
    let mut world = World::start().await;
    let [counter, witness, third] = [
        world.enrol(PHARMACY, Role::Pharmacist).await,
        world.enrol(PHARMACY, Role::Nurse).await,
        world.enrol(PHARMACY, Role::Pharmacist).await,
    ];
    let pharmacy = &mut world.pharmacy;
    let cabinet = pharmacy
        .open_cabinet(Some(OrganisationId(5)))
        .await
        .unwrap();
    for moved in [
        Moved::Received(50),
        Moved::Dispensed(7),
        Moved::Wasted(1),
        Moved::Returned(2),
    ] {
        pharmacy.record_moved(cabinet, GTIN, moved).await.unwrap();
    }
    assert_eq!(
        pharmacy.book().cabinet_item(cabinet, GTIN).unwrap().stock,
        40
    );
    let count = pharmacy.prepare_count(cabinet, GTIN, 40).unwrap();
    let signed = witness.witness_count(&count).await.unwrap();
    let equal = counter.enter_count(&count, &signed).await.unwrap();
    assert_eq!(equal.discrepancy, None);

    let count = pharmacy.prepare_count(cabinet, GTIN, 38).unwrap();
    let signed = witness.witness_count(&count).await.unwrap();
    let short = counter.enter_count(&count, &signed).await.unwrap();
    let number = short.discrepancy.unwrap();
    let open = counter.open_discrepancies(OrganisationId(3)).await.unwrap();
    assert_eq!(open.len(), 1);
    let report = B256::repeat_byte(7);
    let own = counter
        .explain_discrepancy(number, DiscrepancyOutcome::Loss, report)
        .await;
    assert_eq!(refusal(own.map_err(Into::into)), "OwnDiscrepancy");
    third
        .explain_discrepancy(number, DiscrepancyOutcome::Loss, report)
        .await
        .unwrap();
    assert_eq!(
        counter.open_discrepancies(OrganisationId(3)).await.unwrap(),
        []
    );
    pharmacy
        .record_moved(cabinet, GTIN, Moved::Lost(2))
        .await
        .unwrap();
    let count = pharmacy.prepare_count(cabinet, GTIN, 38).unwrap();
    let signed = witness.witness_count(&count).await.unwrap();
    assert_eq!(
        counter
            .enter_count(&count, &signed)
            .await
            .unwrap()
            .discrepancy,
        None
    );
}

#[tokio::test]
async fn no_more_goes_out_than_is_there() {
    let mut world = World::start().await;
    let cabinet = world.pharmacy.open_cabinet(None).await.unwrap();
    world
        .pharmacy
        .record_moved(cabinet, GTIN, Moved::Received(3))
        .await
        .unwrap();
    for wrong in [Moved::Dispensed(4), Moved::Received(0), Moved::Lost(-1)] {
        let refused = world.pharmacy.record_moved(cabinet, GTIN, wrong).await;
        assert_eq!(refusal(refused), "AmountsWrong");
    }
}

/// The process dies after the ledger took the movement: its blinding is in the book, and it is not recorded twice.
#[tokio::test]
async fn a_movement_that_became_final_unseen_keeps_its_blinding() {
    let mut world = World::start().await;
    let [counter, witness] = [
        world.enrol(PHARMACY, Role::Pharmacist).await,
        world.enrol(PHARMACY, Role::Pharmacist).await,
    ];
    let cabinet = world.pharmacy.open_cabinet(None).await.unwrap();
    world.break_off_after_submit(true);
    assert!(
        world
            .pharmacy
            .record_moved(cabinet, GTIN, Moved::Received(9))
            .await
            .is_err()
    );
    world.break_off_after_submit(false);
    let mut pharmacy = World::reopened(&world.pharmacy);
    assert_eq!(
        pharmacy.book().cabinet_item(cabinet, GTIN).unwrap().stock,
        0
    );
    pharmacy.settle_all().await.unwrap();
    let item = pharmacy.book().cabinet_item(cabinet, GTIN).unwrap();
    assert_eq!(item.stock, 9);
    assert_eq!(
        pharmacy
            .client()
            .balances(cabinet, item.item)
            .await
            .unwrap()
            .entries,
        1
    );
    let count = pharmacy.prepare_count(cabinet, GTIN, 9).unwrap();
    let signed = witness.witness_count(&count).await.unwrap();
    assert_eq!(
        counter
            .enter_count(&count, &signed)
            .await
            .unwrap()
            .discrepancy,
        None
    );
}
