//! `theriac dataset convert`.

use crate::{cli::Global, output::Output};
use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};
use theriac_standards::{
    dataset::{CsvWriter, Form, Header, Json, Limits, Reader, Writer, read_csv},
    table::TableLimits,
};

/// Write a dataset in another form: one object, lines, compressed, or a plain table.
///
/// Between the forms of Dataset-JSON nothing is lost: members that the standard does not know stay, and numbers keep their digits. A plain table
/// has the names of the columns and the values alone; to make a dataset of one, give another dataset with the same columns.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac dataset convert adsl.json --to dsjc --out adsl.dsjc\n  theriac dataset convert adsl.dsjc --to csv > adsl.csv\n  theriac dataset convert adsl.csv --like adsl.json --to ndjson --out adsl.ndjson\n\nNext:\n  theriac dataset validate FILE"
)]
pub(crate) struct Convert {
    /// The file; one whose name ends with .csv is a plain table.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The form to write.
    #[arg(long, value_enum)]
    to: To,
    /// For a plain table: a dataset whose columns, types and labels are those of the table.
    #[arg(long, value_name = "FILE")]
    like: Option<PathBuf>,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum To {
    /// One JSON object.
    Json,
    /// A line for the header and one for each row.
    Ndjson,
    /// Lines, compressed with zlib.
    Dsjc,
    /// A plain table (RFC 4180).
    Csv,
}

/// What was written: rows, and how much of it breaks the standard.
struct Written {
    rows: u64,
    problems: u64,
}

impl Convert {
    pub(super) fn run(self, global: &Global) -> anyhow::Result<()> {
        let Some(out) = &self.out else {
            let written = self.convert(BufWriter::new(io::stdout().lock()))?;
            tell(global.output(), &written);
            return Ok(());
        };
        // The file appears whole or not at all.
        let partial = out.with_extension("part");
        let written = File::create_new(&partial)
            .with_context(|| format!("cannot make {}", partial.display()))
            .and_then(|file| self.convert(BufWriter::with_capacity(1 << 16, file)));
        let written = match written {
            Ok(written) => written,
            Err(error) => {
                let _ = fs::remove_file(&partial);
                return Err(error);
            }
        };
        fs::rename(&partial, out).with_context(|| format!("cannot write {}", out.display()))?;
        let Written { rows, problems } = written;
        let value = json!({ "file": out, "rows": rows, "problemCount": problems });
        let text = format!("{}: {rows} rows, {problems} errors", out.display());
        global.output().result(&value, &text)
    }

    fn convert(&self, writer: impl Write) -> anyhow::Result<Written> {
        let what = || format!("cannot convert {}", self.file.display());
        let name = self.file.to_string_lossy().to_ascii_lowercase();
        match (name.ends_with(".csv"), &self.like) {
            (true, Some(like)) => self.read_table(like, writer).with_context(what),
            (true, None) => {
                bail!("a plain table has no types: give a dataset with the same columns, --like")
            }
            (false, Some(_)) => bail!("--like is for a plain table, whose name ends with .csv"),
            (false, None) => self.read_dataset(writer).with_context(what),
        }
    }

    /// Two ways through the file: what stands behind the rows of one object stands before them in lines.
    fn read_dataset(&self, writer: impl Write) -> anyhow::Result<Written> {
        let mut reader = open(&self.file)?;
        while reader.next_row()?.is_some() {}
        let (header, _) = reader.into_parts();
        let mut reader = open(&self.file)?;
        let rows = std::iter::from_fn(|| reader.next_row().transpose());
        self.write(
            header,
            rows.map(|row| row.map_err(anyhow::Error::from)),
            writer,
        )
    }

    fn read_table(&self, like: &Path, writer: impl Write) -> anyhow::Result<Written> {
        let mut reader = open(like).with_context(|| format!("cannot read {}", like.display()))?;
        while reader.next_row()?.is_some() {}
        let (header, _) = reader.into_parts();
        let table = BufReader::new(File::open(&self.file)?);
        let dataset = read_csv(table, header, TableLimits::default())?;
        self.write(dataset.header, dataset.rows.into_iter().map(Ok), writer)
    }

    fn write(
        &self,
        header: Header,
        rows: impl Iterator<Item = anyhow::Result<Vec<Json>>>,
        writer: impl Write,
    ) -> anyhow::Result<Written> {
        let form = match self.to {
            To::Json => Form::Json,
            To::Ndjson => Form::NdJson,
            To::Dsjc => Form::Dsjc,
            To::Csv => return write_csv(&header, rows, writer),
        };
        let mut writer = Writer::open(writer, header, form)?;
        let mut count = 0;
        for row in rows {
            writer.row(&row?)?;
            count += 1;
        }
        let (mut writer, report) = writer.finish()?;
        writer.flush()?;
        Ok(Written {
            rows: count,
            problems: report.count,
        })
    }
}

fn write_csv(
    header: &Header,
    rows: impl Iterator<Item = anyhow::Result<Vec<Json>>>,
    writer: impl Write,
) -> anyhow::Result<Written> {
    let mut writer = CsvWriter::open(writer, header)?;
    let mut count = 0;
    for row in rows {
        writer.row(&row?)?;
        count += 1;
    }
    writer.finish()?.flush()?;
    Ok(Written {
        rows: count,
        problems: 0,
    })
}

fn open(file: &Path) -> anyhow::Result<Reader<BufReader<File>>> {
    let reader = BufReader::with_capacity(1 << 16, File::open(file)?);
    Ok(Reader::open(reader, Limits::default())?)
}

/// What is wrong goes beside the dataset, which goes to standard output.
fn tell(output: Output, written: &Written) {
    if !output.quiet && written.problems > 0 {
        eprintln!("{} errors, see theriac dataset validate", written.problems);
    }
}
