//! `theriac pack decommission`.

use super::{Desk, now_ms};
use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use serde_json::json;
use theriac_contracts::codes::ExitKind;

/// Let a pack leave otherwise than by dispensing it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac pack decommission '(01)04012345123456(21)A1(10)L7(17)271100' --as destroyed --account pharmacist.json\n\nNext:\n  theriac pack undo SCAN, unless it was destroyed, lost or stolen"
)]
pub(super) struct Decommission {
    /// What the scanner said.
    #[arg(value_name = "SCAN")]
    scan: String,
    /// How it leaves.
    #[arg(long = "as", value_name = "KIND", value_parser = kind())]
    kind: ExitKind,
}

fn kind() -> impl TypedValueParser<Value = ExitKind> {
    let others = ExitKind::ALL
        .iter()
        .filter(|kind| **kind != ExitKind::Dispensed);
    let words = PossibleValuesParser::new(others.map(|kind| kind.word()));
    words.map(|word| ExitKind::from_word(&word).expect("only words of the list are taken"))
}

impl Decommission {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut partner = desk.partner().await?;
        let label = partner
            .decommission(&self.scan, self.kind, now_ms())
            .await?;
        let value = json!({ "pack": label.bracketed(), "kind": self.kind.word() });
        desk.output()
            .result(&value, &format!("{}  {}", self.kind, label.bracketed()))
    }
}
