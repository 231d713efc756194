//! Bundles of a study for its audiences, and how long `theriac verify` looks at them.

use super::{
    super::{cluster::Cluster, figures::Figures, memory, process::own},
    browser::{self, Shown},
    pilot::Pilot,
    study::Conducted,
};
use crate::commands::trial::page::OWN;
use anyhow::{Context as _, ensure};
use sha2::{Digest as _, Sha256};
use std::{
    ffi::OsStr,
    fs::File,
    hint::black_box,
    io::BufWriter,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};
use theriac_consensus::genesis::Network;
use theriac_evidence::trial::bundle::Selection;
use theriac_gateway::trials::Party;

/// What the primary outcome is computed from.
const OUTCOME: [&str; 2] = ["AVAL.ACTOT", "CHG.ACTOT"];

/// The files, with the seconds in which each was made.
pub(super) struct Bundles {
    regulator: (PathBuf, f64),
    journal: (PathBuf, f64),
    public: (PathBuf, f64),
    /// Bytes of a value with its name, in the mean.
    mean: usize,
}

/// What a bundle is, and what checking it takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct One {
    pub(super) bytes: f64,
    pub(super) made: f64,
    pub(super) seconds: f64,
    pub(super) peak_mib: f64,
}

/// The same of each audience.
#[derive(Clone, Copy, Debug)]
pub(super) struct Checked {
    pub(super) regulator: One,
    pub(super) journal: One,
    pub(super) public: One,
    /// The journal's, by its page.
    pub(super) shown: Shown,
}

/// Makes the bundles from the book that has the values.
///
/// # Errors
/// Where one cannot be made.
pub(super) async fn make(
    cluster: &Cluster,
    site: &mut Party,
    (pilot, subjects): (&Pilot, usize),
) -> anyhow::Result<Bundles> {
    let keep = |oid: &str| OUTCOME.contains(&oid);
    let path = |name: &str| cluster.scratch().join(format!("{name}-{subjects}.zip"));
    let regulator = write(site, &Selection::Regulator, path("regulator")).await?;
    let journal = write(site, &Selection::Journal(&keep), path("journal")).await?;
    let public = write(site, &Selection::Public, path("public")).await?;
    let (mut bytes, mut count) = (0, 0);
    let mut forms = pilot.forms(&pilot.files()[0])?;
    while let Some(of_subject) = forms.next_subject()? {
        for item in of_subject.forms.iter().flat_map(|form| &form.items) {
            bytes += item.oid.len() + item.value.len();
            count += 1;
        }
    }
    ensure!(count > 0, "the first dataset has no values");
    Ok(Bundles {
        regulator,
        journal,
        public,
        mean: bytes / count,
    })
}

async fn write(
    site: &mut Party,
    selection: &Selection<'_>,
    path: PathBuf,
) -> anyhow::Result<(PathBuf, f64)> {
    let page = OWN.map(<[u8]>::to_vec);
    let begun = Instant::now();
    let file = BufWriter::new(File::create(&path).context("a file for the bundle")?);
    let file = site.bundle(selection, page, file).await?;
    file.into_inner()?.sync_all()?;
    Ok((path, begun.elapsed().as_secs_f64()))
}

impl Bundles {
    /// Checks each by the command, in a process of its own, and the journal's by its page, with this script.
    ///
    /// # Errors
    /// Where a claim fails.
    pub(super) fn verify(&self, network: &Path, script: Option<&Path>) -> anyhow::Result<Checked> {
        Ok(Checked {
            regulator: verify(&self.regulator, network)?,
            journal: verify(&self.journal, network)?,
            public: verify(&self.public, network)?,
            shown: browser::show(script, &self.journal.0, network)?,
        })
    }

    /// What SHA-256 alone takes of the verification: for each value its salt, its leaf and a node, for each entry its body, its leaf and a node.
    ///
    /// # Errors
    /// Where the kernel does not tell CPU time.
    pub(super) fn hash_alone(
        &self,
        (conducted, checked): (&Conducted, &Checked),
        figures: &mut Figures,
    ) -> anyhow::Result<()> {
        const SALT: usize = 60;
        const NODE: usize = 65;
        const ENTRY: usize = 169;
        const BODY: usize = 128;
        // Context, version, salt, kind, and the lengths of name and text.
        let leaf = 59 + self.mean;
        let entries = conducted.forms + conducted.missed;
        let begun = own()?.0;
        for (count, sizes) in [
            (conducted.values, [SALT, leaf, NODE]),
            (entries, [BODY, ENTRY, NODE]),
        ] {
            let bytes = vec![7; ENTRY.max(leaf)];
            for _ in 0..count {
                for size in sizes {
                    black_box(Sha256::digest(black_box(&bytes[..size])));
                }
            }
        }
        let seconds = own()?.0 - begun;
        figures.tell(
            "smallest study: SHA-256 of its verification alone",
            (seconds, "s"),
        );
        let ratio = checked.regulator.seconds / seconds;
        figures.tell(
            "ratio of verifying everything to SHA-256 alone",
            (ratio, ""),
        );
        Ok(())
    }

    /// The second verifier, in Python, on the journal's bundle.
    ///
    /// # Errors
    /// Where it cannot be started, or comes to another verdict.
    pub(super) fn second(
        &self,
        python: Option<&Path>,
        network: &Network,
        checked: &Checked,
        figures: &mut Figures,
    ) -> anyhow::Result<()> {
        let Some(python) = python else {
            return Ok(());
        };
        let begun = Instant::now();
        let status = Command::new(python)
            .args(["-m", "theriac_verify"])
            .arg(&self.journal.0)
            .args(["--group-key", &hex::encode(network.group_key())])
            .args(["--chain-id", &network.charter.chain_id.to_string()])
            .stdout(Stdio::null())
            .status()
            .context("cannot start the second verifier")?;
        ensure!(status.success(), "the second verifier says no");
        let seconds = begun.elapsed().as_secs_f64();
        figures.tell("smallest study: journal's bundle in Python", (seconds, "s"));
        let ratio = seconds / checked.journal.seconds;
        figures.tell("ratio of the verifier in Python to this one", (ratio, ""));
        Ok(())
    }
}

fn verify((path, made): &(PathBuf, f64), network: &Path) -> anyhow::Result<One> {
    let option = OsStr::new("--network");
    let arguments = [
        OsStr::new("verify"),
        path.as_os_str(),
        option,
        network.as_os_str(),
    ];
    let (peak_mib, seconds) = memory::of_arguments(&arguments)?;
    Ok(One {
        bytes: path.metadata()?.len() as f64,
        made: *made,
        seconds,
        peak_mib,
    })
}
