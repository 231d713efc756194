//! Fraud and tampering on real books, contracts and verification: each class is seen at the latest where its row says, never before it
//! can be, and for a reason that its row allows. Honest trade with faulty scanners goes on beside it.

mod class;
mod clones;
mod controlled;
mod document;
mod exits;
mod honest;
mod labels;
mod packages;
mod shipments;
mod stall;
mod thefts;

use class::{CLASSES, Class, Kind, Look};
use honest::Tally;
use stall::Stall;

/// Seeds of an ordinary run, and of a long one.
const SEEDS: [u64; 2] = [3, 100];

fn seeds() -> u64 {
    let is_long = std::env::var_os("THERIAC_LONG").is_some();
    SEEDS[usize::from(is_long)]
}

async fn play(kind: Kind, stall: &mut Stall) -> Vec<Look> {
    match kind {
        Kind::CloneBeforeFirst => clones::before_the_first(stall).await,
        Kind::CloneAfterFirst => clones::after_the_first(stall).await,
        Kind::CloneInTransit => clones::in_transit(stall).await,
        Kind::CloneOnTheSameShelf => clones::on_the_same_shelf(stall).await,
        Kind::DestroyedPackOffered => clones::of_a_destroyed_pack(stall).await,
        Kind::GuessedSerial => labels::guessed_serial(stall).await,
        Kind::RelabelledLot => labels::other_lot(stall).await,
        Kind::AlteredExpiry => labels::other_expiry(stall).await,
        Kind::ExtendedExpiry => labels::later_expiry(stall).await,
        Kind::ExpiredPack => labels::expired_pack(stall).await,
        Kind::MadeUpLot => labels::made_up_lot(stall).await,
        Kind::LotOfAnother => labels::lot_of_another(stall).await,
        Kind::LotOfNoManufacturer => labels::lot_of_no_manufacturer(stall).await,
        Kind::ProductOfNobody => labels::product_of_nobody(stall).await,
        Kind::BackDatedShipment => shipments::back_dated(stall).await,
        Kind::BackDatedReceipt => shipments::back_dated_receipt(stall).await,
        Kind::GhostShipment => shipments::ghost(stall).await,
        Kind::InferredGhostShipment => shipments::inferred_ghost(stall).await,
        Kind::ProductWithoutData => shipments::without_data(stall).await,
        Kind::SubstitutedPack => shipments::substituted(stall).await,
        Kind::ForeignReturn => shipments::foreign_return(stall).await,
        Kind::ReturnSoldTwice => shipments::return_sold_twice(stall).await,
        Kind::Diversion => shipments::diversion(stall).await,
        Kind::AlteredPackage => shipments::altered(stall).await,
        Kind::MadeUpPackInPackage => packages::with_a_made_up_pack(stall).await,
        Kind::ForgedWay => packages::with_another_way(stall).await,
        Kind::ForgedSender => packages::under_another_name(stall).await,
        Kind::ForgedPapers => packages::with_other_papers(stall).await,
        Kind::PackageTwice => shipments::twice(stall).await,
        Kind::SoldTwice => shipments::sold_twice(stall).await,
        Kind::TheftInTransit => thefts::in_transit(stall).await,
        Kind::TheftFromShelf => thefts::from_shelf(stall).await,
        Kind::UnnoticedTheft => thefts::unnoticed(stall).await,
        Kind::RecalledLot => thefts::recall(stall).await,
        Kind::SecondPharmacy => exits::second_pharmacy(stall).await,
        Kind::GuessedNullifier => exits::guessed_nullifier(stall).await,
        Kind::UndoByAnother => exits::undone_by_another(stall).await,
        Kind::UndoTooLate => exits::undone_too_late(stall).await,
        Kind::FalseWaste => controlled::false_waste(stall).await,
        Kind::UnrecordedWithdrawal => controlled::unrecorded_withdrawal(stall).await,
        Kind::PrescriptionShopping => controlled::prescription_shopping(stall).await,
    }
}

/// The classes in an order that the seed gives.
fn shuffled(stall: &mut Stall) -> Vec<Class> {
    let mut classes = CLASSES.to_vec();
    for place in (1..classes.len()).rev() {
        let other = stall.random.place(place + 1);
        classes.swap(place, other);
    }
    classes
}

#[tokio::test]
async fn every_class_of_fraud_is_seen_in_time_and_honest_trade_is_not_alarmed() {
    let mut tally = Tally::default();
    for seed in 0..seeds() {
        let mut stall = Stall::set(seed).await;
        for (place, class) in shuffled(&mut stall).into_iter().enumerate() {
            let looks = play(class.kind, &mut stall).await;
            class.check(&looks, seed);
            if place % 12 == 0 {
                honest::trade(&mut stall).await;
            }
            tally.add(honest::scans(&mut stall, (40, 1)).await);
        }
        tally.add(honest::each_fault(&mut stall).await);
    }
    println!(
        "{} classes, {} seeds; honest scans {}: garbled and repaired {}, told as a matter of the scanner {}, false alarms {}",
        CLASSES.len(),
        seeds(),
        tally.scans,
        tally.repaired,
        tally.unreadable,
        tally.false_alarms
    );
    assert!(tally.repaired > 0 && tally.unreadable > 0, "{tally:?}");
    assert_eq!(tally.false_alarms, 0, "{tally:?}");
}
