//! Members that lie about shards: never a wrong byte, and the others are not held up for good.

use super::network::{Peers, Receiver, Sender, blob, receive, run, send};
use crate::coding::{Coding, Piece, Stripe};
use crate::wire::{Answer, Ask, Body, Held, Refusal, ShardName};
use crate::{ContentId, SMALL_BYTES};
use bytes::Bytes;
use commonware_cryptography::{Hasher as _, Sha256};
use commonware_runtime::{Spawner as _, Supervisor as _};
use theriac_envelope::{CHUNK_BYTES, ContentTree};

/// How a liar makes its pieces.
#[derive(Clone, Copy)]
enum Lie {
    /// Right table, wrong bytes.
    Bytes,
    /// Pieces of another content, with a table that fits them and this content id.
    Consistent,
    /// The right piece of another place.
    Place,
}

/// Answers as the holder of shard 1 of 4 would, but for the pieces.
async fn lie(mut sender: Sender, mut receiver: Receiver, bytes: Bytes, lie: Lie) {
    let id = ContentId::of(&bytes);
    let coding = Coding::over(4).expect("members");
    let name = ShardName { coding, index: 1 };
    let other = blob(99, bytes.len());
    loop {
        let (peer, message) = receive(&mut receiver).await;
        let answer = match message.body {
            Body::Ask(Ask::Has { .. }) => Answer::Shards(vec![Held {
                name,
                length: bytes.len() as u64,
                epoch: 0,
            }]),
            Body::Ask(Ask::Leaves { .. }) => Answer::Leaves(vec![3; 96].into()),
            Body::Ask(Ask::Piece { stripe, .. }) => {
                let start = stripe as usize * CHUNK_BYTES;
                let chunk = |of: &Bytes| of.slice(start..of.len().min(start + CHUNK_BYTES));
                let right = Stripe::of(&id, coding, stripe, &chunk(&bytes));
                let wrong = Stripe::of(&id, coding, stripe, &chunk(&other));
                let (table, bytes) = match lie {
                    Lie::Bytes => (right.table, wrong.pieces[1].clone()),
                    Lie::Consistent => (wrong.table, wrong.pieces[1].clone()),
                    Lie::Place => (right.table, right.pieces[0].clone()),
                };
                Answer::Piece(Piece {
                    index: 1,
                    table,
                    bytes,
                })
            }
            Body::Ask(_) => Answer::Refused(Refusal::Failed),
            Body::Answer(_) => continue,
        };
        send(&mut sender, &peer, message.number, Body::Answer(answer));
    }
}

#[test]
fn one_liar_of_four_costs_a_piece_more_and_no_wrong_byte() {
    for how in [Lie::Bytes, Lie::Consistent, Lie::Place] {
        run(move |context| async move {
            let peers = Peers::linked(&context, 4).await;
            // Unlike the liar's other blob in every byte that matters.
            let bytes: Bytes = (0..3 << 20).map(|at: u32| (at % 241) as u8).collect();
            let id = ContentId::of(&bytes);
            let (sender, receiver) = peers.register(1).await;
            let told = bytes.clone();
            context
                .child("liar")
                .spawn(move |_| lie(sender, receiver, told, how));
            let mut nodes = Vec::new();
            for index in [0, 2, 3] {
                nodes.push(peers.start(index, 4).await);
            }
            nodes[0]
                .mailbox
                .put(None, bytes.clone())
                .await
                .expect("three hold it");
            for node in &nodes {
                assert_eq!(node.mailbox.get(id).await.expect("restored"), bytes);
            }
            // The first holds a data piece, and the liar claims the other one.
            let report = nodes[2].mailbox.scrub().await.expect("scrubbed");
            assert_eq!((report.damaged, report.failed), (0, 0));
        });
    }
}

#[test]
fn a_piece_that_is_not_proven_is_not_kept_and_a_shard_with_gaps_is_not_completed() {
    run(|context| async move {
        let peers = Peers::linked(&context, 2).await;
        let (mut sender, mut receiver) = peers.register(0).await;
        let node = peers.start(1, 2).await;
        let vault = peers.keys[1].clone();
        let mut number = 0;
        let mut ask = async |ask: Ask| {
            number += 1;
            send(&mut sender, &vault, number, Body::Ask(ask));
            let (_, message) = receive(&mut receiver).await;
            match message.body {
                Body::Answer(answer) => answer,
                Body::Ask(ask) => panic!("not an answer: {ask:?}"),
            }
        };
        let bytes = blob(1, CHUNK_BYTES + SMALL_BYTES);
        let (id, tree) = (ContentId::of(&bytes), ContentTree::of(&bytes));
        let coding = Coding::over(2).expect("members");
        let shard = ShardName { coding, index: 1 };
        let keep = |stripe: u32, damage: bool| {
            let start = stripe as usize * CHUNK_BYTES;
            let chunk = bytes.slice(start..bytes.len().min(start + CHUNK_BYTES));
            let coded = Stripe::of(&id, coding, stripe, &chunk);
            let mut piece = coded.pieces[1].to_vec();
            piece[5] ^= u8::from(damage);
            let piece = Piece {
                index: 1,
                table: coded.table,
                bytes: piece.into(),
            };
            Ask::Keep {
                id,
                coding,
                stripe,
                piece,
            }
        };
        let leaves = Bytes::copy_from_slice(tree.leaves().as_flattened());
        let outline = |from: u32, leaves: Bytes| Ask::Outline {
            id,
            shard,
            from,
            leaves,
        };
        let complete = |length: usize| Ask::Complete {
            id,
            shard,
            length: length as u64,
            epoch: 0,
            members: vec![0; 64].into(),
        };
        let refused = |refusal| Answer::Refused(refusal);
        assert_eq!(ask(complete(5)).await, refused(Refusal::OutOfOrder));
        assert_eq!(ask(keep(0, true)).await, refused(Refusal::NotProven));
        assert_eq!(ask(keep(1, false)).await, Answer::Taken);
        assert_eq!(
            ask(outline(1, leaves.clone())).await,
            refused(Refusal::OutOfOrder)
        );
        assert_eq!(ask(outline(0, leaves.clone())).await, Answer::Taken);
        assert_eq!(
            ask(complete(bytes.len())).await,
            refused(Refusal::NotProven)
        );
        // Refused means forgotten: all comes again, now in full and in any order.
        assert_eq!(ask(keep(1, false)).await, Answer::Taken);
        assert_eq!(ask(keep(0, false)).await, Answer::Taken);
        assert_eq!(ask(keep(0, false)).await, Answer::Taken);
        let wrong = Sha256::hash(&[b"not a leaf"]).0.to_vec();
        assert_eq!(ask(outline(0, wrong.into())).await, Answer::Taken);
        assert_eq!(ask(outline(0, leaves)).await, Answer::Taken);
        assert_eq!(ask(complete(bytes.len())).await, Answer::Durable);
        assert_eq!(ask(complete(bytes.len())).await, Answer::Durable);
        assert_eq!(ask(keep(0, false)).await, Answer::Durable);
        assert_eq!(node.store.usage().shards, 1);
        assert_eq!(node.store.usage().reserved_bytes, 0);
    });
}
