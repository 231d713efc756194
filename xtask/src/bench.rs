//! `cargo xtask bench NAME`: runs a bench and holds its figures against their bars.

use std::collections::BTreeMap;
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::test::{anvil, client_python, hash_reference, page_timer};
use crate::{command, demo, workspace};

const LIMIT: Duration = Duration::from_secs(60 * 60);

/// Measures, and shows each figure beside the bar that it must hold.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to measure.
    #[arg(value_enum, value_name = "NAME")]
    bench: Bench,
    /// Print one JSON object: metric -> value, unit, bar, held.
    #[arg(long)]
    json: bool,
    /// Passed on to the bench as they are.
    #[arg(last = true)]
    rest: Vec<String>,
}

/// The benches there are; each is a line here and a program that prints one JSON object as its last line.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Bench {
    /// Four validators and the load on this machine: throughput, latency, one member down, memory, bytes.
    Ledger,
    /// Four keepers and their readers on this machine: openings in a second, request to plaintext, and where the time goes.
    Seals,
    /// Four members and a large file: put, get, one member down, repair, memory, beside the bound of AES-GCM, hashing and coding.
    Vault,
    /// Four members, a manufacturer and a pharmacy with a million packs, and a million events: commission, verify, dispense, capture, hash,
    /// memory, bytes, cost as a curve.
    Packs,
    /// An export of a trial in megabytes a second; and four members with CDISC's pilot study: imported, entered, locked, bundled, verified,
    /// shown in a browser, memory, bytes, cost as a curve.
    Trials,
}

impl Bench {
    fn command(self) -> Result<Command> {
        let mut bench = Command::new(demo::build()?);
        match self {
            Self::Ledger => bench
                .args(["bench", "ledger", "--json"])
                .env("THERIAC_ANVIL", anvil()?),
            Self::Seals => bench.args(["bench", "seals", "--json"]),
            Self::Vault => bench.args(["bench", "vault", "--json"]),
            Self::Packs => {
                bench.args(["bench", "packs", "--json"]);
                match hash_reference()? {
                    Some(python) => bench.env("THERIAC_EPCIS_PYTHON", python),
                    None => &mut bench,
                }
            }
            Self::Trials => {
                let data = workspace::shared_data();
                let data =
                    data.context("the bench reads a published export; ../shared/data is absent")?;
                bench
                    .args(["bench", "trials", "--json"])
                    .env("THERIAC_TRIALS_DATA", data.join("trials"));
                if let Some(script) = page_timer()? {
                    bench.env("THERIAC_TRIALS_BROWSER", script);
                }
                match client_python()? {
                    Some(python) => bench
                        .env("THERIAC_TRIALS_PYTHON", python)
                        .env("PYTHONPATH", workspace::root().join("clients/python")),
                    None => &mut bench,
                }
            }
        };
        Ok(bench)
    }
}

/// One figure. A figure without a bar is for information and always holds.
#[derive(Debug, Deserialize, Serialize, PartialEq)]
struct Figure {
    value: f64,
    unit: String,
    bar: Option<serde_json::Value>,
    held: bool,
}

type Figures = BTreeMap<String, Figure>;

/// Runs the bench; fails when a bar was not held.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let mut bench = arguments.bench.command()?;
    bench.args(&arguments.rest);
    let mut last = String::new();
    let status = command::read(&mut bench, LIMIT, |line| line.clone_into(&mut last))?;
    let figures = parse(&last)?;
    if arguments.json {
        println!("{}", serde_json::to_string(&figures)?);
    } else {
        print!("{}", table(&figures));
    }
    let held = status.success() && figures.values().all(|figure| figure.held);
    Ok(if held {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn parse(line: &str) -> Result<Figures> {
    let figures: Figures = serde_json::from_str(line)
        .with_context(|| format!("the bench ended without figures; its last line is: {line}"))?;
    if figures.is_empty() {
        bail!("the bench measured nothing");
    }
    Ok(figures)
}

/// A table for people: metric, value, unit, bar, and whether it was held.
fn table(figures: &Figures) -> String {
    let mut rows = vec![["metric", "value", "unit", "bar", "held"].map(str::to_owned)];
    for (metric, figure) in figures {
        let bar = match &figure.bar {
            None => String::new(),
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(number) => number.to_string(),
        };
        let held = match (&figure.bar, figure.held) {
            (None, _) => "",
            (Some(_), true) => "yes",
            (Some(_), false) => "NO",
        };
        rows.push([
            metric.clone(),
            shown(figure.value),
            figure.unit.clone(),
            bar,
            held.to_owned(),
        ]);
    }
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths = [0, 1, 2, 3, 4].map(width);
    let mut text = String::new();
    for [metric, value, unit, bar, held] in &rows {
        let line = format!(
            "{metric:<0$}  {value:>1$}  {unit:<2$}  {bar:>3$}  {held}",
            widths[0], widths[1], widths[2], widths[3]
        );
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// At most three places behind the point, and none for large figures.
fn shown(value: f64) -> String {
    let places = if value.abs() >= 100.0 { 0 } else { 3 };
    format!("{value:.places$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"throughput":{"value":1234.56,"unit":"tx/s","bar":">= 1000","held":true},
        "p99":{"value":612.0,"unit":"ms","bar":500,"held":false},
        "bytes per transaction":{"value":812.25,"unit":"B","bar":null,"held":true}}"#;

    #[test]
    fn table_shows_each_figure_beside_its_bar() {
        let text = table(&parse(LINE).unwrap());
        let expected = "\
metric                 value  unit      bar  held
bytes per transaction    812  B
p99                      612  ms        500  NO
throughput              1235  tx/s  >= 1000  yes
";
        assert_eq!(text, expected);
    }

    #[test]
    fn figures_survive_a_round_trip_as_json() {
        let figures = parse(LINE).unwrap();
        let again = parse(&serde_json::to_string(&figures).unwrap()).unwrap();
        assert_eq!(figures, again);
    }

    #[test]
    fn parse_refuses_a_bench_that_measured_nothing() {
        assert!(parse("{}").is_err());
        assert!(parse("thread main panicked").is_err());
    }
}
