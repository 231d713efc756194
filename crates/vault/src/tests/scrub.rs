//! A scrub finds what is damaged or missing, and repairs it from the others.

use super::network::{Node, blob, four, run, some};
use crate::{ContentId, ScrubReport};
use commonware_runtime::Clock as _;
use std::time::Duration;

fn damage(node: &Node, position: usize) {
    let file = node.shard_files().remove(0);
    let mut bytes = std::fs::read(&file).expect("there");
    bytes[position] ^= 1;
    std::fs::write(file, bytes).expect("written");
}

#[test]
fn a_wiped_node_has_all_its_shards_again_after_a_scrub() {
    run(|context| async move {
        let (_, nodes) = some(&context, 7).await;
        let blobs = [100, 16_385, 70_000, (2 << 20) + 5].map(|length| blob(9, length));
        for bytes in &blobs {
            nodes[1]
                .mailbox
                .put(None, bytes.clone())
                .await
                .expect("durable");
        }
        context.sleep(Duration::from_secs(1)).await;
        let before = nodes[6].shard_files();
        let contents: Vec<_> = before
            .iter()
            .map(|file| std::fs::read(file).expect("there"))
            .collect();
        let (whole, usage) = (
            nodes[6].store.list().expect("lists"),
            nodes[6].store.usage(),
        );
        nodes[6].wipe();
        let report = nodes[6].mailbox.scrub().await.expect("scrubbed");
        assert_eq!(
            (
                report.missing,
                report.repaired,
                report.failed,
                report.damaged
            ),
            (4, 4, 0, 0)
        );
        assert_eq!(nodes[6].shard_files(), before);
        for (file, content) in before.iter().zip(contents) {
            assert_eq!(std::fs::read(file).expect("there"), content);
        }
        assert_eq!(nodes[6].store.list().expect("lists"), whole);
        assert!(usage.shards == 3 && usage.blobs == 1);
        let again = nodes[6].mailbox.scrub().await.expect("scrubbed");
        assert_eq!((again.missing, again.repaired, again.checked), (0, 0, 4));
        let status = nodes[6].mailbox.status().await.expect("answers");
        assert_eq!((status.scrubs, status.total.repaired), (2, 4));
        assert_eq!((status.members, status.needed), (7, 3));
    });
}

#[test]
fn a_damaged_stripe_is_found_and_made_anew_and_the_intact_ones_are_kept() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        let bytes = blob(1, (2 << 20) + 5);
        nodes[0]
            .mailbox
            .put(None, bytes.clone())
            .await
            .expect("durable");
        context.sleep(Duration::from_secs(1)).await;
        let right = std::fs::read(&nodes[2].shard_files()[0]).expect("there");
        damage(&nodes[2], 600_000);
        let report = nodes[2].mailbox.scrub().await.expect("scrubbed");
        let expected = ScrubReport {
            checked: 1,
            checked_bytes: right.len() as u64,
            damaged: 1,
            repaired: 1,
            restored_bytes: 1 << 20,
            ..ScrubReport::default()
        };
        assert_eq!(report, expected);
        assert_eq!(
            std::fs::read(&nodes[2].shard_files()[0]).expect("there"),
            right
        );
    });
}

#[test]
fn a_shard_whose_end_is_damaged_is_put_aside_and_made_anew() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        nodes[0]
            .mailbox
            .put(None, blob(1, 100_000))
            .await
            .expect("durable");
        context.sleep(Duration::from_secs(1)).await;
        let right = std::fs::read(&nodes[0].shard_files()[0]).expect("there");
        damage(&nodes[0], right.len() - 10);
        let report = nodes[0].mailbox.scrub().await.expect("scrubbed");
        assert_eq!((report.damaged, report.repaired), (1, 1));
        assert_eq!(
            std::fs::read(&nodes[0].shard_files()[0]).expect("there"),
            right
        );
        let aside = nodes[0].directory.path().join("quarantine");
        assert_eq!(std::fs::read_dir(aside).expect("a folder").count(), 1);
    });
}

#[test]
fn what_a_reader_finds_damaged_is_repaired_without_a_scrub() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        let bytes = blob(1, 100_000);
        let id = ContentId::of(&bytes);
        nodes[0]
            .mailbox
            .put(None, bytes.clone())
            .await
            .expect("durable");
        context.sleep(Duration::from_secs(1)).await;
        let right = std::fs::read(&nodes[1].shard_files()[0]).expect("there");
        damage(&nodes[1], 77);
        assert_eq!(nodes[1].mailbox.get(id).await.expect("restored"), bytes);
        context.sleep(Duration::from_secs(10)).await;
        assert_eq!(
            std::fs::read(&nodes[1].shard_files()[0]).expect("there"),
            right
        );
        let status = nodes[1].mailbox.status().await.expect("answers");
        assert_eq!((status.total.damaged, status.total.repaired), (1, 1));
    });
}

#[test]
fn what_too_few_hold_is_counted_as_failed_and_repaired_when_they_are_back() {
    run(|context| async move {
        let (peers, nodes) = four(&context).await;
        let bytes = blob(1, 100_000);
        nodes[0]
            .mailbox
            .put(None, bytes.clone())
            .await
            .expect("durable");
        context.sleep(Duration::from_secs(1)).await;
        nodes[1].wipe();
        nodes[2].wipe();
        peers.cut(3).await;
        let report = nodes[1].mailbox.scrub().await.expect("scrubbed");
        assert_eq!((report.missing, report.failed, report.repaired), (1, 1, 0));
        peers.join(3).await;
        for node in [1, 2] {
            let report = nodes[node].mailbox.scrub().await.expect("scrubbed");
            assert_eq!((report.missing, report.failed, report.repaired), (1, 0, 1));
        }
    });
}

#[test]
fn a_scrub_reads_no_faster_than_it_may() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        nodes[0]
            .mailbox
            .put(None, blob(1, 48 << 20))
            .await
            .expect("durable");
        context.sleep(Duration::from_secs(1)).await;
        let start = context.current();
        nodes[0].mailbox.scrub().await.expect("scrubbed");
        let took = context.current().duration_since(start).expect("forward");
        // 24 MiB at 32 MiB a second.
        assert!(took >= Duration::from_millis(700), "{took:?}");
    });
}

#[test]
fn scrubs_come_by_themselves() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        nodes[0]
            .mailbox
            .put(None, blob(1, 100_000))
            .await
            .expect("durable");
        context.sleep(Duration::from_secs(1)).await;
        nodes[3].wipe();
        context.sleep(Duration::from_secs(120)).await;
        assert_eq!(nodes[3].shard_files().len(), 1);
    });
}
