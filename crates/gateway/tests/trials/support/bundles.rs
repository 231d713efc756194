//! Bundles of a book, and what a verifier says of them.

use super::certify;
use std::path::PathBuf;
use theriac_evidence::{
    bundle::Trusted,
    trial::{
        bundle::Selection,
        verify::{ClaimId, ClaimReport, Report, verify},
    },
};
use theriac_gateway::trials::Party;

/// A bundle for an audience.
pub(crate) async fn bundle(party: &mut Party, selection: &Selection<'_>) -> Vec<u8> {
    party.bundle(selection, None, Vec::new()).await.unwrap()
}

/// What a verifier trusts of the network that certifies.
pub(crate) fn trusted() -> Trusted {
    let network = certify::network();
    Trusted {
        chain_id: network.chain_id,
        group_key: network.group_key(),
        known: None,
    }
}

/// What a verifier says of a bundle. Where `THERIAC_TRIAL_BOOKS` names a folder, bundle and report go there, for the second verifier.
pub(crate) fn judge(name: &str, bundle: &[u8]) -> Report {
    let report = verify(bundle, &trusted()).unwrap();
    if let Some(folder) = std::env::var_os("THERIAC_TRIAL_BOOKS").map(PathBuf::from) {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.zip")), bundle).unwrap();
        let json = serde_json::to_vec(&report).unwrap();
        std::fs::write(folder.join(format!("{name}.json")), json).unwrap();
        let key = certify::network().group_key().to_string();
        std::fs::write(folder.join("group-key.txt"), key).unwrap();
    }
    report
}

pub(crate) fn claim(report: &Report, id: ClaimId) -> &ClaimReport {
    report.claims.iter().find(|claim| claim.id == id).unwrap()
}
