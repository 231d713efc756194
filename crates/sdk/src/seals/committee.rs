//! The keepers of an epoch, believed because the network certified the block that names them.

use crate::{Client, Error};
use alloy_primitives::{B256, Bytes, U64, keccak256};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use theriac_envelope::seal::Committee;
use theriac_evidence::{
    certificate::{Finalization, GroupKey, GroupKeyBytes},
    header::Header,
    section::Section,
};

/// Headers between the block that names a committee and the one that is certified.
const MAX_HEADERS: usize = 128;

/// What `theriac_getEpoch` answers, as far as it is checked here.
#[derive(Deserialize)]
pub(super) struct EpochEvidence {
    /// The key-generation payload of the block before the epoch.
    payload: Bytes,
    /// That block's consensus section, which commits to the payload.
    section: Bytes,
    /// That block's header, then those of its descendants up to the certified one.
    headers: Vec<Bytes>,
    /// The group's word that the last of them is final.
    certificate: Finalization,
}

impl Client {
    /// The keepers of an epoch. Asked once; no node is believed that shows no certificate of the group key for it.
    ///
    /// # Errors
    /// `EpochNotProven`; those of a call.
    pub(super) async fn committee(&self, epoch: u64) -> Result<Arc<Committee>, Error> {
        if let Some(known) = self.committees().get(&epoch) {
            return Ok(known.clone());
        }
        let params = [json!({ "epoch": U64::from(epoch) })];
        let mut last = Error::EpochNotProven("answer");
        for (_, node) in self.nodes().in_order() {
            let account = self.nodes().account().map(AsRef::as_ref);
            let answer: Result<Option<EpochEvidence>, _> =
                node.request(account, "theriac_getEpoch", &params).await;
            match answer {
                Ok(Some(evidence)) => match self.check(epoch, &evidence).await {
                    Ok(committee) => {
                        let committee = Arc::new(committee);
                        self.committees().insert(epoch, committee.clone());
                        return Ok(committee);
                    }
                    Err(error) => last = error,
                },
                Ok(None) => {}
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    async fn check(&self, epoch: u64, evidence: &EpochEvidence) -> Result<Committee, Error> {
        let (chain_id, group_key) = (self.chain_id().await?, self.group_key().await?);
        let key = GroupKeyBytes::from_slice(&group_key.encode());
        let key = GroupKey::decode(&key).map_err(|_| Error::EpochNotProven("group key"))?;
        evidence.verify(chain_id, &key)?;
        let committee = Committee::from_payload(chain_id, &evidence.payload, &group_key)?;
        match committee.epoch() == epoch {
            true => Ok(committee),
            false => Err(Error::EpochNotProven("epoch")),
        }
    }
}

impl EpochEvidence {
    /// Payload by section, section by header, header by its descendants, the last of them by the group.
    fn verify(&self, chain_id: u64, key: &GroupKey) -> Result<(), Error> {
        let wrong = |what| Err(Error::EpochNotProven(what));
        if self.headers.is_empty() || self.headers.len() > MAX_HEADERS {
            return wrong("list of headers");
        }
        let headers: Result<Vec<Header>, _> = self
            .headers
            .iter()
            .map(|bytes| Header::decode(bytes))
            .collect();
        let headers = headers.map_err(|_| Error::EpochNotProven("header"))?;
        let section =
            Section::decode(&self.section).map_err(|_| Error::EpochNotProven("section"))?;
        if section.payload_hash != keccak256(&self.payload) {
            return wrong("payload");
        }
        if section.hash() != headers[0].section_hash {
            return wrong("section");
        }
        let linked = |pair: &[Header]| pair[1].parent_hash == pair[0].hash;
        if !headers.windows(2).all(linked) {
            return wrong("chain of headers");
        }
        let certified: B256 = headers[headers.len() - 1].hash;
        self.certificate
            .verify(key, chain_id, &certified)
            .or(wrong("certificate"))
    }
}
