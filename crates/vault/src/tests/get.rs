//! A get gives the right bytes or none, whoever answers.

use super::network::{Node, Peers, blob, four, receive, run, send};
use crate::wire::{Answer, Ask, Body};
use crate::{ContentId, StoreError, VaultError};
use commonware_runtime::{Clock as _, Spawner as _, Supervisor as _};
use std::path::PathBuf;
use std::time::Duration;
use theriac_envelope::ContentTree;

fn path_of(node: &Node, id: &ContentId) -> PathBuf {
    let name = id.to_string();
    node.directory
        .path()
        .join("blobs")
        .join(&name[..2])
        .join(&name[2..4])
        .join(name)
}

/// Changes one byte of a stored file.
fn damage(node: &Node, id: &ContentId, position: usize) {
    let path = path_of(node, id);
    let mut bytes = std::fs::read(&path).expect("stored");
    bytes[position] ^= 1;
    std::fs::write(path, bytes).expect("written");
}

#[test]
fn a_node_without_the_blob_gets_it_from_another_and_keeps_it() {
    run(|context| async move {
        let (peers, nodes) = four(&context).await;
        let bytes = blob(1, (5 << 19) + 7);
        let id = ContentId::of(&bytes);
        nodes[2].store.put(&id, &bytes).expect("stored");
        peers.cut(3).await;
        assert!(!nodes[0].mailbox.has(id).await.expect("looks"));
        assert_eq!(nodes[0].mailbox.get(id).await.expect("found"), bytes);
        assert!(nodes[0].mailbox.has(id).await.expect("looks"));
    });
}

#[test]
fn a_blob_that_nobody_has_is_not_found_and_it_is_said_who_answered() {
    run(|context| async move {
        let (peers, nodes) = four(&context).await;
        peers.cut(3).await;
        let missing = nodes[0].mailbox.get(ContentId([9; 32])).await;
        assert!(
            matches!(
                missing,
                Err(VaultError::NotFound {
                    asked: 3,
                    answered: 2,
                    ..
                })
            ),
            "{missing:?}"
        );
    });
}

#[test]
fn a_member_that_answers_wrong_bytes_is_passed_over_and_the_next_is_asked() {
    run(|context| async move {
        let peers = Peers::linked(&context, 4).await;
        let bytes = blob(1, (2 << 20) + 7);
        let tree = ContentTree::of(&bytes);
        let id = tree.content().id;
        let (mut sender, mut receiver) = peers.register(1).await;
        let liar = context.child("liar").spawn({
            let (tree, bytes) = (tree.clone(), bytes.clone());
            move |_| async move {
                let mut chunks_asked = Vec::new();
                loop {
                    let (peer, message) = receive(&mut receiver).await;
                    let answer = match message.body {
                        Body::Ask(Ask::Has { .. }) => Answer::Present,
                        // The first chunk is right, the second is not.
                        Body::Ask(Ask::Chunk { index, .. }) => {
                            chunks_asked.push(index);
                            let path = tree.path(index).expect("a path");
                            let start = index as usize * (1 << 20);
                            let mut chunk = bytes[start..start + (1 << 20)].to_vec();
                            chunk[77] ^= u8::from(index == 1);
                            Answer::Chunk {
                                path,
                                chunk: chunk.into(),
                            }
                        }
                        other => panic!("not expected: {other:?}"),
                    };
                    send(&mut sender, &peer, message.number, Body::Answer(answer));
                    if chunks_asked == [0, 1] {
                        return chunks_asked;
                    }
                }
            }
        });
        peers.slow(2).await;
        let node = peers.start(0, 4).await;
        let honest = peers.start(2, 4).await;
        honest.store.put(&id, &bytes).expect("stored");
        let _third = peers.start(3, 4).await;
        assert_eq!(node.mailbox.get(id).await.expect("found"), bytes);
        assert_eq!(liar.await.expect("was asked"), [0, 1]);
        assert_eq!(node.store.get(&id).expect("reads"), Some(bytes));
    });
}

