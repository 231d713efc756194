//! Erasing: nothing of the blob is left on any disk, and each member signs that.

use super::network::{Context, Node, Peers, blob, run};
use crate::{Config, ContentId, Signing, StoreError, VaultError};
use commonware_cryptography::Signer as _;
use commonware_cryptography::ed25519::{PrivateKey, PublicKey};
use commonware_runtime::Clock as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const CHAIN: u64 = 77;

fn signing(seed: usize) -> impl FnOnce(&mut Config<PublicKey>) {
    let key = PrivateKey::from_seed(seed as u64);
    let sign = move |namespace: &[u8], message: &[u8]| {
        let signature = key.sign(namespace, message);
        signature.as_ref().try_into().expect("64 bytes")
    };
    move |config| config.signing = Some(Signing::new(CHAIN, sign))
}

async fn signers(context: &Context) -> (Peers, Vec<Node>) {
    let peers = Peers::linked(context, 4).await;
    let mut nodes = Vec::new();
    for index in 0..4 {
        nodes.push(peers.start_with(index, 4, signing(index)).await);
    }
    (peers, nodes)
}

/// Whether any file below the folder has these bytes in it.
fn is_on_disk(folder: &Path, wanted: &[u8]) -> bool {
    std::fs::read_dir(folder).expect("a folder").any(|entry| {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => is_on_disk(&path, wanted),
            false => {
                let bytes = std::fs::read(path).expect("a file");
                bytes.windows(wanted.len()).any(|window| window == wanted)
            }
        }
    })
}

#[test]
fn after_erasing_no_disk_holds_a_byte_of_the_blob_and_every_member_signs() {
    run(|context| async move {
        let (_, nodes) = signers(&context).await;
        // Content as ciphertext is: no stretch of it occurs elsewhere.
        let mut state = 5u64;
        let mut random = |length: usize| -> bytes::Bytes {
            let byte = |_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                (state >> 56) as u8
            };
            (0..length).map(byte).collect()
        };
        for bytes in [random(1_259), random(300_000)] {
            let id = ContentId::of(&bytes);
            nodes[0]
                .mailbox
                .put(None, bytes.clone())
                .await
                .expect("durable");
            context.sleep(Duration::from_secs(1)).await;
            let trace = &bytes[100..116];
            assert!(is_on_disk(nodes[0].directory.path(), trace));
            assert_eq!(nodes[0].mailbox.receipts(id).await.expect("asked"), []);
            for node in &nodes {
                assert!(node.mailbox.erase(id).await.expect("erased"));
                assert!(!node.mailbox.erase(id).await.expect("erased before"));
            }
            for node in &nodes {
                for offset in (0..bytes.len() - 16).step_by(bytes.len() / 60) {
                    let trace = &bytes[offset..offset + 16];
                    assert!(!is_on_disk(node.directory.path(), trace), "{offset}");
                }
                let gone = node.mailbox.get(id).await;
                assert!(matches!(gone, Err(VaultError::Store(StoreError::Erased))));
                let receipts = node.mailbox.receipts(id).await.expect("asked");
                let mut members: Vec<_> = receipts.iter().map(|of| of.member.clone()).collect();
                assert!(receipts.iter().all(|receipt| receipt.is_signed(CHAIN)));
                assert!(receipts.iter().all(|receipt| !receipt.is_signed(CHAIN + 1)));
                members.sort();
                members.dedup();
                assert_eq!(members.len(), 4);
            }
            let refused = nodes[1].mailbox.put(None, bytes.clone()).await;
            assert!(refused.is_err(), "{refused:?}");
            let report = nodes[2].mailbox.scrub().await.expect("scrubbed");
            assert_eq!(report.repaired, 0);
        }
    });
}

#[test]
fn a_receipt_of_another_time_blob_or_member_does_not_verify() {
    run(|context| async move {
        let (_, nodes) = signers(&context).await;
        let id = ContentId([4; 32]);
        nodes[0].mailbox.erase(id).await.expect("erased");
        let receipt = nodes[0]
            .mailbox
            .receipts(id)
            .await
            .expect("asked")
            .remove(0);
        assert!(receipt.is_signed(CHAIN));
        let mut other = receipt.clone();
        other.time += 1;
        assert!(!other.is_signed(CHAIN));
        let mut other = receipt.clone();
        other.id = ContentId([5; 32]);
        assert!(!other.is_signed(CHAIN));
        let mut other = receipt;
        other.member = PrivateKey::from_seed(1).public_key();
        assert!(!other.is_signed(CHAIN));
    });
}

#[test]
fn a_member_that_was_away_gives_nothing_until_it_has_caught_up_and_then_it_has_erased() {
    run(|context| async move {
        let (peers, nodes) = signers(&context).await;
        let bytes = blob(1, 100_000);
        let id = ContentId::of(&bytes);
        nodes[0]
            .mailbox
            .put(None, bytes.clone())
            .await
            .expect("durable");
        context.sleep(Duration::from_secs(1)).await;
        // The node is away while the others erase; its disk still has a shard.
        peers.cut(3).await;
        for node in &nodes[..3] {
            node.mailbox.erase(id).await.expect("erased");
        }
        let away = nodes.into_iter().nth(3).expect("four nodes");
        assert_eq!(away.shard_files().len(), 1);
        let directory = away.directory;
        drop((away.mailbox, away.store));
        peers.join(3).await;
        let is_caught_up = Arc::new(AtomicBool::new(false));
        let known = is_caught_up.clone();
        let back = peers.start_in(3, 4, directory, |config| {
            signing(3)(config);
            config.is_caught_up = known;
        });
        let back = back.await;
        assert!(matches!(
            back.mailbox.get(id).await,
            Err(VaultError::CatchingUp)
        ));
        back.mailbox.erase(id).await.expect("erased");
        is_caught_up.store(true, Ordering::Relaxed);
        assert!(matches!(
            back.mailbox.get(id).await,
            Err(VaultError::Store(StoreError::Erased))
        ));
        assert_eq!(back.shard_files().len(), 0);
    });
}
