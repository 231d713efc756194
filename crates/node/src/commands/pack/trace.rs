//! `theriac pack trace`.

use super::Desk;
use crate::{arguments::utc, errors::UsageError, output::write_new};
use anyhow::Context as _;
use clap::Args;
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::PathBuf};
use theriac_contracts::codes::ExitKind;
use theriac_gateway::packs::{Way, check_way, evidence::Evidence};

/// Show the way of a pack from its lot to you, as proof and ledger tell it; or check the way that someone else shows.
///
/// --evidence writes a file that anyone with access to the ledger checks with --check. It tells its reader this pack's label and keys, and nothing of other packs.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack trace '(01)04012345123456(21)A1(10)L7(17)271100' --account pharmacist.json\n  theriac pack trace \"$SCAN\" --evidence way.json --account pharmacist.json\n  theriac pack trace --check way.json --account regulator.json\n\nNext:\n  theriac pack contest SCAN, where another let a pack leave that you hold"
)]
pub(super) struct Trace {
    /// What the scanner said.
    #[arg(value_name = "SCAN", required_unless_present = "check")]
    scan: Option<String>,
    /// Write the proof to this file.
    #[arg(long, value_name = "FILE", requires = "scan")]
    evidence: Option<PathBuf>,
    /// Check a file of someone else's; no book is needed.
    #[arg(long, value_name = "FILE", conflicts_with = "scan")]
    check: Option<PathBuf>,
}

impl Trace {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let client = &desk.person.client;
        let way = match (&self.scan, &self.check) {
            (Some(scan), _) => {
                let (way, evidence) = desk.beside().await?.trace(scan).await?;
                if let Some(file) = &self.evidence {
                    write_new(file, evidence.to_json().as_bytes())?;
                }
                way
            }
            (None, Some(file)) => {
                let text =
                    fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
                check_way(client, &Evidence::read(&text)?).await?
            }
            (None, None) => return Err(UsageError("give a scan, or --check".to_owned()).into()),
        };
        let organisations = client.organisations().await?;
        let names = organisations
            .into_iter()
            .map(|one| (one.id, one.name))
            .collect();
        desk.output().result(&value(&way), &text(&way, &names))?;
        match way.holds() || self.scan.is_some() {
            true => Ok(()),
            false => Err(crate::errors::WayBroken.into()),
        }
    }
}

fn value(way: &Way) -> Value {
    let hops: Vec<_> = way
        .hops
        .iter()
        .map(|hop| json!({ "key": hop.key, "next": hop.next, "organisation": hop.organisation, "timeMs": hop.time_ms, "document": hop.document }))
        .collect();
    let lot = way.lot.as_ref().map(|lot| json!({ "root": lot_root(way), "organisation": lot.organisation, "timeMs": lot.timeMs }));
    json!({
        "pack": way.label.bracketed(), "lot": lot, "productHolder": way.product_holder, "steps": hops,
        "proven": way.is_proven, "open": way.is_open, "holds": way.holds(), "exit": exit(way),
    })
}

fn lot_root(way: &Way) -> Value {
    way.lot.as_ref().map_or(Value::Null, |lot| json!(lot.root))
}

fn exit(way: &Way) -> Option<Value> {
    let kind = ExitKind::from_code(way.exit.kind)?;
    Some(
        json!({ "kind": kind.word(), "organisation": way.exit.organisation, "timeMs": way.exit.timeMs }),
    )
}

fn text(way: &Way, names: &BTreeMap<u32, String>) -> String {
    let name = |id: u32| {
        names
            .get(&id)
            .map_or_else(|| format!("organisation {id}"), Clone::clone)
    };
    let mut lines = vec![way.label.bracketed()];
    lines.push(match &way.lot {
        Some(lot) => format!(
            "  {}  commissioned by {}",
            utc(lot.timeMs),
            name(lot.organisation)
        ),
        None => "  the ledger has no such lot".to_owned(),
    });
    for hop in &way.hops {
        lines.push(format!(
            "  {}  handed over by {}",
            utc(hop.time_ms),
            name(hop.organisation)
        ));
    }
    if let Some(kind) = ExitKind::from_code(way.exit.kind) {
        lines.push(format!(
            "  {}  {kind} by {}",
            utc(way.exit.timeMs),
            name(way.exit.organisation)
        ));
    }
    let verdict = match way.holds() {
        true => "the way holds, and its last key is open",
        false => "THE WAY DOES NOT HOLD",
    };
    lines.push(format!("  {verdict}"));
    lines.join("\n")
}
