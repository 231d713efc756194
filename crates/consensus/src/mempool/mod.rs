//! Transactions that wait for a block, and their spread to the other members.

mod gossip;
mod pool;

pub use gossip::{BATCH_BYTES, Gossip, max_message_bytes};
pub use pool::{Mempool, PoolLimits, PoolRefusal};
