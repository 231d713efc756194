//! Bytes stream in and out: in parts of any size, by the range, and not more at a time than someone takes.

use super::network::{Node, blob, four, run};
use crate::{ContentId, VaultError, Wanted};
use bytes::Bytes;
use commonware_runtime::Clock as _;
use futures::{StreamExt as _, stream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

fn parts(bytes: &Bytes, size: usize) -> Vec<Result<Bytes, VaultError>> {
    let part = |start| Ok(bytes.slice(start..bytes.len().min(start + size)));
    (0..bytes.len()).step_by(size).map(part).collect()
}

async fn read(node: &Node, id: ContentId, wanted: Wanted) -> Result<Bytes, VaultError> {
    let mut blob = node.mailbox.read(id, wanted).await?;
    let mut bytes = Vec::new();
    while let Some(part) = blob.body.recv().await {
        bytes.extend_from_slice(&part?);
    }
    assert_eq!(bytes.len() as u64, blob.range.end - blob.range.start);
    Ok(bytes.into())
}

#[test]
fn parts_of_any_size_make_the_same_blob() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        let bytes = blob(1, (2 << 20) + 12_345);
        let id = ContentId::of(&bytes);
        for size in [1_000, 65_536, 1 << 20, (1 << 20) + 1, 3 << 20] {
            let body = stream::iter(parts(&bytes, size));
            let put = nodes[0].mailbox.put_stream(id, body).await;
            assert_eq!(put.expect("durable").content.length, bytes.len() as u64);
            assert_eq!(nodes[2].mailbox.get(id).await.expect("found"), bytes);
        }
    });
}

#[test]
fn every_range_gives_exactly_its_bytes() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        for length in [5, (2 << 20) + 777] {
            let bytes = blob(1, length);
            let id = ContentId::of(&bytes);
            nodes[0]
                .mailbox
                .put(None, bytes.clone())
                .await
                .expect("durable");
            let end = length as u64;
            let edges = [
                0,
                1,
                4,
                (1 << 20) - 1,
                1 << 20,
                (1 << 20) + 1,
                end - 1,
                end,
                end + 9,
            ];
            for first in edges {
                for last in edges.map(Some).into_iter().chain([None]) {
                    let got = read(&nodes[1], id, Wanted::From { first, last }).await;
                    let stop = last.map_or(end, |last| end.min(last + 1));
                    match first < stop {
                        true => assert_eq!(
                            got.expect("a part"),
                            bytes.slice(first as usize..stop as usize)
                        ),
                        false => assert!(
                            matches!(got, Err(VaultError::OutOfRange { length }) if length == end)
                        ),
                    }
                }
            }
            for count in [1, 3, end, end + 1] {
                let got = read(&nodes[1], id, Wanted::Last(count))
                    .await
                    .expect("a part");
                assert_eq!(got, bytes.slice(length - count.min(end) as usize..));
            }
        }
    });
}

#[test]
fn a_body_that_breaks_off_is_not_a_blob_and_leaves_nothing() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        let bytes = blob(1, 5 << 20);
        let mut broken = parts(&bytes, 1 << 20);
        broken[3] = Err(VaultError::Closed);
        let put = nodes[0]
            .mailbox
            .put_stream(ContentId::of(&bytes), stream::iter(broken));
        assert!(matches!(put.await, Err(VaultError::Broken)));
        context.sleep(Duration::from_secs(30)).await;
        for node in &nodes {
            assert_eq!(node.store.usage(), crate::Usage::default());
            assert!(node.mailbox.get(ContentId::of(&bytes)).await.is_err());
        }
    });
}

#[test]
fn a_blob_above_the_limit_is_refused_before_its_end() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        let given = Arc::new(AtomicUsize::new(0));
        let counted = given.clone();
        let part = Bytes::from(vec![7; 1 << 20]);
        let endless = stream::iter(0..).map(move |_: u64| {
            counted.fetch_add(1, Ordering::Relaxed);
            Ok::<_, VaultError>(part.clone())
        });
        let put = nodes[0]
            .mailbox
            .put_stream(ContentId([1; 32]), endless)
            .await;
        assert!(put.is_err());
        assert!(given.load(Ordering::Relaxed) < 70);
    });
}

#[test]
fn a_reader_that_stalls_is_given_up() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        let bytes = blob(1, 20 << 20);
        let id = ContentId::of(&bytes);
        nodes[0].mailbox.put(None, bytes).await.expect("durable");
        let reading = nodes[1].mailbox.read(id, Wanted::All).await;
        let mut blob = reading.expect("found");
        context.sleep(Duration::from_secs(120)).await;
        let mut came = 0;
        while let Some(Ok(part)) = blob.body.recv().await {
            came += part.len();
        }
        assert!(came < 8 << 20, "{came}");
    });
}

#[test]
fn a_reader_that_takes_nothing_makes_the_vault_restore_little() {
    run(|context| async move {
        let (_, nodes) = four(&context).await;
        let bytes = blob(1, 40 << 20);
        let id = ContentId::of(&bytes);
        nodes[0]
            .mailbox
            .put(None, bytes.clone())
            .await
            .expect("durable");
        let mut blob = nodes[1].mailbox.read(id, Wanted::All).await.expect("found");
        context.sleep(Duration::from_secs(30)).await;
        // Others can destroy what has not been asked for yet: the reader sees how little was taken ahead.
        for node in [0, 2, 3] {
            nodes[node].wipe();
        }
        let mut came = 0;
        while let Some(Ok(part)) = blob.body.recv().await {
            assert_eq!(part, bytes.slice(came..came + part.len()));
            came += part.len();
        }
        assert!((1 << 20..=8 << 20).contains(&came), "{came}");
    });
}
