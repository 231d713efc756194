//! Writing and reading the file.

use super::{Bundle, Claim, Failure, MAX_CLAIMS, MAX_ENTRIES, limits};
use serde::Deserialize;

/// The file of a bundle.
///
/// # Errors
/// The bundle is beyond a limit; it is not verified.
pub fn build(bundle: &Bundle) -> Result<Vec<u8>, Failure> {
    check_counts(bundle)?;
    let mut bytes = serde_json::to_vec_pretty(bundle).expect("plain structs become JSON");
    bytes.push(b'\n');
    limits::check_text(&bytes)?;
    Ok(bytes)
}

/// Reads a file within the limits; nothing in it is verified.
///
/// # Errors
/// The file is beyond a limit or not of this format.
pub fn parse(bytes: &[u8]) -> Result<Bundle, Failure> {
    limits::check_text(bytes)?;
    let bundle = serde_json::from_slice(bytes).map_err(|error| match other_format(bytes) {
        Some(got) => Failure::UnknownFormat { got },
        None => Failure::Malformed {
            reason: error.to_string(),
        },
    })?;
    check_counts(&bundle)?;
    Ok(bundle)
}

fn other_format(bytes: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Probe {
        format: String,
    }
    let probe: Probe = serde_json::from_slice(bytes).ok()?;
    (probe.format != "theriac-evidence/1").then(|| probe.format.chars().take(64).collect())
}

fn check_counts(bundle: &Bundle) -> Result<(), Failure> {
    let bound = |field: String, got: usize, least: usize, most: usize| {
        if (least..=most).contains(&got) {
            return Ok(());
        }
        Err(Failure::Count {
            field,
            got,
            expected: format!("{least} to {most}"),
        })
    };
    bound("claims".into(), bundle.claims.len(), 1, MAX_CLAIMS)?;
    for (index, claim) in bundle.claims.iter().enumerate() {
        match claim {
            Claim::RecordRegistered(claim) => {
                bound(format!("claims[{index}].proofs"), claim.proofs.len(), 6, 6)?;
            }
            Claim::ChartLog(claim) => {
                bound(
                    format!("claims[{index}].entries"),
                    claim.entries.len(),
                    0,
                    MAX_ENTRIES,
                )?;
            }
        }
    }
    Ok(())
}
