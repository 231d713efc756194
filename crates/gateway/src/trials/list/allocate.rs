//! A subject is given the next index of a list; and who made the list looks it up.

use theriac_contracts::{codes::TrialRole, interfaces::ITrials::allocateCall};
use theriac_evidence::trial::Body;

use super::Allocation;
use crate::trials::{
    Error, Party, Refusal,
    book::{BookError, Follow, Logged},
};

impl Party {
    /// Gives a subject the next index of a list.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn allocate(&mut self, slot: u32, list: u16) -> Result<u32, Error> {
        let study = self.study()?;
        let call = allocateCall { study, slot, list };
        let entered = self.enter(&call, &Follow::default()).await?;
        self.sync().await?;
        let body = entered.first().map(Logged::body).transpose()?;
        let Some(Body::Allocated(allocated)) = body else {
            return Err(BookError::Damaged("an allocation has no entry").into());
        };
        Ok(allocated.index)
    }

    /// What a subject was given, for the account that made the list and sees allocations.
    ///
    /// # Errors
    /// `Blinded`, `ListAbsent`; those of book and ledger.
    pub async fn allocation(&self, slot: u32, list: u16) -> Result<Option<Allocation>, Error> {
        if !self.sees_allocations().await? {
            return Err(Refusal::Blinded.into());
        }
        let study = self.study()?;
        let Some(index) = self.client.allocated_index(study, list, slot).await? else {
            return Ok(None);
        };
        let kept = self.kept_list(list).await?;
        let ordered = kept.ordered(&self.prevrandao(list)?);
        let entry = ordered.get(index as usize);
        let entry = entry.ok_or(BookError::Damaged("a list is shorter than the ledger's"))?;
        Ok(Some(Allocation::of((list, index), entry)))
    }

    /// Whether a role of the account sees allocations.
    ///
    /// # Errors
    /// Those of the ledger.
    pub async fn sees_allocations(&self) -> Result<bool, Error> {
        const UNBLINDED: u8 = 4;
        let (study, account) = (self.study()?, self.client.address());
        let told = self.client.trial(study).await?;
        if told.status >= UNBLINDED {
            return Ok(true);
        }
        for site in 0..=told.sites {
            let grant = self.client.trial_role(study, account, site).await?;
            if TrialRole::from_code(grant.role).is_some_and(TrialRole::sees_allocations) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
