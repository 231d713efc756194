//! `theriac pack exceptions`: what does not fit in a delivery, and its way to an end.

mod answer;
mod list;
mod open;
mod report;
mod resolve;
mod withdraw;

use super::Desk;
use clap::{Args, Subcommand};
use theriac_gateway::packs::exceptions::Reporter;

/// Bring exceptions of deliveries to an end: product without data, data without product, too much, too little, damage, wrong data.
///
/// theriac pack receive opens them. Packs of an exception that is open are neither dispensed nor shipped. opened -> reported -> answered -> resolved, or
/// withdrawn at any time; from the last two nothing leads back.
#[derive(Debug, Subcommand)]
pub(super) enum Exceptions {
    List(list::List),
    Open(open::Open),
    Report(report::Report),
    Answer(answer::Answer),
    Resolve(resolve::Resolve),
    Withdraw(withdraw::Withdraw),
}

impl Exceptions {
    pub(super) fn run(self, desk: &Desk) -> anyhow::Result<()> {
        match self {
            Self::List(list) => list.run(desk),
            Self::Open(open) => open.run(desk),
            Self::Report(report) => report.run(desk),
            Self::Answer(answer) => answer.run(desk),
            Self::Resolve(resolve) => resolve.run(desk),
            Self::Withdraw(withdraw) => withdraw.run(desk),
        }
    }
}

/// Who reports, in messages to partners.
#[derive(Debug, Args)]
pub(in crate::commands::pack) struct Sender {
    /// Where your partner writes back.
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// Number of your order.
    #[arg(long, value_name = "NUMBER")]
    order: String,
}

impl Sender {
    fn reporter<'a>(&'a self, gln: &'a str) -> Reporter<'a> {
        Reporter {
            gln,
            email: &self.email,
            order: &self.order,
            now_ms: super::now_ms(),
        }
    }
}
