//! What happens in a recovery, as the ledger tells it.

use alloy_primitives::Address;
use alloy_rpc_types_eth::Log;
use alloy_sol_types::SolEvent;
use serde::Serialize;
use theriac_contracts::{addresses::RECOVERY, interfaces::IRecovery};

/// Something that happened in the recovery of an account, or to its guardians. Times are Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(
    tag = "event",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[allow(missing_docs)]
pub enum RecoveryEvent {
    /// The account named guardians, who count from this time on.
    GuardiansSet { from: u64 },
    /// A guardian named a successor.
    Proposed { successor: Address, by: Address },
    /// A guardian approved a successor.
    Approved {
        successor: Address,
        by: Address,
        approvals: u8,
        needed: u8,
    },
    /// The delay began.
    Running { successor: Address, executable: u64 },
    /// The old key objected.
    Vetoed { needed: u8 },
    /// A guardian voted to freeze the key; `frozen` when it is.
    Frozen {
        by: Address,
        votes: u8,
        frozen: bool,
    },
    /// A guardian voted to end the recovery; `cancelled` when it is over.
    Cancelled {
        by: Address,
        votes: u8,
        cancelled: bool,
    },
    /// The successor took the place of the account.
    Executed { successor: Address, by: Address },
    /// The old key announced a successor of its own.
    HandOverAnnounced { successor: Address, from: u64 },
    /// The old key put a successor in its place.
    HandedOver { successor: Address },
    /// What the old key had announced was dropped.
    AnnouncementDropped,
}

impl RecoveryEvent {
    /// The account and the event that a log of `recovery` tells; `None` for other logs.
    #[must_use]
    pub fn from_log(log: &Log) -> Option<(Address, Self)> {
        if log.address() != RECOVERY {
            return None;
        }
        let account = Address::from_word(*log.topics().get(1)?);
        of_guardians(log)
            .or_else(|| of_keys(log))
            .map(|event| (account, event))
    }
}

/// What guardians do.
fn of_guardians(log: &Log) -> Option<RecoveryEvent> {
    let log = &log.inner;
    if let Ok(event) = IRecovery::Proposed::decode_log(log) {
        let (successor, by) = (event.successor, event.by);
        return Some(RecoveryEvent::Proposed { successor, by });
    }
    if let Ok(event) = IRecovery::Approved::decode_log(log) {
        return Some(RecoveryEvent::Approved {
            successor: event.successor,
            by: event.by,
            approvals: event.approvals,
            needed: event.needed,
        });
    }
    if let Ok(event) = IRecovery::Running::decode_log(log) {
        let (successor, executable) = (event.successor, event.executable);
        return Some(RecoveryEvent::Running {
            successor,
            executable,
        });
    }
    if let Ok(event) = IRecovery::Frozen::decode_log(log) {
        let (by, votes, frozen) = (event.by, event.votes, event.frozen);
        return Some(RecoveryEvent::Frozen { by, votes, frozen });
    }
    let event = IRecovery::Cancelled::decode_log(log).ok()?;
    Some(RecoveryEvent::Cancelled {
        by: event.by,
        votes: event.votes,
        cancelled: event.cancelled,
    })
}

/// What the old key does, and what becomes of it.
fn of_keys(log: &Log) -> Option<RecoveryEvent> {
    let log = &log.inner;
    if let Ok(event) = IRecovery::GuardiansSet::decode_log(log) {
        return Some(RecoveryEvent::GuardiansSet { from: event.from });
    }
    if let Ok(event) = IRecovery::Vetoed::decode_log(log) {
        return Some(RecoveryEvent::Vetoed {
            needed: event.needed,
        });
    }
    if let Ok(event) = IRecovery::Executed::decode_log(log) {
        let (successor, by) = (event.successor, event.by);
        return Some(RecoveryEvent::Executed { successor, by });
    }
    if let Ok(event) = IRecovery::HandOverAnnounced::decode_log(log) {
        let (successor, from) = (event.successor, event.from);
        return Some(RecoveryEvent::HandOverAnnounced { successor, from });
    }
    if let Ok(event) = IRecovery::HandedOver::decode_log(log) {
        let successor = event.successor;
        return Some(RecoveryEvent::HandedOver { successor });
    }
    IRecovery::AnnouncementDropped::decode_log(log)
        .ok()
        .map(|_| RecoveryEvent::AnnouncementDropped)
}
