//! How much one requester, and one member, may have answered.

use super::network::{CHAIN, Held, Ledger, OPENING, Peers, Reader, run, said};
use crate::limits::Rates;
use crate::wire::{Answer, Ask, Body, Message};
use crate::{Limits, Refusal};
use alloy_primitives::Address;
use commonware_p2p::{Receiver as _, Recipients, Sender as _};
use std::time::{Duration, SystemTime};

fn limits() -> Limits {
    Limits {
        openings_burst: 3,
        openings_per_second: 1,
        seals_burst: 10,
        seals_per_second: 2,
        requesters: 2,
        ..Limits::default()
    }
}

#[test]
fn a_requester_has_a_burst_of_openings_and_then_a_rate() {
    let (rates, now, one) = (Rates::new(limits()), SystemTime::UNIX_EPOCH, Address::ZERO);
    for _ in 0..3 {
        assert_eq!(rates.spend(one, 1, now), Ok(()));
    }
    assert_eq!(rates.spend(one, 1, now), Err(Refusal::TooManyRequests));
    let later = now + Duration::from_secs(1);
    assert_eq!(rates.spend(one, 1, later), Ok(()));
    assert_eq!(rates.spend(one, 1, later), Err(Refusal::TooManyRequests));
}

#[test]
fn a_requester_has_a_burst_of_seals_and_then_a_rate() {
    let (rates, now, one) = (Rates::new(limits()), SystemTime::UNIX_EPOCH, Address::ZERO);
    assert_eq!(rates.spend(one, 10, now), Ok(()));
    assert_eq!(rates.spend(one, 1, now), Err(Refusal::TooManyRequests));
    let later = now + Duration::from_secs(2);
    assert_eq!(rates.spend(one, 4, later), Ok(()));
    assert_eq!(rates.spend(one, 1, later), Err(Refusal::TooManyRequests));
}

#[test]
fn what_one_requester_spends_is_not_anothers_and_memory_is_bounded() {
    let (rates, now) = (Rates::new(limits()), SystemTime::UNIX_EPOCH);
    let [one, two, three] = [1, 2, 3].map(Address::repeat_byte);
    assert_eq!(rates.spend(one, 10, now), Ok(()));
    assert_eq!(rates.spend(two, 10, now), Ok(()));
    assert_eq!(rates.spend(three, 1, now), Err(Refusal::TooManyRequests));
    // Whoever has all of it back is forgotten.
    let later = now + Duration::from_secs(60);
    assert_eq!(rates.spend(three, 1, later), Ok(()));
}

#[test]
fn a_requester_over_its_rate_is_refused_by_name() {
    run(|context| async move {
        let peers = Peers::linked(&context, 4).await;
        let mut nodes = Vec::new();
        for index in 0..4 {
            let empty = (Ledger::default(), Held::default());
            nodes.push(peers.start_with(index, empty, limits()).await);
        }
        let reader = Reader::new(&peers.epoch.group_key(), 1);
        nodes
            .iter()
            .for_each(|node| node.ledger.finalise(OPENING, reader.entry()));
        let mailbox = &nodes[0].mailbox;
        for _ in 0..3 {
            let opened = mailbox
                .open(reader.request(), None, true)
                .await
                .expect("runs");
            assert_eq!(opened.answers.len(), 4);
        }
        let opened = mailbox
            .open(reader.request(), None, false)
            .await
            .expect("runs");
        assert!(opened.answers.len() < opened.needed);
        assert!(said(&opened).contains(&Refusal::TooManyRequests));
    });
}

#[test]
fn a_member_that_asks_too_much_at_once_is_told_to_come_again() {
    run(|context| async move {
        let peers = Peers::linked(&context, 4).await;
        let bounded = Limits {
            concurrent_requests_per_member: 0,
            ..Limits::default()
        };
        let _node = peers
            .start_with(0, (Ledger::default(), Held::default()), bounded)
            .await;
        let (mut sender, mut receiver) = peers.register(1).await;
        let reader = Reader::new(&peers.epoch.group_key(), 1);
        let body = Body::Ask(Ask {
            chain_id: CHAIN,
            epoch: 0,
            request: reader.request(),
        });
        let message = Message { number: 4, body }.encode();
        sender.send(Recipients::One(peers.name(0)), message, false);
        let (_, answer) = receiver.recv().await.expect("the network is up");
        let busy = Body::Answer(Answer::Refused {
            refusal: Refusal::Busy,
            running: 0,
        });
        let expected = Message {
            number: 4,
            body: busy,
        };
        assert_eq!(Message::decode(answer), Some(expected));
    });
}
