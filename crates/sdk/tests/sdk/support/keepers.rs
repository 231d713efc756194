//! Four keepers with dealt shares, who answer by the ledger's own rule, and the certified block that names them.

use super::ledger::CHAIN_ID;
use alloy_consensus::Header;
use alloy_primitives::{B256, Bytes, U64, keccak256};
use commonware_codec::Encode as _;
use commonware_cryptography::bls12381::dkg::feldman_desmedt::deal;
use commonware_cryptography::bls12381::primitives::{
    group::Share,
    ops::threshold,
    sharing::{Mode, Sharing},
    variant::MinSig,
};
use commonware_cryptography::{Signer as _, ed25519};
use commonware_parallel::Sequential;
use commonware_utils::{N3f1, TestRng, ordered::Set};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use theriac_contracts::{Host, answerable};
use theriac_envelope::PublicKey;
use theriac_envelope::seal::{Partial, PartialsContext, PartialsMessage, SealContext, seals_root};
use theriac_evidence::{
    certificate::{Finalization, Purpose, namespace},
    section::{Section, Signature},
};

/// The epoch of the keepers.
const EPOCH: u64 = 2;

pub(crate) struct Keepers {
    sharing: Sharing<MinSig>,
    shares: Vec<Share>,
    identities: Vec<ed25519::PrivateKey>,
    epoch: Value,
    /// Keepers that do not answer.
    pub(crate) down: BTreeSet<usize>,
    /// Keepers that sign another seal.
    pub(crate) liars: BTreeSet<usize>,
    /// Part of the evidence of an epoch that is altered on the way.
    pub(crate) altered: Option<&'static str>,
    /// How often the keepers were asked.
    pub(crate) asked: usize,
}

impl Default for Keepers {
    fn default() -> Self {
        let mut identities: Vec<_> = (0..4).map(ed25519::PrivateKey::from_seed).collect();
        identities.sort_by_key(|identity| identity.public_key());
        let players = Set::from_iter_dedup(identities.iter().map(|key| key.public_key()));
        let (output, shares) =
            deal::<MinSig, _, N3f1>(TestRng::new(3), Mode::NonZeroCounter, players.clone())
                .expect("dealt");
        let shares: Vec<Share> = shares.values().to_vec();
        let mut payload = vec![1, 0, EPOCH as u8];
        payload.extend_from_slice(&output.encode());
        let sharing = output.public().clone();
        let epoch = evidence(&payload, (&sharing, &shares));
        Self {
            sharing,
            shares,
            identities,
            epoch,
            down: BTreeSet::new(),
            liars: BTreeSet::new(),
            altered: None,
            asked: 0,
        }
    }
}

impl Keepers {
    pub(crate) fn group_key(&self) -> Bytes {
        self.sharing.public().encode().to_vec().into()
    }

    pub(crate) fn name(&self, keeper: usize) -> B256 {
        B256::from_slice(&self.identities[keeper].public_key().encode())
    }

    /// `theriac_getEpoch`.
    pub(crate) fn epoch(&self, params: &Value) -> Value {
        if params["epoch"] != json!(U64::from(EPOCH)) {
            return Value::Null;
        }
        let mut epoch = self.epoch.clone();
        if let Some(part) = self.altered {
            let field = match part {
                "headers" => &mut epoch["headers"][0],
                "certificate" => &mut epoch["certificate"]["signature"],
                part => &mut epoch[part],
            };
            let mut bytes: Bytes = serde_json::from_value(field.clone()).unwrap();
            let mut changed = bytes.to_vec();
            *changed.last_mut().unwrap() ^= 1;
            bytes = changed.into();
            *field = json!(bytes);
        }
        epoch
    }

