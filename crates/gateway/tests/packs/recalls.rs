//! A recall from the flag to the manufacturer's list of who answered.

use crate::support::{NOW_MS, World, of_lot, refusal, send};
use theriac_contracts::codes::FlagKind;
use theriac_gateway::book::Form;
use theriac_gateway::packs::{
    Partner, Target,
    book::{PullCounts, PullState},
    recall::{AckFault, RecallAck, RecallStatus},
};

const PHARMACY: &str = "4012345000023";
const LOT: (Option<&str>, &str) = (None, "L7");

async fn recall(world: &mut World) {
    let target = Target::Lot {
        gtin: None,
        lot: "L7".to_owned(),
    };
    world
        .maker
        .flag(&target, FlagKind::RecallClass1)
        .await
        .unwrap();
}

/// Four packs went over the wholesaler, who kept one, to the pharmacy; three went from the maker to the chemist.
async fn supplied(world: &mut World) {
    world.supplied("L7", 4).await;
    let folder = world.folder.path().to_owned();
    send(
        &mut world.maker,
        &mut world.chemist,
        (of_lot("L7", 3), &folder),
    )
    .await;
}

fn scans(partner: &Partner) -> Vec<String> {
    let held = partner.book().held().unwrap();
    held.iter().map(|pack| pack.label.bracketed()).collect()
}

fn ack(partner: &Partner) -> Vec<u8> {
    partner
        .acknowledge(LOT, NOW_MS)
        .unwrap()
        .to_json()
        .into_bytes()
}

async fn status(world: &World, acks: &[Vec<u8>]) -> RecallStatus {
    world.maker.recall_status(LOT, acks).await.unwrap()
}

#[tokio::test]
async fn a_matched_recall_is_a_task_until_each_pack_is_pulled_or_not_found() {
    let mut world = World::start().await;
    supplied(&mut world).await;
    let held = scans(&world.pharmacy);
    world.pharmacy.dispense(&held[0], NOW_MS).await.unwrap();
    assert_eq!(refusal(world.pharmacy.pull(&held[1])), "NotRecalled");
    recall(&mut world).await;
    world.pharmacy.watch().await.unwrap();
    let task = world.pharmacy.recalls().unwrap().pop().unwrap();
    assert_eq!((task.lot.lot.as_str(), task.to_pull.len()), ("L7", 3));

    let pulled = world.pharmacy.pull(&held[1]).unwrap();
    assert_eq!(pulled.flags, [task.flag.number]);
    assert_eq!(refusal(world.pharmacy.pull(&held[1])), "NotRecalled");
    assert_eq!(world.pharmacy.not_found(None, "L7").unwrap(), 2);
    assert_eq!(world.pharmacy.not_found(None, "L7").unwrap(), 0);
    // One of them turns up after all.
    world.pharmacy.pull(&held[2]).unwrap();
    world.pharmacy.watch().await.unwrap();
    let expected = PullCounts {
        to_pull: 0,
        pulled: 2,
        not_found: 1,
        dispensed: 1,
        sent_on: 0,
    };
    let task = world.pharmacy.recalls().unwrap().pop().unwrap();
    assert_eq!(task.counts, expected);
    let ack = world.pharmacy.acknowledge(LOT, NOW_MS).unwrap();
    assert!(ack.is_signed());
    assert_eq!((ack.pulled, ack.not_found, ack.dispensed), (2, 1, 1));
}

#[tokio::test]
async fn the_manufacturer_sees_who_answered_and_who_of_its_buyers_is_open() {
    let mut world = World::start().await;
    supplied(&mut world).await;
    recall(&mut world).await;
    let before = status(&world, &[]).await;
    let open: Vec<_> = before
        .open
        .iter()
        .map(|buyer| (buyer.organisation, buyer.packs))
        .collect();
    assert_eq!(open, [(2, 5), (4, 3)]);

    for partner in [&mut world.wholesaler, &mut world.pharmacy] {
        partner.watch().await.unwrap();
    }
    let acks = [ack(&world.wholesaler), ack(&world.pharmacy)];
    let after = status(&world, &acks).await;
    let open: Vec<_> = after.open.iter().map(|buyer| buyer.organisation).collect();
    assert_eq!(open, [4]);
    assert_eq!(
        after.answered.len(),
        2,
        "the pharmacy is no direct buyer, and answered"
    );
    assert_eq!((after.counts.to_pull, after.counts.sent_on), (5, 4));
    assert_eq!(after.rejected, []);

    let pack = scans(&world.pharmacy).remove(0);
    world.pharmacy.pull(&pack).unwrap();
    let later = world.pharmacy.acknowledge(LOT, NOW_MS + 1).unwrap();
    let acks = [
        later.to_json().into_bytes(),
        acks[0].clone(),
        acks[1].clone(),
    ];
    let last = status(&world, &acks).await;
    assert_eq!((last.counts.to_pull, last.counts.pulled), (4, 1));
}

