//! What f members lose, the others restore, whichever they are.

use super::network::{blob, run, some};
use crate::ContentId;
use std::time::Duration;

use commonware_runtime::Clock as _;

#[test]
fn every_pattern_of_f_lost_nodes_restores_the_exact_bytes() {
    for members in 4..=10 {
        run(move |context| async move {
            let (_, nodes) = some(&context, members).await;
            let bytes = blob(members as u8, 50_003);
            let id = ContentId::of(&bytes);
            nodes[0]
                .mailbox
                .put(None, bytes.clone())
                .await
                .expect("durable");
            context.sleep(Duration::from_secs(1)).await;
            let faulty = (members - 1) / 3;
            let patterns = (0..1u32 << members).filter(|lost| lost.count_ones() as usize == faulty);
            for lost in patterns {
                let is_lost = |index: usize| lost >> index & 1 == 1;
                let mut away = Vec::new();
                for index in (0..members).filter(|index| is_lost(*index)) {
                    for file in nodes[index].shard_files() {
                        let hidden = nodes[index].directory.path().join("hidden");
                        std::fs::rename(&file, &hidden).expect("lost");
                        away.push((file, hidden));
                    }
                }
                assert_eq!(away.len(), faulty);
                // One that lost its own and one that did not.
                let lost_one = (0..members).find(|index| is_lost(*index)).expect("one");
                let whole_one = (0..members).find(|index| !is_lost(*index)).expect("one");
                for reader in [lost_one, whole_one] {
                    let got = nodes[reader].mailbox.get(id).await;
                    assert_eq!(got.expect("restored"), bytes, "{members} {lost:b}");
                }
                for (file, hidden) in away {
                    std::fs::rename(hidden, file).expect("back");
                }
            }
        });
    }
}

#[test]
fn one_more_than_can_be_spared_gives_an_error_and_no_byte() {
    run(|context| async move {
        let (_, nodes) = some(&context, 4).await;
        let bytes = blob(1, 3 << 20);
        let id = ContentId::of(&bytes);
        nodes[0].mailbox.put(None, bytes).await.expect("durable");
        context.sleep(Duration::from_secs(1)).await;
        for node in &nodes[1..] {
            node.wipe();
        }
        assert!(nodes[0].mailbox.get(id).await.is_err());
        assert!(nodes[3].mailbox.get(id).await.is_err());
    });
}
