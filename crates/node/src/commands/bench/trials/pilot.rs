//! CDISC's pilot study: its analysis datasets, which the data have compressed.

use super::forms::{END, Forms, WITHOUT, is_planned};
use anyhow::{Context as _, ensure};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use theriac_gateway::trials::definition::Visit;

/// Records of all analysis datasets that were published.
pub(super) const RECORDS: u64 = 212_321;
/// The dataset with one row for each subject.
const SUBJECTS: &str = "adsl.dsjc";

/// The datasets that are there.
pub(super) struct Pilot {
    folder: PathBuf,
    /// Names of their files, in order.
    files: Vec<String>,
    /// The subjects as the study calls them, in order.
    pub(super) subjects: Vec<String>,
    /// The planned visits with their forms.
    pub(super) visits: Vec<Visit>,
    pub(super) counted: Counted,
}

/// What is in the datasets.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counted {
    pub(super) records: u64,
    pub(super) cells: u64,
    pub(super) forms: u64,
}

impl Pilot {
    /// Looks through the datasets.
    ///
    /// # Errors
    /// Where they are absent or cannot be read.
    pub(super) fn open(folder: &Path) -> anyhow::Result<Self> {
        let mut files = Vec::new();
        let entries = fs::read_dir(folder);
        for entry in entries.with_context(|| format!("cannot read {}", folder.display()))? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            files.extend(name.ends_with(".dsjc").then_some(name));
        }
        files.sort();
        let mut pilot = Self {
            folder: folder.to_owned(),
            files,
            subjects: Vec::new(),
            visits: Vec::new(),
            counted: Counted::default(),
        };
        pilot.survey()?;
        Ok(pilot)
    }

    fn survey(&mut self) -> anyhow::Result<()> {
        let mut visits: BTreeMap<(u8, u32), (String, BTreeSet<String>)> = BTreeMap::new();
        for file in &self.files {
            let mut forms = self.forms(file)?;
            while let Some(of_subject) = forms.next_subject()? {
                if file == SUBJECTS {
                    self.subjects.push(of_subject.subject);
                }
                self.counted.forms += of_subject.forms.len() as u64;
                for form in of_subject.forms {
                    self.counted.cells += form.items.len() as u64;
                    if is_planned(&form.visit) {
                        let visit = visits.entry(order(&form.visit)).or_default();
                        visit.0 = form.visit;
                        visit.1.insert(form.dataset);
                    }
                }
            }
            self.counted.records += forms.records();
        }
        ensure!(!self.subjects.is_empty(), "{SUBJECTS} has no subjects");
        let visit = |(name, forms): (String, BTreeSet<String>)| Visit {
            name,
            forms: forms.into_iter().collect(),
        };
        self.visits = visits.into_values().map(visit).collect();
        Ok(())
    }

    /// Names of the datasets' files.
    pub(super) fn files(&self) -> &[String] {
        &self.files
    }

    /// The bytes of a dataset as they are published.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub(super) fn bytes(&self, file: &str) -> anyhow::Result<Vec<u8>> {
        let path = self.folder.join(file);
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    }

    /// The forms of a dataset, subject by subject.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(super) fn forms(&self, file: &str) -> anyhow::Result<Forms> {
        Forms::open(self.bytes(file)?)
    }
}

/// What belongs to no visit comes first, then visits by number, then the end.
fn order(visit: &str) -> (u8, u32) {
    match visit {
        WITHOUT => (0, 0),
        END => (2, 0),
        visit => (1, visit.parse().unwrap_or(u32::MAX)),
    }
}
