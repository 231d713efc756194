//! A synthetic supply of medicines from one seed: what partners do, what their papers say, what scanners read, and what is really true.
//!
//! ```text
//! Parameters --> Supply --> Step, Step, ...  --> event_of: EPCIS, as the party's papers have it
//!                             |            \---> Act::Scan: what a scanner made of a pack
//!                             \-- fraud: what is wrong with it in truth
//! ```
//!
//! The same parameters give the same steps everywhere: no clock, no float, no hash order. Steps come wave by wave, so that a million
//! of them need no more memory than one wave.

mod document;
mod fraud;
mod inbound;
mod lot;
mod outbound;
mod parameters;
mod party;
mod random;
mod scanner;
mod shelf;
mod step;
mod stream;
mod wave;

pub use document::{envelope, event_of};
pub use fraud::Fraud;
pub use parameters::{Counts, ParameterError, Parameters, Rate, Rates};
pub use party::{Parties, Party, PartyKind};
pub use random::Random;
pub use scanner::{Fault, Reading};
pub use step::{Act, Item, Step};
pub use stream::Supply;
