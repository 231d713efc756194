//! `theriac pack recall`: a lot is recalled; holders pull it, and acknowledge.

mod ack;
mod list;
mod not_found;
mod pull;
mod status;

use super::{Desk, flag::show};
use crate::arguments;
use alloy_primitives::B256;
use clap::{Args, Subcommand};
use theriac_contracts::codes::FlagKind;
use theriac_gateway::packs::Target;

/// Recall a lot: whoever holds packs of it is alarmed, and nobody learns who that is. Or pull what was recalled, and acknowledge.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:\n  theriac pack recall --lot L7 --class 1 --account maker.json\n  theriac pack recall --root 0x... --class 2 --account regulator.json\n  theriac pack recall list --account pharmacist.json\n  theriac pack recall status L7 ack-1.json ack-2.json --account maker.json\n\nNext:\n  holders: theriac pack watch\n  theriac pack clear NUMBER"
)]
pub(super) struct Recall {
    /// The lot's number, as in your book.
    #[arg(long, value_name = "LOT", required_unless_present = "root")]
    lot: Option<String>,
    /// The product, where several lots have the same number.
    #[arg(long, value_name = "GTIN", requires = "lot")]
    gtin: Option<String>,
    /// The lot's root.
    #[arg(long, value_name = "ID", value_parser = arguments::id, conflicts_with = "lot")]
    root: Option<B256>,
    /// 1 may do serious harm or kill, 2 harm that passes, 3 is not likely to do harm.
    #[arg(long, value_name = "CLASS", required = true, value_parser = clap::value_parser!(u8).range(1..=3))]
    class: Option<u8>,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    List(list::List),
    Pull(pull::Pull),
    NotFound(not_found::NotFound),
    Ack(ack::Ack),
    Status(status::Status),
}

/// A lot by its number.
#[derive(Debug, Args)]
pub(in crate::commands::pack) struct Lot {
    /// The lot's number, as in your book.
    #[arg(value_name = "LOT")]
    lot: String,
    /// The product, where several lots have the same number.
    #[arg(long, value_name = "GTIN")]
    gtin: Option<String>,
}

impl Recall {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        match self.verb {
            Some(Verb::List(list)) => list.run(desk),
            Some(Verb::Pull(pull)) => pull.run(desk),
            Some(Verb::NotFound(not_found)) => not_found.run(desk),
            Some(Verb::Ack(ack)) => ack.run(desk).await,
            Some(Verb::Status(status)) => status.run(desk).await,
            None => self.raise(desk).await,
        }
    }

    async fn raise(self, desk: &Desk) -> anyhow::Result<()> {
        let kind = match self.class {
            Some(1) => FlagKind::RecallClass1,
            Some(2) => FlagKind::RecallClass2,
            Some(_) | None => FlagKind::RecallClass3,
        };
        let target = match (self.root, self.lot) {
            (Some(root), _) => Target::Root(root),
            (None, lot) => Target::Lot {
                gtin: self.gtin,
                lot: lot.unwrap_or_default(),
            },
        };
        let raised = desk.partner().await?.flag(&target, kind).await?;
        show(desk, kind, &raised)
    }
}
