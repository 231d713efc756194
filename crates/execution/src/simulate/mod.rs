//! Calls that leave no trace: `eth_call`, `eth_estimateGas`, `eth_createAccessList`, and questions to the contracts.

mod access_list;
mod call;
mod estimate;
mod request;
mod session;
#[cfg(test)]
mod tests;
mod view;

pub use access_list::{AccessListed, create_access_list};
pub use call::{Ending, Simulated, call};
pub use estimate::{Estimate, estimate};
pub use request::CallRequest;
#[cfg(test)]
pub(crate) use session::Session;
pub use view::view;
