//! Packages that are not what they say, and goods that are not what the package says.

use theriac_gateway::packs::{NewShipment, Papers, exception::compare, label::Label};

use super::{
    class::{Look, Stage},
    stall::{Stall, Who, code, codes, refused, tags, told_alone},
};

const DAY_MS: u64 = 86_400_000;

async fn packed(stall: &mut Stall, count: usize) -> (Vec<Label>, Vec<u8>) {
    let packs: Vec<_> = (0..count).map(|_| stall.held(Who::Wholesaler)).collect();
    let package = stall.ship(Who::Wholesaler, Who::Pharmacy, &packs).await;
    (packs, package)
}

async fn scanned(stall: &mut Stall, who: Who, package: &[u8], there: &[Label]) -> Look {
    let receipt = stall.receive(who, package, Some(there)).await.unwrap();
    told_alone(Stage::ScannedReceipt, codes(&receipt.exceptions))
}

/// Papers, and an empty box.
pub(super) async fn ghost(stall: &mut Stall) -> Vec<Look> {
    let (_, package) = packed(stall, 2).await;
    vec![scanned(stall, Who::Pharmacy, &package, &[]).await]
}

/// Who believes the papers holds what is not there, until it is counted.
pub(super) async fn inferred_ghost(stall: &mut Stall) -> Vec<Look> {
    let (packs, package) = packed(stall, 2).await;
    let receipt = stall.receive(Who::Pharmacy, &package, None).await.unwrap();
    let told = codes(&receipt.exceptions);
    vec![
        told_alone(Stage::Receipt, told),
        told_alone(Stage::Count, codes(&compare(&packs, &[]))),
    ]
}

pub(super) async fn without_data(stall: &mut Stall) -> Vec<Look> {
    let (mut there, package) = packed(stall, 1).await;
    let stowaway = stall.held(Who::Wholesaler);
    there.push(stowaway);
    let mut looks = vec![scanned(stall, Who::Pharmacy, &package, &there).await];
    looks.push(stall.look(Who::Pharmacy, &stowaway, Stage::FirstScan).await);
    looks
}

pub(super) async fn substituted(stall: &mut Stall) -> Vec<Look> {
    let (mut there, package) = packed(stall, 3).await;
    there[1] = stall.held(Who::Wholesaler);
    vec![scanned(stall, Who::Pharmacy, &package, &there).await]
}

/// The return names a pack that was bought, and another lies in the box.
pub(super) async fn foreign_return(stall: &mut Stall) -> Vec<Look> {
    let pack = stall.held(Who::Pharmacy);
    let package = stall.ship(Who::Pharmacy, Who::Wholesaler, &[pack]).await;
    let foreign = Label::new(pack.gtin(), "FOREIGN1", pack.lot(), pack.expiry()).unwrap();
    vec![scanned(stall, Who::Wholesaler, &package, &[foreign]).await]
}

/// The pharmacy dispenses, and returns the pack from a copy of its book in which it did not.
pub(super) async fn return_sold_twice(stall: &mut Stall) -> Vec<Look> {
    let pack = stall.held(Who::Pharmacy);
    let mut dishonest = stall.copy(Who::Pharmacy);
    let (scan, now_ms, file) = (stall.scan(&pack), stall.now_ms(), stall.file());
    let pharmacy = stall.partner(Who::Pharmacy);
    pharmacy.dispense(&scan, now_ms).await.unwrap();
    let card = stall.world.wholesaler.card().unwrap();
    let new = NewShipment {
        to: &card,
        selection: tags(&[pack]),
        into: None,
        papers: Papers::default(),
        file: &file,
        now_ms,
    };
    dishonest.ship(new).await.unwrap();
    let package = std::fs::read(file).unwrap();
    let receipt = stall.receive(Who::Wholesaler, &package, None).await;
    let told = codes(&receipt.unwrap().exceptions);
    let mut looks = vec![told_alone(Stage::Receipt, told)];
    looks.push(stall.look(Who::Wholesaler, &pack, Stage::FirstScan).await);
    looks
}

