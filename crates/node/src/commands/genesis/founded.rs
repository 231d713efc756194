//! What a devnet leaves behind: files, accounts, and how it is told.

use std::{fmt, path::PathBuf, time::Duration};

use theriac_consensus::genesis::{Network, NodeDirectory};

use super::admin::Admin;

/// A network that was founded.
#[derive(Clone, Debug)]
pub(crate) struct Founded {
    /// The network's file, which also stands in each node's directory.
    pub(crate) file: PathBuf,
    /// Its content.
    pub(crate) network: Network,
    /// One directory for each validator, in the order of the charter.
    pub(crate) nodes: Vec<NodeDirectory>,
    /// One account for each organisation.
    pub(crate) admins: Vec<Admin>,
    /// How long the ceremony took.
    pub(crate) ceremony: Duration,
}

impl Founded {
    /// What scripts need to go on.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        let admins = self.admins.iter().map(|admin| {
            serde_json::json!({
                "organisation": admin.organisation,
                "name": admin.name,
                "kind": admin.kind.word(),
                "address": admin.address,
                "keystore": admin.keystore,
                "password": admin.password,
            })
        });
        let nodes = self.nodes.iter().zip(&self.network.charter.validators).map(|(node, validator)| {
            serde_json::json!({ "directory": node.root(), "rpc": validator.rpc, "p2p": validator.p2p })
        });
        serde_json::json!({
            "networkId": hex::encode(self.network.digest()),
            "networkFile": self.file,
            "chainId": self.network.charter.chain_id,
            "ceremonySeconds": self.ceremony.as_secs_f64(),
            "nodes": nodes.collect::<Vec<_>>(),
            "admins": admins.collect::<Vec<_>>(),
        })
    }
}

impl fmt::Display for Founded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let charter = &self.network.charter;
        let seconds = self.ceremony.as_secs_f32();
        writeln!(
            f,
            "Network \"{}\", chain id {}",
            charter.name, charter.chain_id
        )?;
        writeln!(
            f,
            "  key made by {} members in {seconds:.1} s; none of them holds it",
            self.nodes.len()
        )?;
        writeln!(f, "  network id   {}", hex::encode(self.network.digest()))?;
        writeln!(f, "  network file {}", self.file.display())?;
        writeln!(f, "\nValidators")?;
        for (node, validator) in self.nodes.iter().zip(&charter.validators) {
            writeln!(
                f,
                "  {}  rpc http://{}  p2p {}",
                node.root().display(),
                validator.rpc,
                validator.p2p
            )?;
        }
        writeln!(
            f,
            "\nOrganisations and the keystores of their administrators"
        )?;
        for admin in &self.admins {
            writeln!(
                f,
                "  {} {} ({})  {}",
                admin.organisation, admin.name, admin.kind, admin.address
            )?;
            writeln!(
                f,
                "    {}  password in {}",
                admin.keystore.display(),
                admin.password.display()
            )?;
        }
        Ok(())
    }
}
