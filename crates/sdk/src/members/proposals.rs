//! Reads proposals and the votes on them.

use super::Change;
use crate::{Client, Error, pages::pages};
use alloy_primitives::Address;
use theriac_contracts::{
    OrganisationId, Refusal,
    addresses::MEMBERS,
    codes::ProposalStatus,
    interfaces::IMembers::{self, openProposalsCall, proposalCall, proposalsCall, votesCall},
};

pub use theriac_contracts::interfaces::IMembers::Vote;

/// A change that the validators vote on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its number.
    pub id: u64,
    /// Code of the kind of change.
    pub kind: u8,
    /// What it would change; `None` for a kind that this version does not know.
    pub change: Option<Change>,
    /// Where it stands.
    pub status: ProposalStatus,
    /// Why it could not be done although it was accepted.
    pub refusal: Option<Refusal>,
    /// The organisation that proposed it.
    pub organisation: OrganisationId,
    /// The account that proposed it.
    pub by: Address,
    /// Time of the block that proposed it, in milliseconds.
    pub created_time_ms: u64,
    /// Unix seconds from which on no vote is taken.
    pub deadline: u64,
    /// Height of the block in which it was decided; `None` before.
    pub decided_height: Option<u64>,
    /// Votes for it that count.
    pub yes: u32,
    /// Votes against it that count.
    pub no: u32,
    /// All validators.
    pub validators: u32,
}

impl Proposal {
    /// Votes for it that accept it: more than two thirds of the validators.
    #[must_use]
    pub fn needed(&self) -> u32 {
        self.validators * 2 / 3 + 1
    }

    fn read(told: &IMembers::Proposal) -> Result<Self, Error> {
        let refusal = Refusal::ALL
            .iter()
            .find(|refusal| refusal.code() == told.refusal);
        Ok(Self {
            id: told.id,
            kind: told.kind,
            change: Change::decode(told.kind, &told.content)?,
            status: ProposalStatus::from_code(told.status)
                .ok_or(Error::MalformedAnswer("proposal"))?,
            refusal: refusal.copied(),
            organisation: OrganisationId(told.organisation),
            by: told.by,
            created_time_ms: told.createdTimeMs,
            deadline: told.deadline,
            decided_height: (told.decidedHeight != 0).then_some(told.decidedHeight),
            yes: told.yes,
            no: told.no,
            validators: told.validators,
        })
    }
}

impl Client {
    /// One proposal, as more than half of the nodes tell it: what one votes on must not be one node's word.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::call_agreed`].
    pub async fn proposal(&self, id: u64) -> Result<Proposal, Error> {
        Proposal::read(&self.call_agreed(MEMBERS, &proposalCall { id }).await?)
    }

    /// All proposals there ever were, in order.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn proposals(&self) -> Result<Vec<Proposal>, Error> {
        let told = pages(|from, limit| async move {
            let answer = self.call(MEMBERS, &proposalsCall { from, limit }).await?;
            Ok((answer.page, answer.total))
        });
        told.await?.iter().map(Proposal::read).collect()
    }

    /// The proposals that can be voted on, the newest first.
    ///
    /// # Errors
    /// Those of [`Client::proposal`].
    pub async fn open_proposals(&self) -> Result<Vec<Proposal>, Error> {
        let mut open = Vec::new();
        for id in self.call(MEMBERS, &openProposalsCall {}).await? {
            open.push(self.proposal(id).await?);
        }
        Ok(open)
    }

    /// All votes cast on a proposal, in order of validator; those of removed validators count no longer.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::call`].
    pub async fn votes(&self, id: u64) -> Result<Vec<Vote>, Error> {
        self.call(MEMBERS, &votesCall { id }).await
    }
}
