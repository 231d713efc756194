//! A holder asks the manufacturer, over a real port.

use crate::support::{GTIN, NOW_MS, World, desk_of, scan, settings};
use theriac_contracts::{OrganisationId, codes::FlagKind};
use theriac_gateway::{
    Config, Gateway, Packs, Partner, Reach, Right, Running, TokenHash,
    packs::{
        Cause, Target,
        desk::{AskWhen, Settings},
        label::Label,
        messaging::{AskFailure, Information, ManufacturerAnswer, Reason, Requester},
    },
};

const TOKEN: &str = "the pharmacy's token";

/// The maker's gateway, whose address is the responder of the product.
async fn responder(world: &World) -> Running {
    let pharmacy = Partner {
        name: "pharmacy".to_owned(),
        token: TokenHash::of(TOKEN),
        rights: [Right::Ask].into_iter().collect(),
        reach: Reach::Parties(Default::default()),
    };
    let mut config = Config::new(world.file("maker-data"), vec![pharmacy]);
    config.packs = Some(Packs {
        book: world.maker.book().folder().to_owned(),
        client: world.maker.client().clone(),
        settings: settings(),
        answers_anyone: false,
    });
    Gateway::start(config).await.unwrap()
}

/// Asks the maker's gateway instead of the address that the ledger has.
fn asking(running: &Running) -> Settings {
    let address = format!("http://{}", running.address());
    Settings {
        ask: AskWhen::Always,
        requester: Requester {
            tokens: [("127.0.0.1".to_owned(), TOKEN.to_owned())].into(),
            instead: [("https://maker.example/vrs".to_owned(), address)].into(),
            inside: vec!["127.0.0.1".to_owned()],
            ..Requester::default()
        },
        ..settings()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_manufacturer_verifies_what_it_sold_and_nothing_else() {
    let mut world = World::start().await;
    world.supplied("L7", 3).await;
    let running = responder(&world).await;
    let desk = desk_of(&world.pharmacy, asking(&running));
    let scan = scan(&world.pharmacy, 0);
    let label = Label::scan(&scan).unwrap().label;
    let with = |serial: &str, lot: &str| Label::new(GTIN, serial, lot, "271100").unwrap();
    let rows = [
        (scan.clone(), None),
        (
            with("X1", "L7").bracketed(),
            Some(Reason::NoMatchGtinSerial),
        ),
        (
            with(label.serial(), "L9").bracketed(),
            Some(Reason::NoMatchGtinSerialLot),
        ),
    ];
    for (scan, reason) in rows {
        let verified = desk.verify(&scan, NOW_MS).await.unwrap();
        let Some(ManufacturerAnswer::Answered(response)) = &verified.manufacturer else {
            panic!("it answers: {verified:?}");
        };
        assert_eq!(response.responder, "4012345000009");
        assert_eq!(
            (response.is_verified, response.reason),
            (reason.is_none(), reason)
        );
        let no = reason.map(|reason| Cause::NotVerified { reason });
        assert_eq!(verified.causes.last(), no.as_ref(), "{verified:?}");
        assert!(!verified.unchecked.contains(&"what the manufacturer says"));
    }
    let target = Target::Lot {
        gtin: None,
        lot: "L7".to_owned(),
    };
    let kind = FlagKind::RecallClass2;
    assert_eq!(world.maker.flag(&target, kind).await.unwrap().len(), 1);
    let verified = desk.verify(&scan, NOW_MS).await.unwrap();
    let Some(ManufacturerAnswer::Answered(response)) = &verified.manufacturer else {
        panic!("it answers: {verified:?}");
    };
    assert_eq!(response.information, Some(Information::Recalled));
    desk.close().await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_leads_inside_is_not_asked() {
    let mut world = World::start().await;
    world.supplied("L7", 1).await;
    let running = responder(&world).await;
    let address = format!("https://{}", running.address());
    let product = GTIN.parse().unwrap();
    let maker = world.maker.client();
    let entered = maker.set_product(product, OrganisationId(1), &address);
    entered.await.unwrap();
    let mut settings = asking(&running);
    settings.requester.inside.clear();
    let desk = desk_of(&world.pharmacy, settings);
    let verified = desk.verify(&scan(&world.pharmacy, 0), NOW_MS).await;
    let verified = verified.unwrap();
    let refused = ManufacturerAnswer::Failed(AskFailure::AddressRefused);
    assert_eq!(verified.manufacturer, Some(refused));
    assert!(verified.is_fit());
    assert_eq!(verified.unchecked, ["what the manufacturer says"]);
    desk.close().await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_is_not_answered() {
    let mut world = World::start().await;
    world.supplied("L7", 1).await;
    let running = responder(&world).await;
    let mut settings = asking(&running);
    settings.requester.tokens.clear();
    let desk = desk_of(&world.pharmacy, settings);
    let verified = desk
        .verify(&scan(&world.pharmacy, 0), NOW_MS)
        .await
        .unwrap();
    let refused = ManufacturerAnswer::Failed(AskFailure::Status(401));
    assert_eq!(verified.manufacturer, Some(refused));
    running.stop().await;
    // Now nobody listens there.
    let verified = desk
        .verify(&scan(&world.pharmacy, 0), NOW_MS)
        .await
        .unwrap();
    let gone = ManufacturerAnswer::Failed(AskFailure::Unreachable);
    assert_eq!(verified.manufacturer, Some(gone));
    desk.close().await;
}