#[tokio::test]
async fn an_acknowledgement_is_read_by_the_manufacturer_alone_where_it_is_encrypted() {
    let mut world = World::start().await;
    supplied(&mut world).await;
    recall(&mut world).await;
    world.chemist.watch().await.unwrap();
    let ack = world.chemist.acknowledge(LOT, NOW_MS).unwrap();
    let card = world.maker.card().unwrap();
    let sealed = world
        .chemist
        .seal_acknowledgement(&ack, &card)
        .await
        .unwrap();
    let read = status(&world, &[sealed.clone()]).await;
    assert_eq!(read.answered, [ack.clone()]);
    let other = world
        .wholesaler
        .recall_status(LOT, &[sealed])
        .await
        .unwrap();
    assert_eq!(other.rejected[0].fault, AckFault::DoesNotOpen);
    let wrong = world.wholesaler.card().unwrap();
    let refused = world.chemist.seal_acknowledgement(&ack, &wrong).await;
    assert_eq!(refusal(refused), "CardNotOfLedger");
}

#[tokio::test]
async fn an_acknowledgement_that_does_not_count_is_told_with_its_reason() {
    let mut world = World::start().await;
    supplied(&mut world).await;
    recall(&mut world).await;
    world.pharmacy.watch().await.unwrap();
    let good = world.pharmacy.acknowledge(LOT, NOW_MS).unwrap();
    let with = |change: &dyn Fn(&mut RecallAck)| {
        let mut ack = good.clone();
        change(&mut ack);
        ack.to_json().into_bytes()
    };
    let signed = |mut ack: RecallAck| {
        let account = world.pharmacy.client().account().unwrap();
        ack.signature = account.sign_message(&ack.text()).to_vec().into();
        ack.to_json().into_bytes()
    };
    let mut foreign = good.clone();
    foreign.from.organisation = 4;
    let cases = [
        (with(&|ack| ack.pulled = 4), AckFault::NotSigned),
        (
            with(&|ack| ack.signature = vec![0; 65].into()),
            AckFault::NotSigned,
        ),
        (
            with(&|ack| ack.chain_id = 1),
            AckFault::OfAnother("network"),
        ),
        (
            with(&|ack| ack.root = Default::default()),
            AckFault::OfAnother("lot"),
        ),
        (with(&|ack| ack.to = 2), AckFault::OfAnother("manufacturer")),
        (with(&|ack| ack.flag = 99), AckFault::NoRecall(99)),
        (signed(foreign), AckFault::NotOfOrganisation(4)),
        (b"\x01 no package".to_vec(), AckFault::DoesNotOpen),
        (Vec::new(), AckFault::DoesNotOpen),
    ];
    for (bytes, fault) in cases {
        let told = status(&world, &[bytes]).await;
        let faults: Vec<_> = told.rejected.iter().map(|one| &one.fault).collect();
        assert_eq!(faults, [&fault]);
        assert_eq!(told.answered, []);
    }
    let malformed = status(&world, &[b"{}".to_vec()]).await;
    assert!(matches!(malformed.rejected[0].fault, AckFault::Form(_)));
    assert_eq!(good.from.gln, PHARMACY);
}

#[tokio::test]
async fn who_saw_no_recall_acknowledges_none() {
    let mut world = World::start().await;
    supplied(&mut world).await;
    assert_eq!(
        refusal(world.pharmacy.acknowledge(LOT, NOW_MS)),
        "NotRecalled"
    );
    recall(&mut world).await;
    world.pharmacy.watch().await.unwrap();
    let number = world.pharmacy.recalls().unwrap()[0].flag.number;
    world.maker.clear(number).await.unwrap();
    world.pharmacy.watch().await.unwrap();
    assert!(world.pharmacy.recalls().unwrap()[0].flag.is_cleared);
    assert_eq!(
        refusal(world.pharmacy.acknowledge(LOT, NOW_MS)),
        "NotRecalled"
    );
}

#[test]
fn a_pulled_pack_is_never_anything_else() {
    let all = [PullState::ToPull, PullState::Pulled, PullState::NotFound];
    for next in all {
        assert!(!PullState::Pulled.may_become(next));
        assert!(!next.may_become(PullState::ToPull));
        assert_eq!(
            next.may_become(PullState::Pulled),
            next != PullState::Pulled
        );
    }
    assert!(PullState::ToPull.may_become(PullState::NotFound));
}
