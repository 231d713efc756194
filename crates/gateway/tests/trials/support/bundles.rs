//! Bundles of a book, judged; and taken apart, changed and put together again with their own digests.

use super::certify;
use std::{collections::BTreeMap, path::PathBuf};
use theriac_evidence::{
    bundle::Trusted,
    trial::{
        bundle::{
            FileEntry, Manifest, Selection, canonical,
            zip::{Archive, ZipWriter},
        },
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

/// The files of a bundle, and its manifest.
pub(crate) struct Parts {
    manifest: Manifest,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Parts {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let archive = Archive::open(bytes).unwrap();
        let names = archive.names().map(|(name, _)| name.to_owned());
        let content = |name: String| {
            let (content, _) = archive.content(&name, u64::MAX).unwrap().unwrap();
            (name, content)
        };
        let mut files: BTreeMap<_, _> = names.map(content).collect();
        let manifest = files.remove("manifest.json").unwrap();
        let manifest = serde_json::from_slice(&manifest).unwrap();
        Self { manifest, files }
    }

    pub(crate) fn pack(mut self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Vec::new());
        self.manifest.files.clear();
        for (name, content) in &self.files {
            let facts = zip.file(name, |out| out.write_all(content)).unwrap();
            self.manifest.files.push(FileEntry {
                name: facts.name,
                size: facts.size,
                sha256: facts.sha256,
            });
        }
        let manifest = canonical(&serde_json::to_value(&self.manifest).unwrap());
        zip.file("manifest.json", |out| out.write_all(manifest.as_bytes()))
            .unwrap();
        zip.finish().unwrap()
    }
}
