//! Executes blocks: revm, the native contracts and the chain's rules.

mod block;
mod environment;
mod evm;
mod header;
mod simulate;
mod spec;
mod state;
#[cfg(test)]
mod testing;
mod transaction;

pub use block::{Changes, ExecuteError, ExecutedReceipt, Executor, Outcome, genesis_changes};
pub use environment::BlockEnvironment;
pub use header::seal;
pub use simulate::{
    AccessListed, CallRequest, Ending, Estimate, Simulated, call, create_access_list, estimate,
    view,
};
pub use spec::ChainSpec;
pub use state::{Lookup, StateSource};
pub use transaction::{Transaction, TransactionRefusal, admit, admit_all};
