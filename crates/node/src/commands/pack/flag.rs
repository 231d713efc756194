//! `theriac pack flag`.

use super::Desk;
use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use serde_json::json;
use theriac_contracts::codes::FlagKind;
use theriac_gateway::packs::{Raised, Target};

/// Flag a pack, a logistic unit or a lot as stolen, suspect, quarantined or illegitimate.
///
/// A unit is flagged by its one-time key, which only its sender and its receiver know. Packs that went through it are found by whoever checks their way.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack flag --sscc 340123450000000017 --as stolen --account wholesaler.json\n  theriac pack flag --pack '(01)04012345123456(21)A1(10)L7(17)271100' --as suspect --account pharmacist.json\n\nNext:\n  theriac pack clear NUMBER, when it is found to be in order"
)]
pub(super) struct Flag {
    /// The unit, an SSCC that you sent or received.
    #[arg(long, value_name = "SSCC", required_unless_present_any = ["pack", "lot"], conflicts_with_all = ["pack", "lot"])]
    sscc: Option<String>,
    /// A scan of the pack.
    #[arg(long, value_name = "SCAN", conflicts_with = "lot")]
    pack: Option<String>,
    /// The number of a lot that you commissioned.
    #[arg(long, value_name = "LOT")]
    lot: Option<String>,
    /// What the flag says.
    #[arg(long = "as", value_name = "KIND", value_parser = kind())]
    kind: FlagKind,
}

fn kind() -> impl TypedValueParser<Value = FlagKind> {
    let recalls = [
        FlagKind::RecallClass1,
        FlagKind::RecallClass2,
        FlagKind::RecallClass3,
    ];
    let others = FlagKind::ALL
        .iter()
        .filter(move |kind| !recalls.contains(kind));
    let words = PossibleValuesParser::new(others.map(|kind| kind.word()));
    words.map(|word| FlagKind::from_word(&word).expect("only words of the list are taken"))
}

impl Flag {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let target = match (self.sscc, self.pack, self.lot) {
            (Some(sscc), _, _) => Target::Unit(sscc),
            (None, Some(scan), _) => Target::Pack(scan),
            (None, None, lot) => Target::Lot {
                gtin: None,
                lot: lot.unwrap_or_default(),
            },
        };
        let raised = desk.partner().await?.flag(&target, self.kind).await?;
        show(desk, self.kind, &raised)
    }
}

/// Shows flags that were raised.
pub(super) fn show(desk: &Desk, kind: FlagKind, raised: &[Raised]) -> anyhow::Result<()> {
    let flags: Vec<_> = raised
        .iter()
        .map(|flag| json!({ "number": flag.number, "on": flag.subject.word(), "handle": flag.handle }))
        .collect();
    let lines: Vec<_> = raised
        .iter()
        .map(|flag| {
            format!(
                "flag {}  {kind} on {} {}",
                flag.number, flag.subject, flag.handle
            )
        })
        .collect();
    desk.output().result(
        &json!({ "kind": kind.word(), "flags": flags }),
        &lines.join("\n"),
    )
}
