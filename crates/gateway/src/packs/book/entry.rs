//! What is to be entered on the ledger.

use alloy_primitives::{Address, B256};
use serde::{Deserialize, Serialize};
use theriac_sdk::prescriptions::SignedFill;

/// An entry that waits to be sent, or was sent. What follows from it is elsewhere in the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    /// A lot.
    Commission {
        /// Its root.
        root: B256,
        /// Its first key.
        key: Address,
        /// Salted commitment to the event.
        document: B256,
    },
    /// Keys are closed.
    Close {
        /// Number of the hand-over.
        hand_over: i64,
        /// The keys, 1 to 64.
        keys: Vec<Address>,
        /// Commitment to the hand-over.
        commitment: B256,
        /// Salted commitment to the event, or zero.
        document: B256,
    },
    /// Events that belong to no other entry.
    Commit {
        /// Salted commitments, 1 to 64.
        documents: Vec<B256>,
    },
    /// Packs leave.
    Leave {
        /// Their tags, 1 to 64.
        tags: Vec<B256>,
        /// How: a code of `ExitKind`.
        kind: u8,
        /// When, in the partner's own time.
        time_ms: u64,
    },
    /// An exit is undone.
    Undo {
        /// The pack.
        tag: B256,
    },
    /// An exit that another entered is struck.
    Contest {
        /// The pack.
        tag: B256,
    },
    /// A flag is raised.
    Flag {
        /// A code of `FlagSubject`.
        subject: u8,
        /// What it stands on.
        handle: B256,
        /// A code of `FlagKind`.
        kind: u8,
        /// Salted commitment to the notice, or zero.
        notice: B256,
    },
    /// Something moves in a cabinet.
    Record {
        /// The cabinet.
        cabinet: B256,
        /// The item.
        item: B256,
        /// The product, which the ledger is not told.
        gtin: String,
        /// Received, stock, dispensed, wasted, returned, lost.
        amounts: [i64; 6],
        /// The blinding of each.
        blindings: [B256; 6],
    },
    /// A fill of a prescription is taken.
    Fill {
        /// What the patient's key signed.
        signed: SignedFill,
    },
    /// A flag is cleared.
    Clear {
        /// Its number.
        number: u64,
        /// Salted commitment to the notice, or zero.
        notice: B256,
    },
}

impl Entry {
    /// A word for people.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Commission { .. } => "commission",
            Self::Close { .. } => "hand-over",
            Self::Commit { .. } => "documents",
            Self::Leave { .. } => "exit",
            Self::Undo { .. } => "undo",
            Self::Contest { .. } => "contest",
            Self::Flag { .. } => "flag",
            Self::Record { .. } => "cabinet",
            Self::Clear { .. } => "clear",
            Self::Fill { .. } => "fill",
        }
    }

    /// The hand-over that it is of.
    pub fn hand_over(&self) -> Option<i64> {
        match self {
            Self::Close { hand_over, .. } => Some(*hand_over),
            Self::Commission { .. }
            | Self::Commit { .. }
            | Self::Leave { .. }
            | Self::Undo { .. }
            | Self::Contest { .. }
            | Self::Flag { .. }
            | Self::Record { .. }
            | Self::Clear { .. }
            | Self::Fill { .. } => None,
        }
    }
}
