//! The engine wired: application, mempool, epochs, key generation, sync.
//!
//! One [`engine::Engine`] is one validator: it agrees on blocks, executes them, keeps the state and
//! reshares the group key at each epoch. It is generic over the runtime, so that the same code runs
//! on sockets and disks and, from one seed, in the simulator.

pub mod application;
pub mod chain;
pub mod committees;
pub mod engine;
pub mod genesis;
pub mod keeping;
pub mod member;
pub mod mempool;
pub mod schemes;
pub mod secrets;
pub mod seeds;
pub mod state;
pub mod votes;

pub use application::{Application, Executed, Observer};
pub use chain::Chain;
