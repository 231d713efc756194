//! Directory: people as accounts with a role in one organisation.
//!
//! ```text
//!            enrol                end
//! (never) ----------> active ----------> ended
//!                      ^  |  expiry        |
//!                      |  +-----> expired  |
//!                      +--------- enrol ---+   (by any organisation)
//! ```
//!
//! No arrow touches the person's key or a chart: only `setKey`, sent by the person, changes the key.

mod call;
mod end;
mod enrol;
mod people;
mod set_key;
pub(crate) mod standing;
pub(crate) mod state;

pub(crate) use call::call;
