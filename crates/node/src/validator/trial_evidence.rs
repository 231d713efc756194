//! What proves a study at one block: its head, its milestones, the sponsor's register, and blocks that devices knew.

use super::{
    evidence::{ATTEMPTS, PAUSE, ancestry, certified, failure, network, word_of},
    view::View,
};
use alloy_consensus::Header;
use alloy_primitives::{B256, Bytes, U256};
use serde_json::{Value, json};
use theriac_evidence::{
    state::StateKey,
    trial::state::{MILESTONES, TRIALS, head_slots, milestone_slots, registered_slot},
};
use theriac_rpc::ChainFailure;

/// The evidence of a study; `None` where the ledger has none such.
pub(super) async fn evidence(
    view: &View,
    (study, organisation): (B256, u32),
    blocks: &[u64],
) -> Result<Option<Value>, ChainFailure> {
    let keys: Vec<StateKey> = slots(study, organisation)
        .into_iter()
        .map(|slot| StateKey::slot(&TRIALS, slot))
        .collect();
    for _ in 0..ATTEMPTS {
        let (header, answers) = view.state.prove(&keys).await.map_err(failure)?;
        let mut proved = Vec::with_capacity(answers.len());
        for answer in &answers {
            let proof = Bytes::from(answer.proof.encode());
            proved.push(json!({ "value": B256::from(word_of(answer)?), "proof": proof }));
        }
        let Some((block, history)) = certified(view, &header).await? else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        return Ok(Some(json!({
            "network": network(view)?,
            "block": block,
            "history": history,
            "slots": proved,
            "beacons": ancestors(view, &header, blocks)?,
        })));
    }
    Err(ChainFailure::new(
        "no certificate came for the blocks that were proved",
    ))
}

/// The sponsor's register, the head, then both slots of each milestone.
fn slots(study: B256, organisation: u32) -> Vec<U256> {
    let mut slots = vec![registered_slot(organisation)];
    slots.extend(head_slots(study));
    for milestone in (1..).take(MILESTONES.len()) {
        slots.extend(milestone_slots(study, milestone));
    }
    slots
}

/// Headers of blocks with the proofs that they are ancestors of the proved one. What is not older than it, or is not here, is left out.
fn ancestors(view: &View, proved: &Header, blocks: &[u64]) -> Result<Vec<Value>, ChainFailure> {
    let mut found = Vec::new();
    for height in blocks.iter().filter(|height| **height < proved.number) {
        let Some(sealed) = view.index.header(*height).map_err(failure)? else {
            continue;
        };
        let Some(proof) = ancestry(view, *height, proved.number)? else {
            continue;
        };
        found.push(json!({
            "header": Bytes::from(alloy_rlp::encode(&sealed.header)),
            "siblings": proof.siblings,
            "peaks": proof.peaks,
        }));
    }
    Ok(found)
}
