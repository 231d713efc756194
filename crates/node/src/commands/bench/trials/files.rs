//! Files of clinical trials, without a ledger: an export in pieces, records and rules.

use super::super::{figures::Figures, memory, process::own};
use anyhow::{Context as _, ensure};
use std::{
    env,
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
};
use theriac_standards::odm::{Limits, Reader, Record, validate::check, xml::Scanner};

/// OpenClinica's export with metadata, 3,908 items and 5,174 rows of its audit log.
const EXPORT: &str = "openclinica/JUNO_DEMO_odm1.3_fullExtract_All_Data_2016-08-01-081433593.xml";
/// How often it is gone over: CPU time is counted in hundredths of a second.
const ROUNDS: usize = 40;
const RATE_BAR: f64 = 20.0;
const MEMORY_BAR_MIB: f64 = 256.0;

/// The export, and how large it is made.
pub(super) struct Files<'a> {
    /// The folder of published files of trials.
    pub(super) data: &'a Path,
    /// Megabytes of the largest file.
    pub(super) megabytes: usize,
}

impl Files<'_> {
    /// Measures rates and memory.
    ///
    /// # Errors
    /// Where the export is absent or not accepted.
    pub(super) fn measure(&self, figures: &mut Figures) -> anyhow::Result<()> {
        let file = self.data.join(EXPORT);
        let text = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        rates(&text, figures)?;
        self.large(&text, figures)
    }

    /// A file of the export's subjects over and over, read by the command.
    fn large(&self, text: &[u8], figures: &mut Figures) -> anyhow::Result<()> {
        let name = format!("theriac-bench-{:08x}.xml", rand::random::<u32>());
        let path = env::temp_dir().join(name);
        let written = write_large(text, &path, self.megabytes << 20)
            .and_then(|()| memory::of_command(("odm", "validate"), &path));
        let bytes = path.metadata().map_or(0, |metadata| metadata.len());
        fs::remove_file(&path).context("the large file")?;
        let (peak, seconds) = written?;
        let megabytes = bytes as f64 / 1e6;
        figures.tell("large file: size", (megabytes, "MB"));
        let name = "large file: theriac odm validate";
        figures.tell(name, (megabytes / seconds, "MB/s"));
        let name = "large file: memory of theriac odm validate";
        figures.at_most(name, (peak, "MiB"), MEMORY_BAR_MIB);
        Ok(())
    }
}

/// Each pass is timed by itself.
fn rates(text: &[u8], figures: &mut Figures) -> anyhow::Result<()> {
    let passes: [(&str, fn(&[u8]) -> anyhow::Result<u64>); 3] = [
        ("pieces per core-second", pieces),
        ("records per core-second", records),
        ("records and rules per core-second", rules),
    ];
    for (name, pass) in passes {
        let begun = own()?.0;
        let mut count = 0;
        for _ in 0..ROUNDS {
            count = pass(text)?;
        }
        let seconds = own()?.0 - begun;
        let rate = (text.len() * ROUNDS) as f64 / seconds / 1e6;
        match name.starts_with("pieces") {
            true => figures.tell(name, (rate, "MB/s")),
            false => figures.at_least(name, (rate, "MB/s"), RATE_BAR),
        }
        figures.tell(&format!("{name}: counted"), (count as f64, ""));
    }
    Ok(())
}

fn pieces(text: &[u8]) -> anyhow::Result<u64> {
    let mut scanner = Scanner::new(text, &Limits::default());
    let mut count = 0;
    while scanner.next_piece()?.is_some() {
        count += 1;
    }
    Ok(count)
}

fn records(text: &[u8]) -> anyhow::Result<u64> {
    let mut reader = Reader::open(text, Limits::default())?;
    let mut items = 0;
    while let Some(record) = reader.next_record()? {
        items += u64::from(matches!(record, Record::Item(_)));
    }
    ensure!(items > 0, "the export has no items");
    Ok(items)
}

fn rules(text: &[u8]) -> anyhow::Result<u64> {
    let report = check(text, Limits::default())?;
    ensure!(report.is_accepted(), "the export is not accepted");
    Ok(report.items)
}

/// Repeats the subjects, each time with other keys, until the file is as large as that.
fn write_large(text: &[u8], path: &Path, bytes: usize) -> anyhow::Result<()> {
    let text = std::str::from_utf8(text).context("the export is in UTF-8")?;
    let begin = text
        .find("<SubjectData")
        .context("the export has subjects")?;
    let end = text
        .rfind("</SubjectData>")
        .context("the export has subjects")?
        + "</SubjectData>".len();
    let (head, subjects, tail) = (&text[..begin], &text[begin..end], &text[end..]);
    let mut file = BufWriter::new(File::create(path).context("a file for the bench")?);
    file.write_all(head.as_bytes())?;
    let rounds = bytes.saturating_sub(head.len() + tail.len()) / subjects.len() + 1;
    for round in 0..rounds {
        let key = format!("SubjectKey=\"{round}-");
        file.write_all(subjects.replace("SubjectKey=\"", &key).as_bytes())?;
    }
    file.write_all(tail.as_bytes())?;
    Ok(file.flush()?)
}
