//! Changes of the committee and of the rules, proposed and voted for by the organisation that runs every validator of a simulation.

use crate::chain::socket;
use alloy_primitives::{B256, Bytes};
use alloy_sol_types::SolCall as _;
use commonware_codec::Encode as _;
use std::time::Duration;
use theriac_contracts::interfaces::IMembers;
use theriac_ledger::block::PublicKey;

/// What changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The machine with this number becomes a validator; it is switched on then.
    Add(usize),
    /// The machine with this number is a validator no longer.
    Remove(usize),
    /// Blocks from a height on follow another version of the rules.
    Upgrade {
        /// The version.
        version: u32,
        /// The height.
        height: u64,
    },
}

/// A change and when it is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheduled {
    /// Time since the start.
    pub at: Duration,
    /// What is proposed, and accepted at once.
    pub change: Change,
}

/// The calls that propose change `number` of a network and accept it.
pub(crate) fn calls(number: u64, change: Change, keys: &[PublicKey]) -> [Bytes; 2] {
    let identity = |index: usize| B256::from_slice(&keys[index].encode());
    let proposal = match change {
        Change::Add(index) => IMembers::proposeAddValidatorCall {
            identity: identity(index),
            organisation: 1,
            location: socket(index).to_string(),
        }
        .abi_encode(),
        Change::Remove(index) => IMembers::proposeRemoveValidatorCall {
            identity: identity(index),
        }
        .abi_encode(),
        Change::Upgrade { version, height } => {
            IMembers::proposeUpgradeCall { version, height }.abi_encode()
        }
    };
    let vote = IMembers::voteCall {
        proposal: number,
        support: true,
    };
    [proposal.into(), vote.abi_encode().into()]
}
