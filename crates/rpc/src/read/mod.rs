//! Who may read what. A caller who may not read a thing gets the answer of one that is not there.

mod account;
mod caller;
mod chart;
mod log;
mod remember;
mod transaction;

pub(crate) use caller::{Caller, Visit};
pub(crate) use remember::Remembered;

use std::sync::Arc;

use alloy_primitives::{Address, B256};

use theriac_contracts::OrganisationId;

use crate::{Chain, ChainFailure, Clock, Refusal};

/// How long a party or an enrolment is believed, in milliseconds: an ended one stops reading after this.
const BELIEVED_MS: u64 = 1_000;

/// Answers who may read, from the node's state.
pub(crate) struct Readers {
    chain: Arc<dyn Chain>,
    enrolled: Remembered<Address>,
    parties: Remembered<(B256, Address)>,
    watchers: Remembered<(u32, Address)>,
    concerned: Remembered<(Address, Address)>,
}

impl Readers {
    /// Readers according to this chain.
    pub(crate) fn new(chain: Arc<dyn Chain>, clock: Clock) -> Self {
        Self {
            chain,
            enrolled: Remembered::new(clock.clone(), BELIEVED_MS),
            parties: Remembered::new(clock.clone(), BELIEVED_MS),
            watchers: Remembered::new(clock.clone(), BELIEVED_MS),
            concerned: Remembered::new(clock, BELIEVED_MS),
        }
    }

    /// Whether the account is enrolled.
    ///
    /// # Errors
    /// [`ChainFailure`] if the node could not tell.
    pub(crate) async fn is_enrolled(&self, account: Address) -> Result<bool, ChainFailure> {
        if let Some(known) = self.enrolled.get(&account) {
            return Ok(known);
        }
        let enrolled = self.chain.is_enrolled(account).await?;
        self.enrolled.put(account, enrolled);
        Ok(enrolled)
    }

    /// Whether the caller may read of this chart.
    ///
    /// # Errors
    /// [`ChainFailure`] if the node could not tell.
    pub(crate) async fn chart(&self, caller: Caller, chart: B256) -> Result<bool, ChainFailure> {
        let account = match caller {
            Caller::Nobody => return Ok(false),
            Caller::Anyone(_) => return Ok(true),
            Caller::Account(account) => account,
        };
        if let Some(known) = self.parties.get(&(chart, account)) {
            return Ok(known);
        }
        let party = self.chain.is_party(chart, account).await?;
        self.parties.put((chart, account), party);
        Ok(party)
    }

    /// Whether the account is a privacy officer or administrator of the organisation.
    ///
    /// # Errors
    /// [`ChainFailure`] if the node could not tell.
    pub(crate) async fn watches(
        &self,
        organisation: OrganisationId,
        account: Address,
    ) -> Result<bool, ChainFailure> {
        let key = (organisation.0, account);
        if let Some(known) = self.watchers.get(&key) {
            return Ok(known);
        }
        let watches = self.chain.watches_over(organisation, account).await?;
        self.watchers.put(key, watches);
        Ok(watches)
    }

    /// Whether the caller may read of the recovery of this account.
    ///
    /// # Errors
    /// [`ChainFailure`] if the node could not tell.
    pub(crate) async fn recovery(
        &self,
        caller: Caller,
        account: Address,
    ) -> Result<bool, ChainFailure> {
        let reader = match caller {
            Caller::Nobody => return Ok(false),
            Caller::Anyone(_) => return Ok(true),
            Caller::Account(reader) => reader,
        };
        if let Some(known) = self.concerned.get(&(account, reader)) {
            return Ok(known);
        }
        let concerned = self.chain.is_concerned(account, reader).await?;
        self.concerned.put((account, reader), concerned);
        Ok(concerned)
    }
}

/// A rule as a result.
pub(crate) fn allow(allowed: bool, refusal: Refusal) -> Result<(), Refusal> {
    match allowed {
        true => Ok(()),
        false => Err(refusal),
    }
}
