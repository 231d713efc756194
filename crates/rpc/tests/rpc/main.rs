//! The server as a client sees it: over a real port, before a small chain in memory.

mod answers;
mod errors;
mod keepers;
mod limits;
mod login;
mod matrix;
mod origins;
mod reading;
mod seals;
mod submitting;
mod subscriptions;
mod support;
mod vault;
