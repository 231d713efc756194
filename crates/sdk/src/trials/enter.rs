//! Sends a call of trials, and reads the entries that it made.

use crate::{Client, Error, account::Fees};
use alloy_primitives::{B256, Bytes};
use alloy_rpc_types_eth::TransactionReceipt;
use alloy_sol_types::{SolCall, SolEvent};
use theriac_contracts::{addresses::TRIALS, interfaces::ITrials};

/// An entry of a study as the ledger tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The study.
    pub study: B256,
    /// Its number in the study.
    pub number: u64,
    /// The subject; 0 for none.
    pub slot: u32,
    /// What happened: a kind of docs/protocol/trials.md, section 4.
    pub kind: u8,
    /// The 168 bytes that the log holds.
    pub entry: Bytes,
    /// What the last field of the entry is the hash of.
    pub body: Bytes,
}

impl From<ITrials::Entered> for Entered {
    fn from(event: ITrials::Entered) -> Self {
        Self {
            study: event.study,
            number: event.number,
            slot: event.slot,
            kind: event.kind,
            entry: event.entry,
            body: event.body,
        }
    }
}

impl Client {
    /// Sends a call of `ITrials` that changes state; the entries that it made, in order.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn enter_trial<C: SolCall>(&self, call: &C) -> Result<Vec<Entered>, Error> {
        self.enter_trial_bytes(call.abi_encode().into()).await
    }

    /// The same with the call's ABI encoding.
    ///
    /// # Errors
    /// As [`Client::enter_trial`].
    pub async fn enter_trial_bytes(&self, call: Bytes) -> Result<Vec<Entered>, Error> {
        let receipt = self.transact(TRIALS.into(), call, Fees::default()).await?;
        Ok(entries(&receipt))
    }
}

fn entries(receipt: &TransactionReceipt) -> Vec<Entered> {
    let of_trials = receipt.logs().iter().filter(|log| log.address() == TRIALS);
    let decoded = of_trials.filter_map(|log| ITrials::Entered::decode_log(&log.inner).ok());
    decoded.map(|log| log.data.into()).collect()
}
