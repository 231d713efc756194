//! What one member can make another do is bounded, and nothing that it sends is believed.

use super::network::{Node, Peers, Receiver, Sender, blob, receive, run, send};
use crate::ContentId;
use crate::wire::{Answer, Ask, Body, Refusal};
use bytes::Bytes;
use commonware_cryptography::ed25519::PublicKey;
use commonware_runtime::Clock as _;
use std::time::Duration;
use theriac_envelope::{CHUNK_BYTES, ContentTree};

/// A member whose messages are written by hand, and a vault that receives them.
struct ByHand {
    sender: Sender,
    receiver: Receiver,
    vault: PublicKey,
    node: Node,
    number: u64,
}

impl ByHand {
    async fn new(peers: &Peers, members: usize) -> Self {
        let (sender, receiver) = peers.register(0).await;
        let node = peers
            .start_with(1, members, |config| {
                config.uploads_per_member = 2;
                // Nothing but answers comes by itself.
                config.first_scrub = Duration::from_secs(1 << 30);
            })
            .await;
        Self {
            sender,
            receiver,
            vault: peers.keys[1].clone(),
            node,
            number: 0,
        }
    }

    async fn ask(&mut self, ask: Ask) -> Answer {
        self.number += 1;
        send(&mut self.sender, &self.vault, self.number, Body::Ask(ask));
        let (_, message) = receive(&mut self.receiver).await;
        assert_eq!(message.number, self.number);
        match message.body {
            Body::Answer(answer) => answer,
            Body::Ask(ask) => panic!("not an answer: {ask:?}"),
        }
    }
}

fn put(bytes: &Bytes, index: u32) -> Ask {
    let tree = ContentTree::of(bytes);
    let start = index as usize * CHUNK_BYTES;
    let chunk = bytes.slice(start..bytes.len().min(start + CHUNK_BYTES));
    Ask::Put {
        id: tree.content().id,
        path: tree.path(index).expect("a path"),
        chunk,
    }
}

#[test]
fn a_chunk_that_is_not_proven_is_refused() {
    run(|context| async move {
        let peers = Peers::linked(&context, 2).await;
        let mut member = ByHand::new(&peers, 2).await;
        let Ask::Put { id, path, chunk } = put(&blob(1, 500), 0) else {
            unreachable!("a put")
        };
        let wrong = Ask::Put {
            id,
            path: path.clone(),
            chunk: blob(2, 500),
        };
        assert_eq!(member.ask(wrong).await, Answer::Refused(Refusal::NotProven));
        let another = Ask::Put {
            id: ContentId([3; 32]),
            path,
            chunk,
        };
        assert_eq!(
            member.ask(another).await,
            Answer::Refused(Refusal::NotProven)
        );
        assert_eq!(member.node.store.list().expect("lists"), []);
    });
}

#[test]
fn chunks_are_taken_in_order_and_twice_without_harm() {
    run(|context| async move {
        let peers = Peers::linked(&context, 2).await;
        let mut member = ByHand::new(&peers, 2).await;
        let bytes = blob(1, 3 * CHUNK_BYTES);
        assert_eq!(
            member.ask(put(&bytes, 1)).await,
            Answer::Refused(Refusal::OutOfOrder)
        );
        assert_eq!(member.ask(put(&bytes, 0)).await, Answer::Taken);
        assert_eq!(
            member.ask(put(&bytes, 2)).await,
            Answer::Refused(Refusal::OutOfOrder)
        );
        // A refused chunk ends the upload: it begins again.
        assert_eq!(member.ask(put(&bytes, 0)).await, Answer::Taken);
        assert_eq!(member.ask(put(&bytes, 1)).await, Answer::Taken);
        assert_eq!(member.ask(put(&bytes, 1)).await, Answer::Taken);
        assert_eq!(member.ask(put(&bytes, 2)).await, Answer::Durable);
        assert_eq!(member.ask(put(&bytes, 0)).await, Answer::Durable);
        assert_eq!(member.node.store.usage().reserved_bytes, 0);
    });
}

#[test]
fn a_member_has_only_so_many_uploads_and_idle_ones_are_forgotten() {
    run(|context| async move {
        let peers = Peers::linked(&context, 2).await;
        let mut member = ByHand::new(&peers, 2).await;
        let blobs = [1, 2, 3].map(|mark| blob(mark, CHUNK_BYTES + 1));
        assert_eq!(member.ask(put(&blobs[0], 0)).await, Answer::Taken);
        assert_eq!(member.ask(put(&blobs[1], 0)).await, Answer::Taken);
        assert_eq!(
            member.ask(put(&blobs[2], 0)).await,
            Answer::Refused(Refusal::Busy)
        );
        context.sleep(Duration::from_secs(121)).await;
        assert_eq!(member.ask(put(&blobs[2], 0)).await, Answer::Taken);
        assert_eq!(
            member.node.store.usage().reserved_bytes,
            CHUNK_BYTES as u64 + 1
        );
    });
}

#[test]
fn a_claimed_length_above_the_limit_is_refused() {
    run(|context| async move {
        let peers = Peers::linked(&context, 2).await;
        let mut member = ByHand::new(&peers, 2).await;
        let bytes: Bytes = vec![0; (64 << 20) + 1].into();
        assert_eq!(
            member.ask(put(&bytes, 0)).await,
            Answer::Refused(Refusal::TooLarge)
        );
    });
}

#[test]
fn a_peer_that_is_no_member_gets_no_answer() {
    run(|context| async move {
        let peers = Peers::linked(&context, 3).await;
        let mut member = ByHand::new(&peers, 2).await;
        // The same vault answers member 0; peer 2 is connected but no member.
        let (mut sender, mut receiver) = peers.register(2).await;
        let id = ContentId::of(&blob(1, 10));
        member.node.store.put(&id, &blob(1, 10)).expect("stored");
        send(&mut sender, &peers.keys[1], 1, Body::Ask(Ask::Has { id }));
        let silence = context
            .timeout(Duration::from_secs(60), async move {
                receive(&mut receiver).await
            })
            .await;
        assert!(silence.is_err());
        assert_eq!(member.ask(Ask::Has { id }).await, Answer::Present);
    });
}