pub(super) async fn diversion(stall: &mut Stall) -> Vec<Look> {
    let (packs, package) = packed(stall, 2).await;
    let opened = stall.receive(Who::Chemist, &package, Some(&packs)).await;
    let told = vec![code(opened.unwrap_err())];
    let mut looks = vec![told_alone(Stage::Receipt, told)];
    looks.push(stall.look(Who::Chemist, &packs[0], Stage::FirstScan).await);
    looks
}

pub(super) async fn altered(stall: &mut Stall) -> Vec<Look> {
    let (_, mut package) = packed(stall, 1).await;
    let place = stall.random.between(40, package.len() as u64 - 1) as usize;
    package[place] ^= 1 << stall.random.below(8);
    let opened = stall.receive(Who::Pharmacy, &package, None).await;
    let told = match code(opened.unwrap_err()).as_str() {
        // A wrap that was altered looks like one to somebody else.
        "NotForYou" => "PackageAltered".to_owned(),
        other => other.to_owned(),
    };
    vec![told_alone(Stage::Receipt, vec![told])]
}

pub(super) async fn twice(stall: &mut Stall) -> Vec<Look> {
    let (_, package) = packed(stall, 1).await;
    stall.receive(Who::Pharmacy, &package, None).await.unwrap();
    let again = stall.receive(Who::Pharmacy, &package, None).await;
    vec![told_alone(Stage::Receipt, vec![code(again.unwrap_err())])]
}

/// The wholesaler hands over, and does so again from a copy of its book.
pub(super) async fn sold_twice(stall: &mut Stall) -> Vec<Look> {
    let mut dishonest = stall.copy(Who::Wholesaler);
    let (packs, package) = packed(stall, 2).await;
    let (file, now_ms) = (stall.file(), stall.now_ms());
    let card = stall.world.chemist.card().unwrap();
    let new = NewShipment {
        to: &card,
        selection: tags(&packs),
        into: None,
        papers: Papers::default(),
        file: &file,
        now_ms,
    };
    let again = dishonest.ship(new).await;
    let receipt = stall.receive(Who::Pharmacy, &package, None).await.unwrap();
    assert_eq!(receipt.exceptions, []);
    let Look { stage, told, .. } = refused(again);
    vec![told_alone(stage, told)]
}

/// The papers say that it was shipped days before the ledger was told.
pub(super) async fn back_dated(stall: &mut Stall) -> Vec<Look> {
    let pack = stall.held(Who::Wholesaler);
    let days = stall.random.between(3, 20);
    let (file, now_ms) = (stall.file(), stall.now_ms());
    let card = stall.world.pharmacy.card().unwrap();
    let new = NewShipment {
        to: &card,
        selection: tags(&[pack]),
        into: None,
        papers: Papers::default(),
        file: &file,
        now_ms: now_ms - days * DAY_MS,
    };
    stall.world.wholesaler.ship(new).await.unwrap();
    let package = std::fs::read(file).unwrap();
    let receipt = stall.receive(Who::Pharmacy, &package, None).await.unwrap();
    vec![told_alone(Stage::Receipt, codes(&receipt.exceptions))]
}

/// The receiver says that it had the pack before its sender handed it over.
pub(super) async fn back_dated_receipt(stall: &mut Stall) -> Vec<Look> {
    let (packs, package) = packed(stall, 1).await;
    stall.receive(Who::Pharmacy, &package, None).await.unwrap();
    let days = stall.random.between(3, 20);
    let (scan, now_ms) = (stall.scan(&packs[0]), stall.now_ms());
    let (way, _) = stall.partner(Who::Pharmacy).trace(&scan).await.unwrap();
    let told = |stated_ms| match way.was_held_at(stated_ms) {
        true => Vec::new(),
        false => vec!["BeforeHandOver".to_owned()],
    };
    assert_eq!(told(now_ms), Vec::<String>::new());
    vec![told_alone(Stage::Audit, told(now_ms - days * DAY_MS))]
}
