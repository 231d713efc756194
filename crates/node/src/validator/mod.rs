//! One member's node in this process: engine, index, vault and RPC, on a thread of its own.

mod accuse;
mod bucket;
mod door;
mod erasing;
mod evidence;
mod history;
mod keeping;
mod orders;
mod peers;
mod recorder;
mod start;
mod trial_evidence;
mod view;

pub(crate) use start::{Running, ValidatorConfig, start};
