//! What the node is asked to execute or to prove.

use alloy_eips::{eip2930::AccessList, eip7702::SignedAuthorization};
use alloy_primitives::{Address, B256, Bytes, U256};

/// A call that is executed without being recorded. Its gas price is zero whatever was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallRequest {
    /// Who calls; the server has checked that the caller may speak for it.
    pub from: Address,
    /// What is called; `None` creates a contract.
    pub to: Option<Address>,
    /// The gas limit; the network's cap where absent.
    pub gas: Option<u64>,
    /// Value sent, in wei.
    pub value: U256,
    /// Call data or init code.
    pub input: Bytes,
    /// The nonce to call with; the account's own where absent.
    pub nonce: Option<u64>,
    /// Slots to warm.
    pub access_list: AccessList,
    /// EIP-7702 authorizations, as signed.
    pub authorizations: Vec<SignedAuthorization>,
}

/// What a state proof is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofSubject {
    /// A record.
    Record(B256),
    /// A chart's log: its length, and that there is no further entry.
    ChartLog(B256),
    /// An account.
    Account(Address),
    /// A storage slot.
    Slot(Address, U256),
}

/// What an evidence bundle is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvidenceSubject {
    /// A record was registered.
    Record(B256),
    /// A chart's requests, decisions and grants are complete.
    Chart(B256),
    /// What stands of a study.
    Trial {
        /// The study.
        study: B256,
        /// The organisation of its sponsor.
        organisation: u32,
        /// Heights of blocks that are to be shown as ancestors of the block of the evidence.
        blocks: Vec<u64>,
    },
}