#[test]
fn only_liars_give_nothing() {
    run(|context| async move {
        let peers = Peers::linked(&context, 2).await;
        let wrong = blob(2, 500);
        let (mut sender, mut receiver) = peers.register(1).await;
        context.child("liar").spawn(move |_| async move {
            loop {
                let (peer, message) = receive(&mut receiver).await;
                let path = ContentTree::of(&wrong).path(0).expect("a path");
                let answer = match message.body {
                    Body::Ask(Ask::Chunk { .. }) => Answer::Chunk {
                        path,
                        chunk: wrong.clone(),
                    },
                    Body::Ask(_) | Body::Answer(_) => Answer::Present,
                };
                send(&mut sender, &peer, message.number, Body::Answer(answer));
            }
        });
        let node = peers.start(0, 2).await;
        let id = ContentId::of(&blob(1, 500));
        let missing = node.mailbox.get(id).await;
        assert!(
            matches!(
                missing,
                Err(VaultError::NotFound {
                    asked: 1,
                    answered: 1,
                    ..
                })
            ),
            "{missing:?}"
        );
        assert_eq!(node.store.list().expect("lists"), []);
    });
}

#[test]
fn a_damaged_file_is_quarantined_and_fetched_anew() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        let bytes = blob(1, 5_000);
        let id = nodes[0]
            .mailbox
            .put(None, bytes.clone())
            .await
            .expect("durable")
            .content
            .id;
        damage(&nodes[0], &id, 4_321);
        assert_eq!(nodes[0].mailbox.get(id).await.expect("found"), bytes);
        assert_eq!(
            std::fs::read(path_of(&nodes[0], &id)).expect("healed"),
            bytes
        );
        assert!(
            nodes[0]
                .directory
                .path()
                .join("quarantine")
                .join(id.to_string())
                .exists()
        );
    });
}

#[test]
fn a_member_that_is_asked_for_a_damaged_blob_gives_nothing_and_heals_itself() {
    run(|context| async move {
        let peers = Peers::linked(&context, 3).await;
        let (mut sender, mut receiver) = peers.register(0).await;
        let damaged = peers.start(1, 3).await;
        let intact = peers.start(2, 3).await;
        let bytes = blob(1, 3 << 20);
        let id = ContentId::of(&bytes);
        damaged.store.put(&id, &bytes).expect("stored");
        intact.store.put(&id, &bytes).expect("stored");
        // The first chunk makes it keep the tree, so that the second is checked by itself.
        let mut ask = async |number, index| {
            send(
                &mut sender,
                &peers.keys[1],
                number,
                Body::Ask(Ask::Chunk { id, index }),
            );
            loop {
                let (_, message) = receive(&mut receiver).await;
                if let (true, Body::Answer(answer)) = (message.number == number, message.body) {
                    return answer;
                }
            }
        };
        assert!(matches!(ask(1, 0).await, Answer::Chunk { .. }));
        damage(&damaged, &id, 1_500_000);
        assert!(matches!(ask(2, 0).await, Answer::Chunk { .. }));
        assert_eq!(ask(3, 1).await, Answer::Absent);
        context.sleep(Duration::from_secs(10)).await;
        assert_eq!(damaged.store.get(&id).expect("reads"), Some(bytes));
    });
}

#[test]
fn an_erased_blob_is_neither_given_nor_fetched_nor_taken_again() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        let bytes = blob(1, 5_000);
        let id = nodes[0]
            .mailbox
            .put(None, bytes.clone())
            .await
            .expect("durable")
            .content
            .id;
        context.sleep(Duration::from_secs(1)).await;
        assert!(nodes[3].mailbox.erase(id).await.expect("erased"));
        let refused = nodes[3].mailbox.get(id).await;
        assert!(
            matches!(refused, Err(VaultError::Store(StoreError::Erased))),
            "{refused:?}"
        );
        nodes[0]
            .mailbox
            .put(None, bytes.clone())
            .await
            .expect("durable at the others");
        context.sleep(Duration::from_secs(1)).await;
        assert!(!nodes[3].mailbox.has(id).await.expect("looks"));
        assert_eq!(
            nodes[1].mailbox.get(id).await.expect("the others keep it"),
            bytes
        );
    });
}
