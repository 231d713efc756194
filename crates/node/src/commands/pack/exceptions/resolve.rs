//! `theriac pack exceptions resolve`.

use super::Desk;
use clap::Args;
use theriac_gateway::packs::{book::Outcome, exceptions::State};

/// Bring an exception that was reported to its end: its packs are released, or kept out for good.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack exceptions resolve 3 --release --account pharmacist.json\n  theriac pack exceptions resolve 4 --keep-out --account pharmacist.json\n\nNext:\n  theriac pack exceptions report --closed CASE, after the last of a case\n  theriac pack ship, to send back what was kept out"
)]
pub(in crate::commands::pack) struct Resolve {
    /// Its number.
    #[arg(value_name = "NUMBER")]
    number: i64,
    /// The packs are right, and may be dispensed and shipped.
    #[arg(
        long,
        required_unless_present = "keep_out",
        conflicts_with = "keep_out"
    )]
    release: bool,
    /// The packs are not dispensed; they may go back, or be decommissioned.
    #[arg(long)]
    keep_out: bool,
}

impl Resolve {
    pub(super) fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let outcome = match self.release {
            true => Outcome::Released,
            false => Outcome::KeptOut,
        };
        let closed = desk.offline()?.resolve_exception(self.number, outcome)?;
        super::withdraw::show(desk, &closed, State::Resolved)
    }
}
