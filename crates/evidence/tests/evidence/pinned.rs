//! The golden vectors, verified without the engine.

use alloy_primitives::{B256, hex};
use serde::Deserialize;
use theriac_evidence::{
    certificate::{Finalization, GroupKey, GroupKeyBytes, verify_seed},
    proof::StateProof,
    section::{Seed, Signature},
    state::StateKey,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StateCase {
    state_root: B256,
    key: B256,
    value: Option<String>,
    proof: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CertificateCase {
    chain_id: u64,
    group_key: GroupKeyBytes,
    epoch: u64,
    view: u64,
    parent_view: u64,
    block_hash: B256,
    finalize_message: String,
    signature: Signature,
    seed: Signature,
}

#[test]
fn pinned_state_proofs_hold_and_cover_presence_absence_and_emptiness() {
    let text = include_str!("../vectors/state_proofs.json");
    let cases: Vec<StateCase> = serde_json::from_str(text).expect("plain JSON");
    let mut kinds = [0; 3];
    for case in &cases {
        let bytes = hex::decode(&case.proof).expect("hexadecimal");
        let proof = StateProof::decode(&bytes).expect("a proof");
        assert_eq!(proof.encode(), bytes);
        let value = case
            .value
            .as_ref()
            .map(|value| hex::decode(value).expect("hexadecimal"));
        let verdict = proof.verify(&StateKey(case.key.0), &case.state_root);
        assert_eq!(verdict, Ok(value.as_deref()));
        kinds[match proof {
            StateProof::Present { .. } => 0,
            StateProof::Between { .. } => 1,
            StateProof::Empty { .. } => 2,
        }] += 1;
    }
    assert!(kinds.iter().all(|count| *count > 0), "{kinds:?}");
}

#[test]
fn pinned_certificates_and_seeds_hold() {
    let text = include_str!("../vectors/certificates.json");
    let cases: Vec<CertificateCase> = serde_json::from_str(text).expect("plain JSON");
    assert_eq!(cases.len(), 4);
    for case in &cases {
        let key = GroupKey::decode(&case.group_key).expect("a group key");
        let certificate = Finalization {
            epoch: case.epoch,
            view: case.view,
            parent_view: case.parent_view,
            signature: case.signature,
        };
        let message = hex::decode(&case.finalize_message).expect("hexadecimal");
        assert_eq!(certificate.message(&case.block_hash), message);
        assert_eq!(
            certificate.verify(&key, case.chain_id, &case.block_hash),
            Ok(())
        );
        let seed = Seed {
            epoch: case.epoch,
            view: case.view,
            signature: case.seed,
        };
        assert_eq!(verify_seed(&seed, &key, case.chain_id), Ok(()));
    }
}
