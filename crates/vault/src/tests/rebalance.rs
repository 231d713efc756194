//! The committee changes: blobs stay readable, and their shards move.

use super::network::{Node, Peers, blob, run};
use crate::{Committee, ContentId, Members};
use commonware_cryptography::ed25519::PublicKey;
use commonware_runtime::Clock as _;
use std::time::Duration;

/// Nodes that all know the same handle, of which the first `members` are the committee.
async fn with_handle(peers: &Peers, members: usize) -> (Members<PublicKey>, Vec<Node>) {
    let handle = Members::new(committee(peers, 1, &(0..members).collect::<Vec<_>>()));
    let mut nodes = Vec::new();
    for index in 0..peers.keys.len() {
        let handle = handle.clone();
        let node = peers.start_with(index, members, |config| config.members = handle);
        nodes.push(node.await);
    }
    (handle, nodes)
}

fn committee(peers: &Peers, epoch: u64, indices: &[usize]) -> Committee<PublicKey> {
    let members = indices.iter().map(|index| peers.keys[*index].clone());
    Committee {
        epoch,
        members: members.collect(),
    }
}

/// Names of the shards on a node, without the blob's id.
fn places(node: &Node) -> Vec<String> {
    let name = |path: std::path::PathBuf| {
        let name = path
            .file_name()
            .expect("a file")
            .to_string_lossy()
            .into_owned();
        name[65..].to_owned()
    };
    node.shard_files().into_iter().map(name).collect()
}

#[test]
fn a_fifth_member_gets_its_shards_and_the_old_ones_are_dropped_when_all_have_moved() {
    run(|context| async move {
        let peers = Peers::linked(&context, 5).await;
        let (handle, nodes) = with_handle(&peers, 4).await;
        let (bytes, small) = (blob(1, (1 << 20) + 9), blob(2, 500));
        let id = ContentId::of(&bytes);
        for blob in [&bytes, &small] {
            nodes[0]
                .mailbox
                .put(None, blob.clone())
                .await
                .expect("durable");
        }
        context.sleep(Duration::from_secs(1)).await;
        handle.update(committee(&peers, 2, &[0, 1, 2, 3, 4]));
        assert_eq!(
            nodes[4].mailbox.get(id).await.expect("readable at once"),
            bytes
        );
        for node in &nodes {
            let report = node.mailbox.scrub().await.expect("scrubbed");
            assert_eq!(report.failed, 0);
            assert_eq!(
                node.mailbox.get(id).await.expect("readable meanwhile"),
                bytes
            );
        }
        for node in &nodes {
            node.mailbox.scrub().await.expect("scrubbed");
        }
        for (index, node) in nodes.iter().enumerate() {
            assert_eq!(places(node), [format!("5.3.{index}")]);
            assert_eq!(node.store.list().expect("lists").len(), 1);
            assert_eq!(node.mailbox.get(id).await.expect("readable after"), bytes);
        }
    });
}

#[test]
fn a_member_that_left_is_asked_until_its_shards_have_moved() {
    run(|context| async move {
        let peers = Peers::linked(&context, 5).await;
        let (handle, nodes) = with_handle(&peers, 5).await;
        let bytes = blob(1, 200_000);
        let id = ContentId::of(&bytes);
        nodes[0]
            .mailbox
            .put(None, bytes.clone())
            .await
            .expect("durable");
        context.sleep(Duration::from_secs(1)).await;
        // Of five, three pieces are needed: two members more lost theirs, so that the one who leaves is needed.
        nodes[0].wipe();
        nodes[1].wipe();
        handle.update(committee(&peers, 2, &[0, 1, 2, 3]));
        assert_eq!(nodes[0].mailbox.get(id).await.expect("readable"), bytes);
        for node in &nodes[..4] {
            assert_eq!(node.mailbox.scrub().await.expect("scrubbed").failed, 0);
        }
        for node in &nodes {
            node.mailbox.scrub().await.expect("scrubbed");
        }
        for (index, node) in nodes[..4].iter().enumerate() {
            assert_eq!(places(node), [format!("4.2.{index}")]);
        }
        assert_eq!(places(&nodes[4]), Vec::<String>::new());
    });
}

#[test]
fn a_shard_of_the_old_committee_stays_while_too_few_have_the_new_one() {
    run(|context| async move {
        let peers = Peers::linked(&context, 5).await;
        let (handle, nodes) = with_handle(&peers, 4).await;
        let bytes = blob(1, 200_000);
        nodes[0]
            .mailbox
            .put(None, bytes.clone())
            .await
            .expect("durable");
        context.sleep(Duration::from_secs(1)).await;
        handle.update(committee(&peers, 2, &[0, 1, 2, 3, 4]));
        for node in &nodes[..3] {
            node.mailbox.scrub().await.expect("scrubbed");
            let report = node.mailbox.scrub().await.expect("scrubbed");
            assert_eq!(report.moved, 0);
        }
        assert_eq!(places(&nodes[0]), ["4.2.0", "5.3.0"]);
    });
}

#[test]
fn an_older_committee_does_not_replace_a_newer() {
    let handle = Members::new(Committee {
        epoch: 5,
        members: vec![1, 2, 3],
    });
    handle.update(Committee {
        epoch: 4,
        members: vec![9],
    });
    assert_eq!(handle.committee().members, [1, 2, 3]);
    handle.update(Committee {
        epoch: 6,
        members: vec![2, 3, 4],
    });
    assert!(handle.knows(&1) && handle.knows(&4) && !handle.knows(&9));
    assert_eq!(handle.others(&2), [3, 4, 1]);
}
