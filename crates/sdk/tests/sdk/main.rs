//! Tests of the client against nodes, real and failing.

mod nodes;
mod story;
mod support;
mod wallets;
mod watch;
