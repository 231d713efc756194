//! What a command shows: results on stdout, for people or as one JSON object; progress on stderr, on a terminal only.

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;
use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::Path,
    sync::Arc,
    time::Duration,
};
use theriac_sdk::Transferred;

/// How results and progress are shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    /// One JSON object instead of text.
    pub(crate) json: bool,
    /// Results and errors only.
    pub(crate) quiet: bool,
}

impl Output {
    /// Prints a result: `value` as one line of JSON, or `text` for people.
    ///
    /// # Errors
    /// Where stdout is closed.
    pub(crate) fn result(self, value: &Value, text: &str) -> anyhow::Result<()> {
        let mut stdout = io::stdout().lock();
        let line = if self.json {
            value.to_string()
        } else {
            text.trim_end().to_owned()
        };
        writeln!(stdout, "{line}").context("cannot write to standard output")
    }

    /// Says on stderr what to do next.
    pub(crate) fn next(self, text: &str) {
        if !self.quiet && !self.json {
            eprintln!("\nNext: {text}");
        }
    }

    /// Shows that work goes on, until the value is dropped.
    pub(crate) fn progress(self, what: &'static str) -> Progress {
        let shown = !self.quiet && io::stderr().is_terminal();
        let bar = if shown {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::hidden()
        };
        bar.set_style(
            ProgressStyle::with_template("{spinner} {msg} {elapsed}")
                .expect("the template is well formed"),
        );
        bar.set_message(what);
        bar.enable_steady_tick(Duration::from_millis(100));
        Progress(bar)
    }
}

/// A bar of bytes that go through, and the function that moves it.
pub(crate) fn transfer(output: Output) -> (Progress, Transferred) {
    let shown = !output.quiet && io::stderr().is_terminal();
    let bar = match shown {
        true => ProgressBar::new(0),
        false => ProgressBar::hidden(),
    };
    bar.set_style(
        ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta}")
            .expect("the template is well formed"),
    );
    let moved = bar.clone();
    let transferred: Transferred = Arc::new(move |done, total| {
        moved.set_length(total);
        moved.set_position(done);
    });
    (Progress(bar), transferred)
}

/// Prints a document as it is.
///
/// # Errors
/// Where stdout is closed.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let written = io::stdout().lock().write_all(text.as_bytes());
    written.context("cannot write to standard output")
}

/// Work that goes on.
pub(crate) struct Progress(ProgressBar);

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Writes a new file that only its owner may read.
///
/// # Errors
/// Where the file cannot be written, or exists: nothing is overwritten.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(path)
        .and_then(|mut file| file.write_all(bytes));
    written.with_context(|| {
        format!(
            "cannot write {}; an existing file is not overwritten",
            path.display()
        )
    })
}

/// Lines of a name and a value, the values in one column.
pub(crate) fn table<'a>(rows: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let rows: Vec<_> = rows.into_iter().collect();
    let width = rows
        .iter()
        .map(|(name, _)| name.len())
        .max()
        .unwrap_or_default();
    let lines = rows
        .iter()
        .map(|(name, value)| format!("{name:width$}  {value}"));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_table_stand_in_one_column() {
        let text = table([("a", "1".to_owned()), ("longer", "2".to_owned())]);
        assert_eq!(text, "a       1\nlonger  2");
    }
}
