//! `theriac pack exceptions withdraw`.

use super::Desk;
use clap::Args;
use serde_json::json;
use theriac_gateway::packs::exceptions::{Closed, State};

/// Take an exception back: it was none. Its packs are released.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack exceptions withdraw 3 --account pharmacist.json\n\nNext:\n  theriac pack exceptions list"
)]
pub(in crate::commands::pack) struct Withdraw {
    /// Its number.
    #[arg(value_name = "NUMBER")]
    number: i64,
}

impl Withdraw {
    pub(super) fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let closed = desk.offline()?.withdraw_exception(self.number)?;
        show(desk, &closed, State::Withdrawn)
    }
}

/// An exception that came to its end, and what its partner is still to be told.
pub(super) fn show(desk: &Desk, closed: &Closed, state: State) -> anyhow::Result<()> {
    let value = json!({ "number": closed.number, "state": state.word(), "closedCase": closed.last_of_case });
    let text = format!("exception {}  {}", closed.number, state.word());
    desk.output().result(&value, &text)?;
    if let Some(case) = &closed.last_of_case {
        let next = format!("theriac pack exceptions report --closed {case}, to tell the partner");
        desk.output().next(&next);
    }
    Ok(())
}
