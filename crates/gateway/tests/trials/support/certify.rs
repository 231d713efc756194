//! Certifies the state of the ledger in memory: a quorum signs a block, and each word has a proof from the engine's database.

use super::{
    Ledger,
    engine::{
        chain::header,
        convert,
        database::{self, Digest},
        network::Network,
    },
    ledger::{CHAIN_ID, Evidence},
};
use alloy_primitives::{B256, Bytes, U64, U256};
use commonware_runtime::{Runner as _, Supervisor as _, deterministic};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Mutex, OnceLock},
};
use theriac_evidence::{
    bundle::BlockEvidence,
    history::{Peaks, leaves_node, prove},
    section::Section,
    state::{StateKey, encode_slot},
    trial::state::{TRIALS, head_slots, milestone_slots, registered_slot},
};

pub(super) fn network() -> &'static Network {
    static NETWORK: OnceLock<Network> = OnceLock::new();
    NETWORK.get_or_init(|| Network::new(CHAIN_ID, 4, 4))
}

/// All that an answer depends on: words by their slots, height and time of the ledger, and blocks that are to be shown.
#[derive(Clone, PartialEq, Eq)]
struct Asked {
    words: Vec<(U256, U256)>,
    height: u64,
    time_ms: u64,
    blocks: Vec<u64>,
}

/// Answers `theriac_getEvidence` for a study: its state stands in the block that follows. While that is the same, so is the answer, which is not made anew.
pub(super) fn evidence() -> Evidence {
    let last: Mutex<Option<(Asked, Value)>> = Mutex::default();
    Box::new(move |ledger, asked| {
        let asked = Asked::read(ledger, asked);
        let mut last = last.lock().unwrap();
        let answer = last.take().filter(|(before, _)| *before == asked);
        let answer = answer.map_or_else(|| asked.answer(), |(_, answer)| answer);
        *last = Some((asked, answer.clone()));
        answer
    })
}

impl Asked {
    fn read(ledger: &Ledger, asked: &Value) -> Self {
        let study: B256 = serde_json::from_value(asked["trial"].clone()).unwrap();
        let organisation: U64 = serde_json::from_value(asked["organisation"].clone()).unwrap();
        let blocks: Vec<U64> = serde_json::from_value(asked["blocks"].clone()).unwrap();
        let storage = ledger.host.storage();
        let storage = storage.filter(|(address, ..)| *address == TRIALS);
        let storage: BTreeMap<U256, U256> = storage.map(|(_, slot, word)| (slot, word)).collect();
        let mut slots = vec![registered_slot(organisation.to())];
        slots.extend(head_slots(study));
        slots.extend((1..=7).flat_map(|milestone| milestone_slots(study, milestone)));
        let word = |slot: &U256| storage.get(slot).copied().unwrap_or_default();
        Self {
            words: slots.iter().map(|slot| (*slot, word(slot))).collect(),
            height: ledger.host.height + 1,
            time_ms: ledger.host.time_ms + 1_000,
            blocks: blocks.iter().map(U64::to).collect(),
        }
    }

    fn answer(&self) -> Value {
        let (root, proofs) = proved(self.words.clone());
        let proved = self.words.iter().zip(proofs);
        let proved = proved.map(
            |((_, word), proof)| json!({ "value": B256::from(*word), "proof": Bytes::from(proof) }),
        );
        let beacons = self.blocks.iter().map(|block| beacon(*block, self.height));
        json!({
            "network": { "chainId": CHAIN_ID, "groupKey": network().group_key() },
            "block": block(self.height, (root, self.time_ms)),
            "history": null,
            "slots": proved.collect::<Vec<_>>(),
            "beacons": beacons.collect::<Vec<_>>(),
        })
    }
}

/// The root of a database with these words, and the proof of each; on a thread of its own, since the runtime is another.
fn proved(words: Vec<(U256, U256)>) -> (B256, Vec<Vec<u8>>) {
    let run = move || {
        deterministic::Runner::seeded(1).start(|context| async move {
            let database = database::open_as(context.child("state"), "trial").await;
            let key = |slot: &U256| StateKey::slot(&TRIALS, *slot);
            let facts = words.iter().filter(|(_, word)| !word.is_zero());
            let facts = facts.map(|(slot, word)| (Digest::from(key(slot).0), encode_slot(*word)));
            let database = database::write(database, facts.collect::<Vec<_>>(), None).await;
            let mut proofs = Vec::new();
            for (slot, _) in &words {
                proofs.push(database::prove(&database, &key(slot)).await.encode());
            }
            (convert::hash(&database.root()), proofs)
        })
    };
    std::thread::spawn(run).join().expect("the engine proves")
}

fn block(height: u64, (state_root, time_ms): (B256, u64)) -> BlockEvidence {
    let mut peaks = Peaks::new();
    (0..height).for_each(|earlier| peaks.append(Ledger::block_hash(earlier)));
    let parent = Ledger::block_hash(height - 1);
    let section = Section {
        view: height + 1,
        parent_view: height,
        parent_digest: parent,
        time_ms,
        history_root: peaks.root(),
        history_size: peaks.size(),
        ..Section::default()
    };
    let header = header(height, parent, (state_root, &section));
    let views = (section.view, section.parent_view);
    let certified = network().finalize(0, views, &header.hash_slow());
    BlockEvidence {
        header: alloy_rlp::encode(&header),
        section: section.encode(),
        certificate: Some(certified.certificate),
    }
}

/// A block of the ledger, shown to be an ancestor.
fn beacon(block: u64, height: u64) -> Value {
    let hash = |leaf: u64| (leaf < height).then(|| Ledger::block_hash(leaf));
    let node = |level, index| leaves_node(level, index, &mut |leaf| hash(leaf));
    let proof = prove(height, block, node).expect("the block is older");
    let header = Bytes::from(alloy_rlp::encode(Ledger::header(block)));
    json!({ "header": header, "siblings": proof.siblings, "peaks": proof.peaks })
}
