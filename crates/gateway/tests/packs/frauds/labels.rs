//! Packs that bear other values than they were made with, or values that were never given.

use crate::support::{GTIN, of_lot};
use theriac_gateway::packs::{NewShipment, Papers, label::Label};

use super::{
    class::{Look, Stage},
    stall::{Stall, Who, codes, told_alone},
};

fn serial(stall: &mut Stall) -> String {
    const LETTERS: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let letter = |_| char::from(*stall.random.pick(LETTERS));
    (0..16).map(letter).collect()
}

fn label(serial: &str, lot: &str, expiry: &str) -> Label {
    Label::new(GTIN, serial, lot, expiry).unwrap()
}

/// Offers a pack and enters it as who keeps no book does: the ledger knows no better.
async fn offer(stall: &mut Stall, forged: Label) -> Vec<Look> {
    let looks = vec![stall.look(Who::Pharmacy, &forged, Stage::FirstScan).await];
    stall
        .enter_past_the_book(Who::Chemist, &forged)
        .await
        .unwrap();
    looks
}

pub(super) async fn guessed_serial(stall: &mut Stall) -> Vec<Look> {
    let pack = stall.held(Who::Pharmacy);
    let forged = label(&serial(stall), pack.lot(), pack.expiry());
    offer(stall, forged).await
}

pub(super) async fn other_lot(stall: &mut Stall) -> Vec<Look> {
    let (pack, lot) = (stall.held(Who::Pharmacy), stall.fresh_lot());
    offer(stall, label(pack.serial(), &lot, pack.expiry())).await
}

pub(super) async fn other_expiry(stall: &mut Stall) -> Vec<Look> {
    let pack = stall.held(Who::Pharmacy);
    offer(stall, label(pack.serial(), pack.lot(), "301130")).await
}

/// A lot that expired on the pharmacy's shelf; one of its packs.
async fn expired(stall: &mut Stall) -> Label {
    let lot = stall.fresh_lot();
    let made = stall.make(&lot, "261101", 6).await;
    stall.supply(&lot, 6).await;
    made[0]
}

pub(super) async fn expired_pack(stall: &mut Stall) -> Vec<Look> {
    let pack = expired(stall).await;
    vec![stall.look(Who::Pharmacy, &pack, Stage::FirstScan).await]
}

pub(super) async fn later_expiry(stall: &mut Stall) -> Vec<Look> {
    let pack = expired(stall).await;
    offer(stall, label(pack.serial(), pack.lot(), "281101")).await
}

pub(super) async fn made_up_lot(stall: &mut Stall) -> Vec<Look> {
    let (serial, lot) = (serial(stall), stall.fresh_lot());
    offer(stall, label(&serial, &lot, "281130")).await
}

/// A manufacturer makes packs of a product, and ships them to the pharmacy.
async fn rival_lot(stall: &mut Stall, gtin: &str) -> Vec<Look> {
    let (lot, file, now_ms) = (stall.fresh_lot(), stall.file(), stall.now_ms());
    let new = theriac_gateway::packs::NewPacks {
        gtin,
        lot: &lot,
        expiry: "281130",
        count: 3,
        serials: None,
        now_ms,
    };
    let made = stall.world.rival.commission(new).await.unwrap();
    let card = stall.world.pharmacy.card().unwrap();
    let new = NewShipment {
        to: &card,
        selection: of_lot(&lot, 3),
        into: None,
        papers: Papers::default(),
        file: &file,
        now_ms,
    };
    stall.world.rival.ship(new).await.unwrap();
    let package = std::fs::read(file).unwrap();
    let receipt = stall.receive(Who::Pharmacy, &package, None).await.unwrap();
    assert_eq!(receipt.packs, []);
    let mut looks = vec![told_alone(Stage::Receipt, codes(&receipt.exceptions))];
    let pack = made.labels[0];
    looks.push(stall.look(Who::Chemist, &pack, Stage::FirstScan).await);
    looks
}

pub(super) async fn lot_of_another(stall: &mut Stall) -> Vec<Look> {
    rival_lot(stall, GTIN).await
}

pub(super) async fn product_of_nobody(stall: &mut Stall) -> Vec<Look> {
    rival_lot(stall, "04012345999990").await
}

pub(super) async fn lot_of_no_manufacturer(stall: &mut Stall) -> Vec<Look> {
    let (lot, now_ms) = (stall.fresh_lot(), stall.now_ms());
    let new = theriac_gateway::packs::NewPacks {
        now_ms,
        ..crate::support::new_packs(&lot, 3)
    };
    vec![super::stall::refused(
        stall.world.wholesaler.commission(new).await,
    )]
}
