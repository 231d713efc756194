//! `theriac genesis show`: what a charter or network file says, and its digest.

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use clap::Args;
use theriac_consensus::genesis::{Charter, Network};

use crate::output::{Output, table};

/// Show a charter or a network file and its digest, for comparison among members.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// `charter.json` or `network.json`.
    file: PathBuf,
}

impl Show {
    pub(super) fn run(self, output: Output) -> anyhow::Result<()> {
        let bytes =
            fs::read(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        let shape: serde_json::Value = serde_json::from_slice(&bytes)
            .with_context(|| format!("{} is not JSON", self.file.display()))?;
        let (charter, network) = if shape.get("groupKey").is_some() {
            let network = Network::parse(&bytes)?;
            (network.charter.clone(), Some(network))
        } else {
            (Charter::parse(&bytes)?, None)
        };
        output.result(
            &summary(&charter, network.as_ref()),
            &text(&charter, network.as_ref()),
        )
    }
}

fn summary(charter: &Charter, network: Option<&Network>) -> serde_json::Value {
    serde_json::json!({
        "name": charter.name,
        "chainId": charter.chain_id,
        "charterDigest": hex::encode(charter.digest()),
        "networkId": network.map(|network| hex::encode(network.digest())),
        "groupKey": network.map(|network| hex::encode(network.group_key())),
        "organisations": charter.organisations.len(),
        "validators": charter.validators.len(),
    })
}

fn text(charter: &Charter, network: Option<&Network>) -> String {
    let mut rows = vec![
        (
            "network",
            format!("\"{}\", chain id {}", charter.name, charter.chain_id),
        ),
        ("charter digest", hex::encode(charter.digest())),
    ];
    if let Some(network) = network {
        rows.push(("network id", hex::encode(network.digest())));
        rows.push(("group key", hex::encode(network.group_key())));
    }
    for organisation in &charter.organisations {
        let (id, name, kind, admin) = (
            organisation.id,
            &organisation.name,
            organisation.kind,
            organisation.admin,
        );
        rows.push((
            "organisation",
            format!("{id} {name} ({kind}), administrator {admin}"),
        ));
    }
    for validator in &charter.validators {
        let (identity, p2p, organisation) =
            (&validator.identity, validator.p2p, validator.organisation);
        rows.push((
            "validator",
            format!("{identity} at {p2p}, of organisation {organisation}"),
        ));
    }
    table(rows)
}
