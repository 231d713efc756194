//! The methods, in one table: name, who may call, cost, parameters, and what comes back.

mod account;
mod block;
mod call;
mod debug;
mod execute;
mod fee;
mod filter;
mod log;
mod login;
mod net;
mod pool;
mod proof;
mod seal;
mod status;
mod submit;
mod table;
mod transaction;
mod vault;

pub use table::{Access, METHODS, Method, method_table};

pub(crate) use call::Call;
pub(crate) use table::Kind;
