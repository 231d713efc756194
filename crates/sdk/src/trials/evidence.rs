//! What proves a study at one block.

use crate::{Client, Error};
use alloy_primitives::{B256, Bytes, U64, U256};
use serde::Deserialize;
use serde_json::{Value, json};
use theriac_evidence::{
    bundle::{BlockEvidence, History, Network},
    trial::state::{Head, Milestone},
};

/// Blocks of one question: what nodes take.
const BLOCKS: usize = 1_024;
/// The sponsor's register, three slots of the head, two of each of seven milestones.
const SLOTS: usize = 18;

/// The proofs of a study.
#[derive(Clone, Debug)]
pub struct TrialEvidence {
    /// The network.
    pub network: Network,
    /// The block.
    pub block: BlockEvidence,
    /// That it is an ancestor of a newer one.
    pub history: Option<History>,
    /// Studies that the sponsor registered, with the proof.
    pub register: (u32, Vec<u8>),
    /// The head, with proofs of its three slots.
    pub head: (Head, Vec<Vec<u8>>),
    /// The milestones, with proofs of both slots of each.
    pub milestones: Vec<(Milestone, Vec<Vec<u8>>)>,
    /// Older blocks, shown to be its ancestors.
    pub beacons: Vec<ProvedBlock>,
}

/// A block that is an ancestor of the evidence's.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProvedBlock {
    /// RLP of its header.
    pub header: Bytes,
    /// Siblings from the leaf of the block up to its peak.
    pub siblings: Vec<B256>,
    /// All other peaks.
    pub peaks: Vec<B256>,
}

#[derive(Deserialize)]
struct Answer {
    network: Network,
    block: BlockEvidence,
    history: Option<History>,
    slots: Vec<ProvedSlot>,
    beacons: Vec<ProvedBlock>,
}

#[derive(Deserialize)]
struct ProvedSlot {
    value: B256,
    proof: Bytes,
}

impl Client {
    /// What proves a study of a sponsor, and that these blocks are ancestors of the block of the proof: 1,024 of them at most.
    ///
    /// # Errors
    /// Those of a call; `MalformedAnswer`.
    pub async fn trial_evidence(
        &self,
        (study, organisation): (B256, u32),
        blocks: &[u64],
    ) -> Result<TrialEvidence, Error> {
        let blocks: Vec<U64> = blocks
            .iter()
            .take(BLOCKS)
            .map(|it| U64::from(*it))
            .collect();
        let organisation = U64::from(organisation);
        let subject = json!({ "trial": study, "organisation": organisation, "blocks": blocks });
        let answer: Value = self
            .nodes()
            .request("theriac_getEvidence", &[subject])
            .await?;
        let malformed = |_| Error::MalformedAnswer("evidence of a study");
        let answer: Answer = serde_json::from_value(answer).map_err(malformed)?;
        if answer.slots.len() != SLOTS {
            return Err(Error::MalformedAnswer("evidence of a study"));
        }
        Ok(answer.read())
    }
}

impl Answer {
    fn read(self) -> TrialEvidence {
        let word = |place: usize| U256::from_be_bytes(self.slots[place].value.0);
        let proof = |place: usize| self.slots[place].proof.to_vec();
        let milestone = |number: usize| {
            let first = 4 + 2 * number;
            let words = [word(first), word(first + 1)];
            let proofs = vec![proof(first), proof(first + 1)];
            (Milestone::from_words(words), proofs)
        };
        let head = Head::from_words([word(1), word(2), word(3)]);
        TrialEvidence {
            register: (word(0).saturating_to(), proof(0)),
            head: (head, (1..4).map(proof).collect()),
            milestones: (0..7).map(milestone).collect(),
            network: self.network,
            block: self.block,
            history: self.history,
            beacons: self.beacons,
        }
    }
}
