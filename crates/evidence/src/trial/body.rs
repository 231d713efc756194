//! The bodies of entries: one table of kinds and fields, from which they are written and read.

#![allow(
    missing_docs,
    reason = "the fields are those of docs/protocol/trials.md, section 4"
)]

use super::{
    Malformed, Outcome, Schedule,
    abi::{Field, Reader, Writer},
};
use alloy_primitives::{Address, B256};

macro_rules! bodies {
    ($($code:literal $words:literal $name:ident { $($field:ident: $type:ty),* $(,)? })*) => {
        $(
            #[derive(Debug, Clone, PartialEq, Eq)]
            pub struct $name { $(pub $field: $type),* }
        )*

        /// The body of an entry, by its kind.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Body { $($name($name)),* }

        impl Body {
            /// The code of the kind.
            pub fn kind(&self) -> u8 {
                match self { $(Self::$name(_) => $code),* }
            }

            /// The ABI encoding of the fields.
            pub fn encode(&self) -> Vec<u8> {
                match self {
                    $(Self::$name(body) => {
                        let mut out = Writer::new([$(stringify!($field)),*].len());
                        $(body.$field.write(&mut out);)*
                        out.finish()
                    })*
                }
            }

            /// Reads the body of an entry of this kind.
            ///
            /// # Errors
            /// There is no such kind, or the bytes are not exactly its encoding.
            pub fn decode(kind: u8, bytes: &[u8]) -> Result<Self, Malformed> {
                match kind {
                    $($code => {
                        let mut from = Reader::new(bytes, [$(stringify!($field)),*].len())?;
                        let body = $name { $($field: Field::read(&mut from)?),* };
                        from.finish()?;
                        Ok(Self::$name(body))
                    })*
                    _ => Err(Malformed::new("entry.kind", format!("got {kind}, expected 1 to 24"))),
                }
            }
        }

        /// The word for a kind.
        pub fn kind_word(kind: u8) -> &'static str {
            match kind { $($code => $words,)* _ => "unknown" }
        }

        $(impl From<$name> for Body {
            fn from(body: $name) -> Self { Self::$name(body) }
        })*
    };
}

bodies! {
    1 "registered" Registered {
        number: u32, protocol: B256, schedule: Schedule, outcomes: Vec<Outcome>,
        approvers: Vec<Address>, threshold: u8, retention_until: u64,
    }
    2 "amended" Amended {
        version: u32, protocol: B256, reason_code: u8, reason: B256,
        schedule: Schedule, outcomes: Vec<Outcome>, renew_consent: bool,
    }
    3 "site" Site { site: u16, organisation: u32, status: u8 }
    4 "role" Role { account: Address, site: u16, role: u8, until: u64 }
    5 "consented" Consented {
        document: B256, version: u32, signature: B256, participant: Address,
    }
    6 "withdrawn" Withdrawn { scope: u8, due: u64, reason: B256 }
    7 "captured" Captured { cell: u32, root: B256, items: u32, nulls: u32 }
    8 "missed" Missed { cell: u32, reason_code: u8, reason: B256 }
    9 "corrected" Corrected { cell: u32, entry: u64, root: B256, items: u32, reason_code: u8 }
    10 "queried" Queried { query: u32, cell: u32, state: u8, text: B256 }
    11 "signed" Signed {
        scope: u8, data_root: B256, meaning: u8, name: B256, time: u64,
        signature: Vec<u8>, second: Vec<u8>,
    }
    12 "locked" Locked { size: u64, root: B256, sums: B256 }
    13 "unlock approved" UnlockApproved {
        lock: u64, reason_code: u8, reason: B256, approvals: u8, unlocked: bool,
    }
    14 "list committed" ListCommitted {
        list: u16, stratum: B256, base_root: B256, length: u32, block_length: u32, delay: u32,
        secret: B256,
    }
    15 "list drawn" ListDrawn { list: u16, height: u64, prevrandao: B256 }
    16 "list sealed" ListSealed { list: u16, root: B256 }
    17 "allocated" Allocated { list: u16, index: u32 }
    18 "opened" Opened {
        list: u16, index: u32, emergency: u8, reason_code: u8, reason: B256, key: B256,
    }
    19 "plan" Plan { plan: B256, number: u16 }
    20 "unblinded" Unblinded { plan: u16, secrets: B256 }
    21 "analysed" Analysed {
        number: u16, plan: u16, lock: u64, data: B256, program: B256, result: B256, outcome: u32,
    }
    22 "published" Published { document: B256, outcomes: Vec<Outcome> }
    23 "erased" Erased { basis: u8, reason: B256 }
    24 "screened" Screened { report: B256, number: u32 }
}
