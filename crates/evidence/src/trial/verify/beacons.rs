//! Blocks that devices knew: shown to be ancestors of the bundle's block.

use super::{ClaimId, Failure, Place, chain::Ledger, judge::Judge, page};
use crate::{
    header::Header,
    history::{self, HistoryProof},
    trial::bundle::{Beacon, zip::Archive},
};
use std::collections::BTreeMap;

/// Headers of proved ancestors, by height.
pub(super) type Beacons = BTreeMap<u64, Header>;

/// Reads the file of beacons; those that are no ancestors are left out and said.
pub(super) fn check(
    archive: &Archive<'_>,
    ledger: &Ledger,
    judge: &mut Judge,
) -> Result<Beacons, Failure> {
    let beacons: Vec<Beacon> = page::json(archive, "beacons.json")?;
    let mut proved = Beacons::new();
    for (beacon, index) in beacons.into_iter().zip(0_u32..) {
        match ancestor(&beacon, ledger) {
            Some(header) => {
                proved.insert(header.number, header);
            }
            None => {
                let place = Place {
                    index: Some(index),
                    ..Place::none()
                };
                let text = "a block that a device is said to have known is no ancestor of the certified one";
                judge.fail(ClaimId::C7, "beacon-not-ancestor", place, text);
            }
        }
    }
    Ok(proved)
}

fn ancestor(beacon: &Beacon, ledger: &Ledger) -> Option<Header> {
    let header = Header::decode(&beacon.header).ok()?;
    let proof = HistoryProof {
        size: ledger.section.history_size,
        index: header.number,
        siblings: beacon.siblings.clone(),
        peaks: beacon.peaks.clone(),
    };
    history::verify(&ledger.section.history_root, &header.hash, &proof).ok()?;
    Some(header)
}
