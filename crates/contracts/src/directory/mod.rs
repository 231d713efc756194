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
//! From each of them `recovery` leads to replaced (final): another key stands for the person from then on. No arrow of an
//! organisation touches the person's key or a chart: only `setKey`, sent by the person, changes the key.

mod call;
mod end;
mod enrol;
mod people;
pub(crate) mod replace;
mod set_key;
pub(crate) mod standing;
pub(crate) mod state;

pub(crate) use call::call;
