//! One-time keys: a partner's own, and those to which others hand over.

mod own;
mod stealth;

pub use own::BookSecret;
pub use stealth::{Announced, PackKey, PackKeyError, hand_over_to, received};
