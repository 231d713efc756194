//! A quorum of keepers that hold the opening as final opens it; fewer do not.

use super::network::{OPENING, Peers, Reader, bytes, run, said};
use crate::{Limits, Refusal};
use commonware_runtime::{Clock as _, Spawner as _, Supervisor as _};
use std::time::Duration;
use theriac_envelope::seal::{Fault, OpenError};

#[test]
fn four_keepers_answer_a_final_opening_and_three_answers_open_it() {
    run(|context| async move {
        let peers = Peers::linked(&context, 4).await;
        let nodes = peers.start_all(4).await;
        let reader = Reader::new(&peers.epoch.group_key(), 5);
        nodes
            .iter()
            .for_each(|node| node.ledger.finalise(OPENING, reader.entry()));
        let opened = nodes[1]
            .mailbox
            .open(reader.request(), None, false)
            .await
            .expect("runs");
        assert_eq!((opened.answers.len(), opened.needed), (3, 3));
        assert!(reader.opens(&peers.epoch.committee(), &opened));
    });
}

#[test]
fn all_are_waited_for_where_all_are_wanted() {
    run(|context| async move {
        let peers = Peers::linked(&context, 4).await;
        let nodes = peers.start_all(4).await;
        let reader = Reader::new(&peers.epoch.group_key(), 1);
        nodes
            .iter()
            .for_each(|node| node.ledger.finalise(OPENING, reader.entry()));
        let opened = nodes[0]
            .mailbox
            .open(reader.request(), None, true)
            .await
            .expect("runs");
        assert_eq!(opened.answers.len(), 4);
        assert!(opened.refusals.is_empty());
    });
}

#[test]
fn f_keepers_down_do_not_prevent_an_opening_and_one_more_does() {
    run(|context| async move {
        for (n, f) in [(4, 1), (7, 2)] {
            for down in [f, f + 1] {
                let peers = Peers::linked(&context.child("peers"), n).await;
                let nodes = peers.start_all(n as usize - down).await;
                let reader = Reader::new(&peers.epoch.group_key(), 1);
                nodes
                    .iter()
                    .for_each(|node| node.ledger.finalise(OPENING, reader.entry()));
                let opened = nodes[0]
                    .mailbox
                    .open(reader.request(), None, false)
                    .await
                    .expect("runs");
                let opens = reader.opens(&peers.epoch.committee(), &opened);
                assert_eq!(opens, down == f, "{down} of {n} down");
                if down > f {
                    assert_eq!(opened.answers.len(), opened.needed - 1);
                    assert_eq!(said(&opened), vec![Refusal::Silent; down]);
                }
            }
        }
    });
}

#[test]
fn a_keeper_that_lies_is_named_and_the_others_open() {
    run(|context| async move {
        let peers = Peers::linked(&context, 4).await;
        let nodes = peers.start_all(4).await;
        let reader = Reader::new(&peers.epoch.group_key(), 2);
        nodes
            .iter()
            .for_each(|node| node.ledger.finalise(OPENING, reader.entry()));
        nodes[0].held.lie([0xee; 32]);
        let committee = peers.epoch.committee();
        // The liar is the node that was asked, so that its answer is the first.
        let opened = nodes[0]
            .mailbox
            .open(reader.request(), None, false)
            .await
            .expect("runs");
        let mut combination = reader.combination(&committee, &opened);
        let needed = OpenError::NotEnough { got: 2, needed: 3 };
        assert_eq!(combination.open().err(), Some(needed));
        let liar = combination.bad()[0];
        assert_eq!(liar.keeper, bytes(&peers.name(0)));
        assert_eq!(liar.fault, Fault::WrongPartial);
        let opened = nodes[2]
            .mailbox
            .open(reader.request(), None, true)
            .await
            .expect("runs");
        assert!(reader.opens(&committee, &opened));
    });
}

#[test]
fn a_lagging_keeper_answers_once_it_has_finalised_the_opening_and_not_before() {
    run(|context| async move {
        let peers = Peers::linked(&context, 4).await;
        let nodes = peers.start_all(4).await;
        let reader = Reader::new(&peers.epoch.group_key(), 1);
        nodes[..2]
            .iter()
            .for_each(|node| node.ledger.finalise(OPENING, reader.entry()));
        let opened = nodes[0]
            .mailbox
            .open(reader.request(), None, false)
            .await
            .expect("runs");
        assert_eq!(opened.answers.len(), 2);
        assert_eq!(said(&opened), vec![Refusal::OpeningUnknown; 2]);
        let started = context.current();
        let (ledger, entry) = (nodes[3].ledger.clone(), reader.entry());
        context.child("later").spawn(move |context| async move {
            context.sleep(Duration::from_millis(300)).await;
            ledger.finalise(OPENING, entry);
        });
        let opened = nodes[0]
            .mailbox
            .open(reader.request(), None, false)
            .await
            .expect("runs");
        assert!(reader.opens(&peers.epoch.committee(), &opened));
        let waited = context.current().duration_since(started).expect("forward");
        assert!(waited >= Duration::from_millis(300), "{waited:?}");
        assert!(waited < Duration::from_millis(500), "{waited:?}");
    });
}

#[test]
fn a_restart_between_opening_and_answer_loses_nothing() {
    run(|context| async move {
        let peers = Peers::linked(&context, 4).await;
        let mut nodes = peers.start_all(4).await;
        let reader = Reader::new(&peers.epoch.group_key(), 1);
        nodes
            .iter()
            .for_each(|node| node.ledger.finalise(OPENING, reader.entry()));
        let before = nodes[0]
            .mailbox
            .open(reader.request(), None, true)
            .await
            .expect("runs");
        assert_eq!(before.answers.len(), 4);
        let mut restarted = Vec::new();
        for (index, node) in nodes.drain(..).enumerate() {
            let disk = node.kill();
            restarted.push(peers.start_with(index, disk, Limits::default()).await);
        }
        let after = restarted[3]
            .mailbox
            .open(reader.request(), None, true)
            .await
            .expect("runs");
        assert_eq!(after.answers.len(), 4);
        let committee = peers.epoch.committee();
        assert!(reader.opens(&committee, &before) && reader.opens(&committee, &after));
    });
}

#[test]
fn a_node_that_alters_anothers_answer_is_not_believed() {
    run(|context| async move {
        let peers = Peers::linked(&context, 4).await;
        let nodes = peers.start_all(4).await;
        let reader = Reader::new(&peers.epoch.group_key(), 1);
        nodes
            .iter()
            .for_each(|node| node.ledger.finalise(OPENING, reader.entry()));
        let mut opened = nodes[0]
            .mailbox
            .open(reader.request(), None, false)
            .await
            .expect("runs");
        let last = opened.answers[1].message.len() - 1;
        opened.answers[1].message[last] ^= 1;
        let committee = peers.epoch.committee();
        let combination = reader.combination(&committee, &opened);
        assert_eq!(combination.bad()[0].fault, Fault::NotSigned);
    });
}
