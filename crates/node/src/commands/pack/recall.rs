//! `theriac pack recall`.

use super::{Desk, flag::show};
use crate::arguments;
use alloy_primitives::B256;
use clap::Args;
use theriac_contracts::codes::FlagKind;
use theriac_gateway::packs::Target;

/// Recall a lot: whoever holds packs of it is alarmed, and nobody learns who that is.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack recall --lot L7 --class 1 --account maker.json\n  theriac pack recall --root 0x... --class 2 --account regulator.json\n\nNext:\n  holders: theriac pack watch\n  theriac pack clear NUMBER"
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
    #[arg(long, value_name = "CLASS", value_parser = clap::value_parser!(u8).range(1..=3))]
    class: u8,
}

impl Recall {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let kind = match self.class {
            1 => FlagKind::RecallClass1,
            2 => FlagKind::RecallClass2,
            _ => FlagKind::RecallClass3,
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
