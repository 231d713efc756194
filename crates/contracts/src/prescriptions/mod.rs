//! Prescriptions: the right to controlled medicines, as a token with one holder.
//!
//! ```text
//! prescribe ---> open --- fill: key spent, next key current, a fill less ---> open ... ---> filled (final)
//!                 |  |
//!          cancel |  | until
//!                 v  v
//!  cancelled (final) expired (final)
//! ```

mod call;
mod cancel;
mod fill;
mod prescribe;
pub(crate) mod state;
mod views;

pub(crate) use call::call;
