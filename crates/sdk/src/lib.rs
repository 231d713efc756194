//! A client: accounts, typed calls, watching, opening.
//!
//! [`Client`] acts as one [`account::Account`] at the nodes that it is given. What a person does is one method of it each:
//! `enrol`, `open_chart`, `add_record`, `request_access`, `approve`, `open`, `revoke`, ... Keys and plaintext stay in this process.

pub mod access;
pub mod account;
pub mod cabinets;
mod client;
pub mod delegation;
pub mod directory;
mod error;
mod evidence;
pub mod members;
pub mod packs;
mod pages;
pub mod prescriptions;
mod random;
pub mod records;
pub mod recovery;
pub mod rpc;
pub mod rules;
pub mod seals;
mod status;
pub mod trials;
pub mod watch;

pub use client::{Answers, Client, Reads, Slot, Transferred};
pub use error::{Error, ErrorKind};

use random::random;
