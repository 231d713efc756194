//! The page of a bundle in a browser, as a reader has it: how long from the file that is chosen to the report that is shown.

use super::super::figures::Figures;
use crate::commands::trial::page::LONGEST;
use anyhow::{Context as _, ensure};
use serde::{Deserialize, de::IgnoredAny};
use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};
use theriac_evidence::trial::bundle::zip::Archive;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shown {
    /// In so many seconds.
    After(f64),
    /// This is not there, so that nothing was measured.
    Absent(&'static str),
}

impl Shown {
    /// Tells it under a name, beside a bar where there is one.
    pub(super) fn tell(self, name: &str, bar: Option<f64>, figures: &mut Figures) {
        match (self, bar) {
            (Self::After(seconds), None) => figures.tell(name, (seconds, "s")),
            (Self::After(seconds), Some(bar)) => figures.at_most(name, (seconds, "s"), bar),
            (Self::Absent(what), _) => {
                figures.tell(
                    &format!("{name}: not measured, {what} is absent"),
                    (0.0, ""),
                );
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Told {
    Seconds(f64),
    Absent(IgnoredAny),
}

/// Opens the page that a bundle carries from a file, and gives it the bundle, by the script that does so in Node.js and Chromium.
///
/// # Errors
/// Where the bundle cannot be read, or the page does not show that it holds.
pub(super) fn show(script: Option<&Path>, bundle: &Path, network: &Path) -> anyhow::Result<Shown> {
    let Some(script) = script else {
        return Ok(Shown::Absent("Node.js"));
    };
    let Some(page) = unpack(bundle)? else {
        return Ok(Shown::Absent("the page"));
    };
    let mut node = Command::new("node");
    node.arg(script).args([page.as_path(), bundle, network]);
    let output = match node.output() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Shown::Absent("Node.js"));
        }
        output => output.context("cannot start Node.js")?,
    };
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "the page shows no verdict: {said}");
    read(&output.stdout)
}

/// The page beside the bundle, as a reader has both after unpacking; `None` where this program was built without it.
fn unpack(bundle: &Path) -> anyhow::Result<Option<PathBuf>> {
    let bytes = fs::read(bundle).context("the bundle for the page")?;
    let Some((page, _)) = Archive::open(&bytes)?.content("verify.html", LONGEST)? else {
        return Ok(None);
    };
    let file = bundle.with_extension("html");
    fs::write(&file, page).context("a file for the page")?;
    Ok(Some(file))
}

fn read(output: &[u8]) -> anyhow::Result<Shown> {
    match serde_json::from_slice(output).context("the script tells something else")? {
        Told::Seconds(seconds) => Ok(Shown::After(seconds)),
        Told::Absent(_) => Ok(Shown::Absent("Chromium")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_script_tells_is_read_and_anything_else_is_not() {
        let told = |text: &str| read(text.as_bytes()).ok();
        assert_eq!(told("{\"seconds\":0.25}\n"), Some(Shown::After(0.25)));
        let absent = Some(Shown::Absent("Chromium"));
        assert_eq!(told("{\"absent\":\"Chromium\"}\n"), absent);
        assert_eq!(told("{}"), None);
        assert_eq!(told(""), None);
    }
}
