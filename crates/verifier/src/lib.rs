//! The verifier of trials as a module for browsers: memory for what comes in, one call, an answer in JSON.
//!
//! It imports nothing, so that it has neither network nor clock nor randomness. `crates/verifier/page` holds the page around it, and
//! `cargo xtask page` puts both into one file.

mod answer;
pub mod exports;
mod trust;

pub use answer::{Answer, MAX_BUNDLE, answer};
pub use trust::{Trust, TrustFailure};
