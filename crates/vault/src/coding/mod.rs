//! Reed-Solomon coding of one stripe: a chunk of content becomes n pieces, of which any k restore it.
//!
//! ```text
//! chunk --pad, cut--> k data pieces --code--> n - k parity pieces       k = n - 2f, f = floor((n - 1) / 3)
//! table = the hashes of the n pieces, each over content id, place and bytes
//! ```

mod code;
mod outline;
mod piece;
mod stripe;

pub use code::{Coding, MAX_MEMBERS};
pub(crate) use outline::{Outline, part_of, stripes_of};
pub(crate) use piece::{HASH_BYTES, piece_hash};
pub(crate) use stripe::{Piece, Stripe, restore};
