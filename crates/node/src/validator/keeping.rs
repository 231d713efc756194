//! The node as its keeper sees it, and the keeper behind the RPC port.

use super::{evidence, view::View};
use alloy_primitives::{B256, Bytes};
use async_trait::async_trait;
use commonware_codec::Encode as _;
use commonware_consensus::types::Epoch;
use commonware_utils::ordered::Set;
use std::sync::Arc;
use theriac_consensus::keeping::KeeperShares;
use theriac_contracts::{Refusal as LedgerRefusal, answerable};
use theriac_keepers::{
    Answerable, EpochKeepers, Finalised, FinalisedFailure, Mailbox, OpenRequest, Refusal, Shares,
};
use theriac_ledger::block::{Payload, PublicKey};
use theriac_rpc::{Chain as _, ChainFailure, EpochEvidence, Keepers, SealAnswers, SealRequest};

/// The state after the last block that is final and durable here.
pub(super) struct FinalState(pub(super) Arc<View>);

#[async_trait]
impl Finalised for FinalState {
    async fn answerable(
        &self,
        opening: u64,
        seals: &[[u8; 32]],
    ) -> Result<Result<Answerable, Refusal>, FinalisedFailure> {
        let seals: Vec<B256> = seals.iter().copied().map(B256::new).collect();
        let asked = self.0.ask(|host| answerable(host, opening, &seals)).await;
        let said = asked.map_err(|ChainFailure(cause)| FinalisedFailure(cause))?;
        Ok(said.map_err(refusal).map(|found| Answerable {
            requester: found.requester,
            key: found.key.0,
        }))
    }
}

/// What a keeper says where the ledger says this.
fn refusal(refusal: LedgerRefusal) -> Refusal {
    match refusal {
        LedgerRefusal::OpeningUnknown => Refusal::OpeningUnknown,
        LedgerRefusal::OpeningDenied => Refusal::OpeningDenied,
        LedgerRefusal::OpeningExpired => Refusal::OpeningExpired,
        LedgerRefusal::OpeningClosed => Refusal::OpeningClosed,
        LedgerRefusal::SealsDiffer => Refusal::SealsDiffer,
        // NotEnrolled, EnrolmentEnded, EnrolmentExpired, OrganisationChanged; whatever else comes is about the requester too.
        _ => Refusal::RequesterUnknown,
    }
}

/// The node's shares, for its keeper alone.
pub(super) struct NodeShares(pub(super) KeeperShares);

impl Shares for NodeShares {
    fn running_epoch(&self) -> u64 {
        self.0.running_epoch()
    }

    fn keepers(&self, epoch: u64) -> Option<EpochKeepers> {
        let key = self.0.public(epoch)?;
        Some(EpochKeepers {
            keepers: key.players.iter().cloned().collect(),
            exposed: key.exposed,
        })
    }

    fn sign(&self, epoch: u64, seals: &[[u8; 32]]) -> Option<Vec<theriac_envelope::seal::Partial>> {
        let seals: Vec<B256> = seals.iter().copied().map(B256::new).collect();
        let partials = self.0.sign(epoch, &seals)?;
        Some(partials.into_iter().map(Into::into).collect())
    }
}

/// The keeper behind the RPC port.
pub(super) struct KeeperDoor {
    pub(super) mailbox: Mailbox,
    pub(super) shares: KeeperShares,
    pub(super) view: Arc<View>,
}

#[async_trait]
impl Keepers for KeeperDoor {
    async fn open(&self, request: SealRequest) -> Result<SealAnswers, ChainFailure> {
        let SealRequest {
            opening,
            seals,
            key,
            epoch,
            all,
        } = request;
        let request = OpenRequest {
            opening,
            seals: seals.into_iter().map(|seal| seal.0).collect(),
            key: key.into(),
        };
        let opened = self.mailbox.open(request, epoch, all).await;
        let opened = opened.map_err(ChainFailure::new)?;
        let answers = opened.answers.into_iter();
        let refusals = opened.refusals.iter();
        Ok(SealAnswers {
            epoch: opened.epoch,
            needed: opened.needed as u64,
            answers: answers
                .map(|answer| (name(&answer.keeper), answer.message.into()))
                .collect(),
            refusals: refusals
                .map(|(keeper, refusal)| (name(keeper), refusal.name(), refusal.to_string()))
                .collect(),
        })
    }

    async fn epoch(&self, epoch: Option<u64>) -> Result<Option<EpochEvidence>, ChainFailure> {
        let epoch = epoch.unwrap_or_else(|| self.shares.running_epoch());
        let Some(key) = self.shares.public(epoch) else {
            return Ok(None);
        };
        let Some(info) = self.shares.committees().of(Epoch::new(epoch)) else {
            return Ok(None);
        };
        let height = self.boundary(epoch);
        let Some((section, headers, certificate)) = self.certified(height).await? else {
            return Ok(None);
        };
        let payload = Payload::EpochInfo((*info).clone()).encode();
        Ok(Some(EpochEvidence {
            epoch,
            keepers: names(&key.players),
            revealed: names(&key.revealed),
            exposed: key.exposed,
            sharing: Bytes::copy_from_slice(&key.sharing.encode()),
            height,
            payload: Bytes::copy_from_slice(&payload),
            section,
            headers,
            certificate,
        }))
    }
}

impl KeeperDoor {
    /// The height of the block that names the keepers of an epoch: the last one before it, genesis for the first.
    fn boundary(&self, epoch: u64) -> u64 {
        let blocks = self.view.founding.blocks_per_epoch.get();
        (epoch * blocks).saturating_sub(1)
    }

    /// The section of a block, its header and those up to the certified one, and the certificate.
    async fn certified(
        &self,
        height: u64,
    ) -> Result<
        Option<(
            Bytes,
            Vec<Bytes>,
            theriac_evidence::certificate::Finalization,
        )>,
        ChainFailure,
    > {
        let Some((covering, certificate)) = evidence::covering(&self.view, height).await else {
            return Ok(None);
        };
        let Some(section) = self.section(height)? else {
            return Ok(None);
        };
        let mut headers = Vec::new();
        for height in height..=covering {
            match self.view.header(height).await? {
                Some(sealed) => headers.push(alloy_rlp::encode(&sealed.header).into()),
                None => return Ok(None),
            }
        }
        Ok(Some((section, headers, certificate)))
    }

    fn section(&self, height: u64) -> Result<Option<Bytes>, ChainFailure> {
        if height == 0 {
            return Ok(Some(self.view.founding.genesis().section().encode().into()));
        }
        let found = self
            .view
            .index
            .consensus(height)
            .map_err(ChainFailure::new)?;
        Ok(found.map(|(_, section)| section))
    }
}

fn name(keeper: &PublicKey) -> B256 {
    B256::from_slice(&keeper.encode())
}

fn names(keepers: &Set<PublicKey>) -> Vec<B256> {
    keepers.iter().map(name).collect()
}
