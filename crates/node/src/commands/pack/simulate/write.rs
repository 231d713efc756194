//! Writes a supply as it is made: nothing of it is kept in memory but the wave that is being planned.

use crate::errors::UsageError;
use anyhow::Context as _;
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};
use theriac_standards::{
    epcis::json::JsonWriter,
    supply::{Act, Item, Parameters, Parties, Step, Supply, envelope, event_of},
};

/// What was written.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) events: u64,
    pub(super) scans: u64,
    pub(super) garbled: u64,
    pub(super) frauds: u64,
    pub(super) documents: Vec<PathBuf>,
}

type Stream = BufWriter<File>;

struct Writer {
    documents: Vec<JsonWriter<Stream>>,
    scans: Stream,
    truth: Stream,
    written: Written,
}

/// Writes all files of a supply into a folder.
///
/// # Errors
/// A count out of range; a file that is there or cannot be written.
pub(super) fn write(folder: &Path, parameters: Parameters) -> anyhow::Result<Written> {
    let supply = Supply::new(parameters).map_err(|error| UsageError(error.to_string()))?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let parties = supply.parties().clone();
    let mut writer = Writer::open(folder, &supply)?;
    for step in supply {
        writer.step(&step, &parties).context("cannot write")?;
    }
    writer.finish().context("cannot write")
}

impl Writer {
    fn open(folder: &Path, supply: &Supply) -> anyhow::Result<Self> {
        let envelope = envelope(supply.parameters().start_ms);
        let (mut documents, mut files) = (Vec::new(), Vec::new());
        for party in supply.parties().all() {
            let file = folder.join(format!("{}.jsonld", party.name));
            let document = JsonWriter::new(create(&file)?, &envelope);
            documents.push(document.with_context(|| format!("cannot write {}", file.display()))?);
            files.push(file);
        }
        let mut scans = create(&folder.join("scans.csv"))?;
        let mut truth = create(&folder.join("truth.json"))?;
        writeln!(scans, "step,time,party,read").context("cannot write scans.csv")?;
        let head = head(supply);
        write!(truth, "{},\"entries\":[", &head[..head.len() - 1])
            .context("cannot write truth.json")?;
        Ok(Self {
            documents,
            scans,
            truth,
            written: Written {
                documents: files,
                ..Written::default()
            },
        })
    }

    fn step(&mut self, step: &Step, parties: &Parties) -> io::Result<()> {
        if let Some(event) = event_of(step, parties) {
            self.written.events += 1;
            self.documents[step.party].event(&event)?;
        }
        let mut fault = None;
        if let Act::Scan { reading, .. } = &step.act {
            self.written.scans += 1;
            let (party, read) = (&parties.at(step.party).name, quoted(&reading.text));
            writeln!(self.scans, "{},{},{party},{read}", step.number, step.time())?;
            fault = reading.fault;
        }
        if fault.is_none() && step.fraud.is_none() {
            return Ok(());
        }
        if self.written.garbled + self.written.frauds > 0 {
            self.truth.write_all(b",")?;
        }
        self.written.garbled += u64::from(fault.is_some());
        self.written.frauds += u64::from(step.fraud.is_some());
        let mut entry = entry(step, parties);
        if let Some(fault) = fault {
            entry["fault"] = json!(fault.code());
        }
        write!(self.truth, "\n{entry}")
    }

    fn finish(mut self) -> io::Result<Written> {
        for document in self.documents {
            document.finish()?.flush()?;
        }
        self.scans.flush()?;
        self.truth.write_all(b"\n]}\n")?;
        self.truth.flush()?;
        Ok(self.written)
    }
}

fn create(file: &Path) -> anyhow::Result<Stream> {
    let created = File::create_new(file);
    let created = created.with_context(|| {
        format!(
            "cannot write {}; an existing file is not overwritten",
            file.display()
        )
    });
    Ok(BufWriter::new(created?))
}

/// The seed and the parties.
fn head(supply: &Supply) -> String {
    let party = |party: &theriac_standards::supply::Party| json!({ "name": party.name, "kind": party.kind.word(), "gln": party.gln.as_str() });
    let parties: Vec<_> = supply.parties().all().iter().map(party).collect();
    json!({ "seed": supply.parameters().seed, "parties": parties }).to_string()
}

fn entry(step: &Step, parties: &Parties) -> Value {
    let (mut packs, mut units) = (Vec::new(), Vec::new());
    for item in step.act.items() {
        match item {
            Item::Pack(pack) => packs.push(pack.to_elements().to_bracketed()),
            Item::Unit(unit) => units.push(unit.as_str().to_owned()),
        }
    }
    json!({
        "step": step.number, "time": step.time(), "party": parties.at(step.party).name, "act": step.act.word(),
        "fraud": step.fraud.map(theriac_standards::supply::Fraud::code), "packs": packs, "units": units,
    })
}

/// A field of CSV (RFC 4180).
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
