//! The verification of a bundle: numbered claims, each passed, failed with its place, or not claimed with the reason.

mod analysis;
mod beacons;
mod chain;
mod failure;
mod judge;
mod lists;
mod outcomes;
mod page;
mod replay;
mod report;
mod signing;
mod subjects;
mod values;

pub use failure::Failure;
pub use judge::{Finding, Place};
pub use report::{ClaimId, ClaimReport, Figures, Report, Verdict};

use super::bundle::{Extent, MAX_MANIFEST, Manifest, zip::Archive};
use crate::bundle::Trusted;
use judge::Judge;

/// Most entries of a study that are checked.
pub const MAX_ENTRIES: u64 = 1 << 26;

/// Whether a file looks like the bundle of a trial.
pub fn is_trial_bundle(bytes: &[u8]) -> bool {
    Archive::is_one(bytes)
}

/// Verifies the bundle of a trial; says what it proves, claim by claim.
///
/// # Errors
/// The file is no such bundle, or is about another network than the trusted one: then nothing was looked at.
pub fn verify(bytes: &[u8], trusted: &Trusted) -> Result<Report, Failure> {
    let archive = Archive::open(bytes).map_err(Failure::archive)?;
    let manifest = read_manifest(&archive)?;
    check_files(&archive, &manifest)?;
    let mut judge = Judge::default();
    let Some(ledger) = chain::check(&manifest, trusted, &mut judge)? else {
        judge.nothing_certified();
        return Ok(judge.into_report(&manifest, None));
    };
    let mut opened = page::open(&archive)?;
    let beacons = beacons::check(&archive, &ledger, &mut judge)?;
    let replay = replay::run(&archive, (&manifest, &ledger, &beacons), &mut judge)?;
    subjects::check(&archive, (&manifest, &replay), &mut judge)?;
    outcomes::check(&opened.openings, &replay, &mut judge);
    lists::check(&archive, (&mut opened, &replay, &beacons), &mut judge)?;
    let lineage = analysis::read(&archive, (&manifest, &replay, &opened), &mut judge)?;
    values::check(&archive, (&manifest, &replay, lineage), &mut judge)?;
    signing::check(&opened.openings, (&manifest, &replay), &mut judge);
    judge.limits(&manifest, &replay);
    Ok(judge.into_report(&manifest, Some(&ledger)))
}

fn read_manifest(archive: &Archive<'_>) -> Result<Manifest, Failure> {
    let (bytes, _) = archive
        .content("manifest.json", MAX_MANIFEST)
        .map_err(|source| Failure::file("manifest.json", source))?
        .ok_or(Failure::Missing {
            name: "manifest.json",
        })?;
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| Failure::Manifest {
        reason: error.to_string(),
    })?;
    let wrong = |reason: &str| {
        Err(Failure::Manifest {
            reason: reason.to_owned(),
        })
    };
    if manifest.milestones.len() != super::state::MILESTONES.len() {
        return wrong("there are seven milestones");
    }
    if manifest.head.proofs.len() != 3 || manifest.milestones.iter().any(|it| it.proofs.len() != 2)
    {
        return wrong("a head has three proofs, a milestone two");
    }
    if manifest.head.size > MAX_ENTRIES {
        return wrong("more entries than are checked");
    }
    if manifest.entries == Extent::None || manifest.entries != manifest.subjects {
        return wrong("entries and subjects are all there, or both chosen");
    }
    Ok(manifest)
}

/// The files are those of the manifest, and of their digests; what is streamed later is digested here too, so that it is read twice.
fn check_files(archive: &Archive<'_>, manifest: &Manifest) -> Result<(), Failure> {
    let listed = manifest
        .files
        .iter()
        .map(|file| (file.name.as_str(), file.size));
    let present = archive.names().filter(|(name, _)| *name != "manifest.json");
    if !listed.eq(present) {
        return Err(Failure::Manifest {
            reason: "the files are not those of the manifest".into(),
        });
    }
    for file in &manifest.files {
        let reader = archive
            .file(&file.name)
            .expect("the names are those of the archive");
        let digest = reader
            .finish()
            .map_err(|source| Failure::file(&file.name, source))?;
        if digest != file.sha256 {
            return Err(Failure::Digest {
                name: file.name.clone(),
            });
        }
    }
    Ok(())
}
