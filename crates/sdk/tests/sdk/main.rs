//! Tests of the client against nodes, real and failing.

mod members;
mod nodes;
mod recovery;
mod rules;
mod seals;
mod story;
mod support;
mod wallets;
mod watch;
