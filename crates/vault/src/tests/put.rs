//! A put is acknowledged when, and only when, enough members hold the blob durably.

use super::network::{Peers, blob, four, run};
use crate::{ContentId, SMALL_BYTES, StoreError, Usage, VaultError, quorum};
use commonware_runtime::Clock as _;
use std::time::Duration;

#[test]
fn a_quorum_is_all_but_the_faulty_third() {
    let expected = [
        (1, 1),
        (2, 2),
        (3, 3),
        (4, 3),
        (5, 4),
        (6, 5),
        (7, 5),
        (10, 7),
    ];
    for (members, needed) in expected {
        assert_eq!(quorum(members), needed, "{members}");
    }
}

#[test]
fn put_with_all_up_reaches_every_member() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        let bytes = blob(1, (5 << 19) + 7);
        let receipt = nodes[0]
            .mailbox
            .put(None, bytes.clone())
            .await
            .expect("durable");
        assert_eq!(receipt.content.id, ContentId::of(&bytes));
        assert_eq!(
            (receipt.content.length, receipt.members),
            (bytes.len() as u64, 4)
        );
        assert!(receipt.durable_at >= 3);
        context.sleep(Duration::from_secs(1)).await;
        for (node, index) in nodes.iter().zip(0..) {
            let shards = node.store.shards_of(&receipt.content.id).expect("looks");
            let indices: Vec<_> = shards.iter().map(|shard| shard.index).collect();
            assert_eq!(indices, [index]);
            assert!(!node.store.has(&receipt.content.id).expect("looks"));
            let got = node.mailbox.get(receipt.content.id).await;
            assert_eq!(got.expect("found"), bytes);
        }
    });
}

#[test]
fn a_small_blob_is_kept_whole_by_every_member() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        let bytes = blob(1, SMALL_BYTES);
        let id = ContentId::of(&bytes);
        nodes[0]
            .mailbox
            .put(None, bytes.clone())
            .await
            .expect("durable");
        context.sleep(Duration::from_secs(1)).await;
        for node in &nodes {
            assert_eq!(node.store.get(&id).expect("reads"), Some(bytes.clone()));
            assert_eq!(node.shard_files(), Vec::<std::path::PathBuf>::new());
        }
    });
}

#[test]
fn put_with_one_of_four_down_is_acknowledged() {
    run(|context| async move {
        let (peers, nodes) = four(&context).await;
        peers.cut(3).await;
        let receipt = nodes[0]
            .mailbox
            .put(None, blob(1, 3 << 20))
            .await
            .expect("durable");
        assert_eq!(receipt.durable_at, 3);
        let held = [0, 1, 2, 3].map(|index: usize| !nodes[index].shard_files().is_empty());
        assert_eq!(held, [true, true, true, false]);
    });
}

#[test]
fn put_with_two_of_four_down_is_not_acknowledged_and_says_how_many_came() {
    run(|context| async move {
        let (peers, nodes) = four(&context).await;
        peers.cut(2).await;
        peers.cut(3).await;
        let refused = nodes[0].mailbox.put(None, blob(1, 1000)).await;
        assert!(
            matches!(
                refused,
                Err(VaultError::NotDurable {
                    got: 2,
                    needed: 3,
                    members: 4
                })
            ),
            "{refused:?}"
        );
    });
}

#[test]
fn one_member_down_does_not_slow_the_others() {
    run(|context| async move {
        let (peers, nodes) = four(&context).await;
        peers.cut(3).await;
        let start = context.current();
        for mark in 0..100 {
            nodes[0]
                .mailbox
                .put(None, blob(mark, 100))
                .await
                .expect("durable");
        }
        let took = context.current().duration_since(start).expect("forward");
        assert!(took < Duration::from_secs(5), "{took:?}");
    });
}

#[test]
fn put_of_bytes_with_another_id_is_refused_and_stores_nothing() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        let refused = nodes[0]
            .mailbox
            .put(Some(ContentId([1; 32])), blob(1, 10))
            .await;
        assert!(
            matches!(refused, Err(VaultError::ContentIdMismatch { .. })),
            "{refused:?}"
        );
        let large = nodes[0]
            .mailbox
            .put(Some(ContentId([1; 32])), blob(1, 3 << 20));
        assert!(matches!(
            large.await,
            Err(VaultError::ContentIdMismatch { .. })
        ));
        context.sleep(Duration::from_secs(10)).await;
        for node in &nodes {
            assert_eq!(node.store.usage(), Usage::default());
        }
    });
}

#[test]
fn an_empty_blob_is_a_blob() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        let receipt = nodes[0].mailbox.put(None, Vec::new().into()).await;
        // One chunk of no bytes: there is nothing to append, and the blob is complete.
        let receipt = receipt.expect("durable");
        assert_eq!(
            nodes[1]
                .mailbox
                .get(receipt.content.id)
                .await
                .expect("found")
                .len(),
            0
        );
    });
}

#[test]
fn a_member_takes_no_more_than_its_share_from_another() {
    run(|context| async move {
        let peers = Peers::linked(&context, 2).await;
        let first = peers.start(0, 2).await;
        let _second = peers
            .start_with(1, 2, |config| config.bytes_per_member_and_hour = 1_000)
            .await;
        first
            .mailbox
            .put(None, blob(1, 1_000))
            .await
            .expect("durable");
        let refused = first.mailbox.put(None, blob(2, 1)).await;
        assert!(
            matches!(
                refused,
                Err(VaultError::NotDurable {
                    got: 1,
                    needed: 2,
                    members: 2
                })
            ),
            "{refused:?}"
        );
        context.sleep(Duration::from_secs(3_601)).await;
        first
            .mailbox
            .put(None, blob(2, 1))
            .await
            .expect("durable in the next hour");
    });
}

#[test]
fn a_blob_above_the_limit_is_refused_by_name() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        let refused = nodes[0].mailbox.put(None, blob(1, (64 << 20) + 1)).await;
        assert!(
            matches!(refused, Err(VaultError::Store(StoreError::TooLarge { .. }))),
            "{refused:?}"
        );
    });
}
