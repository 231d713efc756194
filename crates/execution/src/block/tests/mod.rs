//! Whole blocks on a chain in memory.

mod delegation;
mod destroy;
mod differential;
mod ethereum;
mod examples;
mod ledger;
mod membership;
mod missing;
mod natives;
mod nesting;
mod packs;
mod refusals;
mod roots;
mod rules;
mod sealed;
mod seals;
mod trials;
mod twin;