    /// `theriac_openSeals`.
    pub(crate) fn open(&mut self, host: &mut dyn Host, params: &Value) -> Value {
        self.asked += 1;
        let opening: U64 = serde_json::from_value(params["opening"].clone()).unwrap();
        let seals: Vec<B256> = serde_json::from_value(params["seals"].clone()).unwrap();
        let key: Bytes = serde_json::from_value(params["key"].clone()).unwrap();
        let key = PublicKey::decode(&key).unwrap();
        let said = answerable(host, opening.to(), &seals).unwrap();
        let wanted = if params["all"] == json!(true) { 4 } else { 3 };
        let (mut answers, mut refusals) = (Vec::new(), Vec::new());
        for keeper in 0..4 {
            let name = self.name(keeper);
            match said {
                _ if self.down.contains(&keeper) => {
                    refusals.push(json!({ "keeper": name, "name": "Silent", "message": "" }));
                }
                Err(refusal) => {
                    refusals.push(json!({ "keeper": name, "name": refusal.name(), "message": "" }));
                }
                Ok(found) if found.key.0 != key.id().0 => {
                    refusals.push(json!({ "keeper": name, "name": "KeyDiffers", "message": "" }));
                }
                Ok(_) if answers.len() == wanted => {}
                Ok(_) => {
                    let partials = self.answer(keeper, opening.to(), &seals, &key);
                    answers.push(
                        json!({ "keeper": name, "epoch": U64::from(EPOCH), "partials": partials }),
                    );
                }
            }
        }
        json!({ "epoch": U64::from(EPOCH), "needed": "0x3", "answers": answers, "refusals": refusals })
    }

    fn answer(&self, keeper: usize, opening: u64, seals: &[B256], key: &PublicKey) -> Bytes {
        let seals: Vec<[u8; 32]> = seals.iter().map(|seal| seal.0).collect();
        let sign = |seal: &[u8; 32]| {
            let seal = match self.liars.contains(&keeper) {
                true => [0xee; 32],
                false => *seal,
            };
            let context = SealContext {
                chain_id: CHAIN_ID,
                seal,
            };
            Partial::sign(&self.shares[keeper], &context)
        };
        let partials: Vec<_> = seals.iter().map(sign).collect();
        let context = PartialsContext {
            chain_id: CHAIN_ID,
            opening,
            epoch: EPOCH,
            keeper: self.name(keeper).0,
            seals_root: seals_root(&seals),
        };
        let identity = &self.identities[keeper];
        let message =
            PartialsMessage::new(&partials, key, &context, identity, &mut rand::rng()).unwrap();
        message.encode().into()
    }
}

/// A block with this payload and a child of it, which the keepers certify.
fn evidence(payload: &[u8], (sharing, shares): (&Sharing<MinSig>, &[Share])) -> Value {
    let section = Section {
        payload_hash: keccak256(payload),
        ..Section::default()
    };
    let block = header(&section, B256::ZERO);
    let child = header(&Section::default(), keccak256(alloy_rlp::encode(&block)));
    let hash = keccak256(alloy_rlp::encode(&child));
    let mut certificate = Finalization {
        epoch: 1,
        view: 9,
        parent_view: 8,
        signature: Signature::ZERO,
    };
    let (namespace, message) = (
        namespace(CHAIN_ID, Purpose::Finalize),
        certificate.message(&hash),
    );
    let partials: Vec<_> = shares[..3]
        .iter()
        .map(|share| threshold::sign_message::<MinSig>(share, &namespace, &message))
        .collect();
    let signature = threshold::recover(sharing, &partials, &Sequential).expect("a quorum");
    certificate.signature = Signature::from_slice(&signature.encode());
    json!({
        "payload": Bytes::copy_from_slice(payload), "section": Bytes::from(section.encode()),
        "headers": [Bytes::from(alloy_rlp::encode(&block)), Bytes::from(alloy_rlp::encode(&child))],
        "certificate": certificate,
    })
}

fn header(section: &Section, parent_hash: B256) -> Header {
    Header {
        parent_hash,
        extra_data: Bytes::copy_from_slice(section.hash().as_slice()),
        base_fee_per_gas: Some(0),
        withdrawals_root: Some(B256::ZERO),
        blob_gas_used: Some(0),
        excess_blob_gas: Some(0),
        parent_beacon_block_root: Some(B256::ZERO),
        requests_hash: Some(B256::ZERO),
        ..Header::default()
    }
}
