//! Each refusal of one keeper, in the order of the checks.

use super::network::{CHAIN, OPENING, Peers, Reader, Receiver, Sender, run};
use crate::wire::{Answer, Ask, Body, Message};
use crate::{OpenRequest, Refusal};
use commonware_cryptography::ed25519::PublicKey;
use commonware_p2p::{Receiver as _, Recipients, Sender as _};
use theriac_envelope::{PrivateKey, Suite};

/// Asks a keeper by hand, as another member would.
async fn ask((sender, receiver): &mut (Sender, Receiver), keeper: &PublicKey, ask: Ask) -> Answer {
    let body = Body::Ask(ask);
    let message = Message { number: 1, body }.encode();
    sender.send(Recipients::One(keeper.clone()), message, false);
    let (_, answer) = receiver.recv().await.expect("the network is up");
    match Message::decode(answer).expect("keepers send messages").body {
        Body::Answer(answer) => answer,
        Body::Ask(_) => panic!("nobody asks here"),
    }
}

#[test]
fn each_refusal_is_named_in_its_order() {
    run(|context| async move {
        let peers = Peers::linked(&context, 4).await;
        let node = peers.start(0).await;
        let mut by_hand = peers.register(1).await;
        let reader = Reader::new(&peers.epoch.group_key(), 1);
        let refused: Vec<(u64, Refusal)> = [
            Refusal::OpeningDenied,
            Refusal::OpeningExpired,
            Refusal::OpeningClosed,
            Refusal::RequesterUnknown,
        ]
        .into_iter()
        .zip(100..)
        .map(|(refusal, opening)| (opening, refusal))
        .collect();
        for (opening, refusal) in &refused {
            let mut entry = reader.entry();
            entry.answer = Err(*refusal);
            node.ledger.finalise(*opening, entry);
        }
        node.ledger.finalise(OPENING, reader.entry());
        let good = Ask {
            chain_id: CHAIN,
            epoch: 0,
            request: reader.request(),
        };
        let wrong_key = PrivateKey::from_seed(Suite::XWing, [1; 32])
            .public_key()
            .encode();
        let rows = [
            (changed(&good, |ask| ask.chain_id += 1), Refusal::OtherChain),
            (
                changed_request(&good, |it| it.seals.clear()),
                Refusal::SealCountOutOfRange,
            ),
            (
                changed_request(&good, |it| it.opening = 9),
                Refusal::OpeningUnknown,
            ),
            (
                changed_request(&good, |it| it.seals = vec![[7; 32]]),
                Refusal::SealsDiffer,
            ),
            (
                changed_request(&good, |it| it.seals.push([1; 32])),
                Refusal::SealsDiffer,
            ),
            (
                changed_request(&good, |it| it.key = wrong_key),
                Refusal::KeyDiffers,
            ),
            (
                changed_request(&good, |it| it.key = vec![1; 7]),
                Refusal::KeyDiffers,
            ),
            (changed(&good, |ask| ask.epoch = 5), Refusal::EpochNotHeld),
        ];
        let denied = refused
            .into_iter()
            .map(|(opening, refusal)| (changed_request(&good, |it| it.opening = opening), refusal));
        let keeper = peers.name(0);
        for (asked, refusal) in rows.into_iter().chain(denied) {
            let answer = ask(&mut by_hand, &keeper, asked).await;
            let expected = Answer::Refused {
                refusal,
                running: 0,
            };
            assert_eq!(answer, expected);
        }
        let answer = ask(&mut by_hand, &keeper, good).await;
        assert!(matches!(answer, Answer::Partials(_)), "{answer:?}");
    });
}

fn changed(good: &Ask, change: impl FnOnce(&mut Ask)) -> Ask {
    let mut ask = good.clone();
    change(&mut ask);
    ask
}

fn changed_request(good: &Ask, change: impl FnOnce(&mut OpenRequest)) -> Ask {
    changed(good, |ask| change(&mut ask.request))
}

#[test]
fn a_revocation_that_is_final_at_the_keeper_closes_an_admitted_opening() {
    run(|context| async move {
        let peers = Peers::linked(&context, 4).await;
        let nodes = peers.start_all(4).await;
        let reader = Reader::new(&peers.epoch.group_key(), 1);
        nodes
            .iter()
            .for_each(|node| node.ledger.finalise(OPENING, reader.entry()));
        let mut closed = reader.entry();
        closed.answer = Err(Refusal::OpeningClosed);
        // Two of four have finalised the revocation: no quorum answers any more.
        for node in &nodes[..2] {
            node.ledger.finalise(OPENING, closed.clone());
        }
        for node in &nodes {
            let opened = node
                .mailbox
                .open(reader.request(), None, false)
                .await
                .expect("runs");
            assert!(!reader.opens(&peers.epoch.committee(), &opened));
            assert!(opened.answers.len() < opened.needed);
        }
    });
}

#[test]
fn every_refusal_has_a_name_of_its_own_and_comes_back_from_its_byte() {
    let mut names = std::collections::BTreeSet::new();
    for refusal in Refusal::ALL {
        assert!(names.insert(refusal.name()));
        assert_eq!(Refusal::from_code(*refusal as u8), Some(*refusal));
        assert!(!refusal.to_string().ends_with('.'));
    }
    assert_eq!(Refusal::from_code(0), None);
    assert_eq!(Refusal::from_code(16), None);
}
