//! `theriac pack count record`.

use super::Desk;
use crate::{arguments, errors::UsageError};
use alloy_primitives::B256;
use clap::Args;
use serde_json::json;
use theriac_gateway::packs::Moved;

/// Record what came in or went out. All sorts of movement look the same on the ledger.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack count record --cabinet 0x... --gtin 04012345123456 --received 50 --account pharmacist.json\n  theriac pack count record --cabinet 0x... --gtin 04012345123456 --dispensed 2 --account pharmacist.json\n\nNext:\n  theriac pack count prepare --cabinet ID --gtin GTIN --counted N --out count.json"
)]
pub(in crate::commands::pack) struct Record {
    /// The cabinet.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    cabinet: B256,
    /// The product.
    #[arg(long, value_name = "GTIN")]
    gtin: String,
    #[command(flatten)]
    moved: What,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct What {
    /// So many were delivered.
    #[arg(long, value_name = "COUNT")]
    received: Option<i64>,
    /// So many were handed to patients.
    #[arg(long, value_name = "COUNT")]
    dispensed: Option<i64>,
    /// So many were wasted.
    #[arg(long, value_name = "COUNT")]
    wasted: Option<i64>,
    /// So many were sent back.
    #[arg(long, value_name = "COUNT")]
    returned: Option<i64>,
    /// So many were lost or stolen.
    #[arg(long, value_name = "COUNT")]
    lost: Option<i64>,
}

impl What {
    fn moved(&self) -> Option<Moved> {
        let all = [
            self.received.map(Moved::Received),
            self.dispensed.map(Moved::Dispensed),
            self.wasted.map(Moved::Wasted),
            self.returned.map(Moved::Returned),
            self.lost.map(Moved::Lost),
        ];
        all.into_iter().flatten().next()
    }
}

impl Record {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let moved = self.moved.moved();
        let moved = moved.ok_or_else(|| UsageError("say what moved".to_owned()))?;
        let mut partner = desk.partner().await?;
        let item = partner
            .record_moved(self.cabinet, &self.gtin, moved)
            .await?;
        let value = json!({ "cabinet": self.cabinet, "item": item.item, "stock": item.stock });
        desk.output()
            .result(&value, &format!("{} in stock", item.stock))
    }
}
