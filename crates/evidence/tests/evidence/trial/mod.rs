//! Bundles of trials: honest ones of every audience, and what is found of others.

#![allow(unreachable_pub, reason = "the modules of one test program")]

mod campaign;
mod captures;
mod chain;
mod claims;
mod closing;
mod contract;
mod dice;
mod merkle;
mod page;
mod parts;
mod pinned;
mod python;
mod scale;
mod script;
mod study;
mod table;
mod tampering;
mod world;
mod wrongs;
