//! Access: rules, requests, grants and the log of each chart.
//!
//! ```text
//!            no rule matches             approve, approveSigned
//! request --------------------> pending -------------------------> granted --- open (any number)
//!    |                             |                               ^    |
//!    |  a permit matches           | deny                   fulfil |    | revoke
//!    +-------------------> admitted|-------------------------------+    |
//!    |  a deny matches        |    v                                    v
//!    +------------------------|-> denied (final)                  revoked (final)
//!                             +--------------- revoke ------------------^
//! grant ---------------------------------------------------------> granted
//! ```
//!
//! From pending, admitted and granted time leads to expired (final). A deny rule wins over every permit rule; a rule decides
//! once, when the request executes. Every arrow but time's is an entry in the log of the chart. The arrows deny and revoke, and
//! every change of rules, close the chart's openings in `seals`.

mod approve;
mod call;
mod deny;
pub(crate) mod evaluate;
mod fulfil;
mod grant;
pub(crate) mod log;
mod open;
mod parties;
pub(crate) mod request;
mod revoke;
mod rule;
mod sharing;
pub(crate) mod state;
mod terms;
mod views;

pub(crate) use call::call;
pub(crate) use log::append;
pub use log::{Entry, entry_hash};
pub(crate) use parties::holds_live;
pub use sharing::{Sharing, shared_of, sharing};
pub use terms::Terms;
