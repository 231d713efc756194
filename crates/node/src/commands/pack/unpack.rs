//! `theriac pack unpack`.

use super::{Desk, now_ms, ship::Which};
use clap::Args;
use serde_json::json;

/// Put packs under keys of your own, so that whoever sent them does not see when they move on.
///
/// The sender knows the key under which you received, and would see when it is closed. After this, the sender sees that you unpacked, and nothing more.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack unpack --all --account pharmacy.json\n  theriac pack unpack --sscc 340123450000000017 --per 20 --account wholesaler.json\n\nNext:\n  theriac pack stock"
)]
pub(super) struct Unpack {
    #[command(flatten)]
    which: Which,
    /// How many packs stay together under one key: a case, a shelf.
    #[arg(long, value_name = "COUNT", default_value_t = 1)]
    per: usize,
}

impl Unpack {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let selection = self.which.selection()?;
        let mut partner = desk.partner().await?;
        let progress = desk.output().progress("unpacking");
        let unpacked = partner.unpack(&selection, self.per, now_ms()).await?;
        drop(progress);
        let value = json!({ "packs": unpacked.packs, "keys": unpacked.keys, "entries": unpacked.hand_overs });
        let text = format!(
            "{} packs under {} keys of your own",
            unpacked.packs, unpacked.keys
        );
        desk.output().result(&value, &text)
    }
}
