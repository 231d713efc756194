//! `theriac genesis join`: take part in the ceremony of a network whose members are on machines of their own.

use std::{fs, path::PathBuf, time::Duration};

use anyhow::{Context as _, bail};
use clap::Args;
use theriac_consensus::genesis::{self, Identity, NodeDirectory};

use super::ceremony;
use crate::output::{Output, table};

/// Make the network's key together with all other members.
///
/// Every member runs this at the same time with the same charter. It waits until all are there, and leaves when all
/// have the key. A member that is interrupted runs it again and goes on where it stopped.
#[derive(Debug, Args)]
pub(super) struct Join {
    /// The node's directory, made by `theriac genesis identity`.
    #[arg(long, value_name = "DIR")]
    directory: PathBuf,
    /// The charter that all members agreed on.
    #[arg(long, value_name = "FILE")]
    charter: PathBuf,
    /// 1, and one more at every member for each ceremony that failed.
    #[arg(long, default_value_t = 1)]
    attempt: u32,
    /// How many seconds all of it may take, the wait for the others included.
    #[arg(long, default_value_t = 600, value_name = "SECONDS")]
    timeout: u64,
}

impl Join {
    pub(super) fn run(self, output: Output) -> anyhow::Result<()> {
        let node = NodeDirectory::new(self.directory);
        if node.network().exists() {
            bail!(
                "{} is there: this node is in a network already; start it with `theriac node`",
                node.network().display()
            );
        }
        let identity = Identity::read(&node.identity())?;
        let json = fs::read(&self.charter)
            .with_context(|| format!("cannot read {}", self.charter.display()))?;
        let charter = genesis::Charter::parse(&json)?;
        let timeout = Duration::from_secs(self.timeout);
        let progress = output.progress(
            "the ceremony begins when all members are there, and ends when all have the key",
        );
        let (network, completed) =
            ceremony::alone(&charter, &identity, &node, (self.attempt, timeout))?;
        drop(progress);
        let network_id = hex::encode(network.digest());
        let unconfirmed: Vec<_> = completed
            .unconfirmed
            .iter()
            .map(ToString::to_string)
            .collect();
        let mut rows = vec![
            (
                "network",
                format!("\"{}\", chain id {}", charter.name, charter.chain_id),
            ),
            ("network id", network_id.clone()),
            ("network file", node.network().display().to_string()),
            (
                "share",
                format!("in {}, never in a backup", node.secrets().display()),
            ),
        ];
        if !unconfirmed.is_empty() {
            rows.push((
                "NOT CONFIRMED by",
                format!(
                    "{}: ask for their network id before you start",
                    unconfirmed.join(", ")
                ),
            ));
        }
        let value = serde_json::json!({
            "networkId": network_id,
            "networkFile": node.network(),
            "unconfirmed": unconfirmed,
        });
        output.result(&value, &table(rows))?;
        output.next(&format!(
            "when all members show the same network id: theriac node --directory {}",
            node.root().display()
        ));
        Ok(())
    }
}
