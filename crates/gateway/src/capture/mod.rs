//! How documents come in: received, spooled, acknowledged, then read event by event and stored.

mod batches;
mod failure;
mod intake;
mod reader;
mod spool;
mod worker;

pub(crate) use failure::Failure;
pub(crate) use intake::{Intake, examine, refusal};
pub(crate) use reader::{Documents, faults};
pub(crate) use spool::{Receipt, Spool, SpoolError};
pub(crate) use worker::Worker;
