//! Openings that straddle an epoch: partials of two epochs are never combined, and the later epoch completes them.

use super::network::{Epoch, Node, OPENING, Peers, Reader, epoch, run, said};
use crate::Refusal;

async fn two_epochs(context: &super::network::Context) -> (Peers, Vec<Node>, Epoch) {
    let peers = Peers::linked(context, 4).await;
    let nodes = peers.start_all(4).await;
    let names: Vec<_> = (0..4).map(|index| peers.name(index)).collect();
    let later = epoch(1, &names, 2);
    (peers, nodes, later)
}

#[test]
fn keepers_that_still_hold_the_earlier_share_answer_for_it() {
    run(|context| async move {
        let (peers, nodes, later) = two_epochs(&context).await;
        let reader = Reader::new(&peers.epoch.group_key(), 1);
        for (index, node) in nodes.iter().enumerate() {
            node.ledger.finalise(OPENING, reader.entry());
            if index > 1 {
                node.held.enter(&later, index);
            }
        }
        let opened = nodes[0]
            .mailbox
            .open(reader.request(), None, false)
            .await
            .expect("runs");
        assert_eq!(opened.epoch, 0);
        assert!(reader.opens(&peers.epoch.committee(), &opened));
    });
}

#[test]
fn a_keeper_that_dropped_the_earlier_share_moves_the_opening_to_the_later_epoch() {
    run(|context| async move {
        let (_peers, nodes, later) = two_epochs(&context).await;
        let reader = Reader::new(&later.group_key(), 1);
        for (index, node) in nodes.iter().enumerate() {
            node.ledger.finalise(OPENING, reader.entry());
            node.held.enter(&later, index);
            if index > 1 {
                node.held.drop_share(0);
            }
        }
        // Asked for epoch 0: two keepers have its share, two have not.
        let opened = nodes[0]
            .mailbox
            .open(reader.request(), Some(0), false)
            .await
            .expect("runs");
        assert_eq!(opened.epoch, 1);
        assert!(opened.answers.iter().all(|answer| answer.epoch == 1));
        assert!(reader.opens(&later.committee(), &opened));
    });
}

#[test]
fn a_keeper_that_is_behind_in_epochs_is_waited_for() {
    run(|context| async move {
        let (peers, nodes, later) = two_epochs(&context).await;
        let reader = Reader::new(&later.group_key(), 1);
        nodes
            .iter()
            .for_each(|node| node.ledger.finalise(OPENING, reader.entry()));
        for (index, node) in nodes.iter().enumerate().take(2) {
            node.held.enter(&later, index);
            node.held.drop_share(0);
        }
        let opened = nodes[0]
            .mailbox
            .open(reader.request(), None, false)
            .await
            .expect("runs");
        assert_eq!((opened.epoch, opened.answers.len()), (1, 2));
        assert_eq!(said(&opened), vec![Refusal::EpochNotHeld; 2]);
        nodes[3].held.enter(&later, 3);
        let opened = nodes[0]
            .mailbox
            .open(reader.request(), None, false)
            .await
            .expect("runs");
        assert!(reader.opens(&later.committee(), &opened));
        assert!(!reader.opens(&peers.epoch.committee(), &opened));
    });
}

#[test]
fn partials_of_two_epochs_do_not_open() {
    run(|context| async move {
        let (peers, nodes, later) = two_epochs(&context).await;
        let reader = Reader::new(&peers.epoch.group_key(), 1);
        for (index, node) in nodes.iter().enumerate() {
            node.ledger.finalise(OPENING, reader.entry());
            node.held.enter(&later, index);
        }
        let mailbox = &nodes[0].mailbox;
        let mut early = mailbox
            .open(reader.request(), Some(0), true)
            .await
            .expect("runs");
        let late = mailbox
            .open(reader.request(), Some(1), true)
            .await
            .expect("runs");
        assert_eq!((early.epoch, late.epoch), (0, 1));
        assert!(reader.opens(&peers.epoch.committee(), &early));
        early.answers.truncate(2);
        early.answers.extend(late.answers.into_iter().skip(2));
        for committee in [peers.epoch.committee(), later.committee()] {
            assert!(!reader.opens(&committee, &early));
        }
    });
}

#[test]
fn an_epoch_with_too_many_revealed_shares_is_refused_until_the_next_one() {
    run(|context| async move {
        let (_peers, nodes, later) = two_epochs(&context).await;
        let reader = Reader::new(&later.group_key(), 1);
        for node in &nodes {
            node.ledger.finalise(OPENING, reader.entry());
            node.held.expose(0);
        }
        let opened = nodes[0]
            .mailbox
            .open(reader.request(), None, false)
            .await
            .expect("runs");
        assert!(opened.answers.is_empty());
        let revealed = |said: &&Refusal| **said == Refusal::SharesRevealed;
        let refused = said(&opened).iter().filter(revealed).count();
        assert!(
            refused >= 2,
            "no quorum is possible then, and it is said why"
        );
        for (index, node) in nodes.iter().enumerate() {
            node.held.enter(&later, index);
        }
        let opened = nodes[0]
            .mailbox
            .open(reader.request(), Some(0), false)
            .await
            .expect("runs");
        assert_eq!(opened.epoch, 1);
        assert!(reader.opens(&later.committee(), &opened));
    });
}
