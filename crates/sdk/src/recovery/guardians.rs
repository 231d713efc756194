//! A person names guardians.

use super::RecoveryEvent;
use crate::{Client, Error, client::event, pages::pages};
use alloy_primitives::{Address, B256};
use theriac_contracts::{
    addresses::RECOVERY,
    interfaces::IRecovery::{GuardiansSet, guardiansCall, setGuardiansCall, wardsCall},
};

pub use theriac_contracts::interfaces::IRecovery::Guardians;

/// Guardians to be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGuardians {
    /// People, or admin accounts of organisations; 1 to 16.
    pub accounts: Vec<Address>,
    /// How many of them must agree.
    pub threshold: u8,
    /// Seconds between the last approval that is needed and the execution.
    pub delay: u64,
}

/// Guardians that were named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedGuardians {
    /// Unix seconds from which they count.
    pub from: u64,
    /// The transaction.
    pub transaction: B256,
    /// The height of its block.
    pub height: u64,
}

impl Client {
    /// Names the guardians of this account. The first ones count at once, others after the delay of those before.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn set_guardians(&self, new: NewGuardians) -> Result<NamedGuardians, Error> {
        let call = setGuardiansCall {
            guardians: new.accounts,
            threshold: new.threshold,
            delay: new.delay,
        };
        let receipt = self.send(RECOVERY, &call).await?;
        let from = event::<GuardiansSet>(&receipt, RECOVERY)?.from;
        Ok(NamedGuardians {
            from,
            transaction: receipt.transaction_hash,
            height: receipt.block_number.unwrap_or_default(),
        })
    }

    /// The guardians of an account now, and those to come with the time from which they count (Unix seconds).
    ///
    /// # Errors
    /// `Refused` for whom that does not concern; those of [`Client::call`].
    pub async fn guardians(
        &self,
        account: Address,
    ) -> Result<(Guardians, Option<(Guardians, u64)>), Error> {
        let answer = self
            .call_agreed(RECOVERY, &guardiansCall { account })
            .await?;
        let next = (answer.from != 0).then_some((answer.next, answer.from));
        Ok((answer.current, next))
    }

    /// Accounts that ever named this account as a guardian.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn wards(&self) -> Result<Vec<Address>, Error> {
        pages(|from, limit| async move {
            let answer = self.call(RECOVERY, &wardsCall { from, limit }).await?;
            Ok((answer.page, answer.total))
        })
        .await
    }

    /// What happened in the recoveries that concern this account, from a height on, in order: the account of each, and the event.
    ///
    /// # Errors
    /// Those of a call.
    pub async fn recovery_events(&self, from: u64) -> Result<Vec<(Address, RecoveryEvent)>, Error> {
        let range = (from, self.height().await?);
        let logs = self.logs(RECOVERY, &[], range).await?;
        Ok(logs.iter().filter_map(RecoveryEvent::from_log).collect())
    }
}
