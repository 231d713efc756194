//! Packs: serialised packs of medicines, from the lot to the patient.
//!
//! ```text
//!   commission          close                    close
//! lot -----------> key -------> key (next owner) -------> key ...      what a pack does in between is in commitments
//!
//!            dispense, decommission             10 days
//! (no entry) -----------------------> left ----------------> left for good
//!     ^                                |  |
//!     |   undo (same organisation)     |  |   contest (who holds the pack, of another organisation)
//!     +--------------------------------+  +---------------------> not left, reserved for the holder
//! ```
//!
//! | File | What |
//! |---|---|
//! | `tag.rs`, `trie.rs`, `custody.rs` | hashes and proofs, for clients too; no state |
//! | `set_product.rs`, `commission.rs`, `close.rs`, `commit.rs` | what is entered of products, lots, hand-overs and events |
//! | `dispense.rs`, `decommission.rs`, `leave.rs` | a pack leaves |
//! | `undo.rs`, `contest.rs` | it comes back |
//! | `flag.rs`, `clear.rs` | warnings |

mod call;
mod clear;
mod close;
mod commission;
mod commit;
mod contest;
mod custody;
mod decommission;
mod dispense;
mod flag;
mod leave;
mod set_product;
pub(crate) mod state;
mod tag;
mod trie;
mod undo;
mod views;
mod views_flags;

pub(crate) use call::call;
pub use custody::{
    CustodyError, CustodyProof, CustodyStep, NESTING_LIMIT, STEP_LIMIT, hand_over_commitment,
    holder,
};
pub use tag::{LabelError, PackLabel, is_gtin, nullifier, undo_commitment};
pub use trie::{Absence, DEPTH_LIMIT, Trie, TrieError, UNIT_LIMIT, inner_hash, leaf_hash, root_of};

#[cfg(test)]
mod vectors;
