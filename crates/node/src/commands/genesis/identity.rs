//! `theriac genesis identity`: this member's key and what the others must know of it.

use std::{fs, net::SocketAddr, path::PathBuf};

use anyhow::Context as _;
use clap::Args;
use theriac_consensus::genesis::{self, NodeDirectory, Validator};

use crate::output::{Output, table};

/// Make this node's key, and a file about it for the charter.
#[derive(Debug, Args)]
pub(super) struct Identity {
    /// The node's directory.
    #[arg(long, value_name = "DIR")]
    directory: PathBuf,
    /// Where the other validators reach this one, as IP:PORT.
    #[arg(long, value_name = "ADDRESS")]
    p2p_address: SocketAddr,
    /// Where its JSON-RPC is reached, as IP:PORT.
    #[arg(long, value_name = "ADDRESS")]
    rpc_address: SocketAddr,
    /// Where it listens for the others. [default: --p2p-address]
    #[arg(long, value_name = "ADDRESS")]
    p2p_listen: Option<SocketAddr>,
    /// Where its JSON-RPC listens. [default: --rpc-address]
    #[arg(long, value_name = "ADDRESS")]
    rpc_listen: Option<SocketAddr>,
    /// Number of the organisation that runs it, in the charter.
    #[arg(long, value_name = "NUMBER")]
    organisation: u32,
}

impl Identity {
    pub(super) fn run(self, output: Output) -> anyhow::Result<()> {
        let node = NodeDirectory::new(self.directory);
        fs::create_dir_all(node.root())
            .with_context(|| format!("cannot create {}", node.root().display()))?;
        let listen = (
            self.p2p_listen.unwrap_or(self.p2p_address),
            self.rpc_listen.unwrap_or(self.rpc_address),
        );
        let identity = genesis::Identity::generate(listen.0, listen.1);
        identity.create(&node.identity())?;
        let validator = Validator {
            identity: identity.public_key(),
            p2p: self.p2p_address,
            rpc: self.rpc_address,
            organisation: self.organisation,
        };
        let file = node.root().join("validator.json");
        let json =
            serde_json::to_string_pretty(&validator).expect("a validator is text and numbers");
        fs::write(&file, format!("{json}\n"))
            .with_context(|| format!("cannot write {}", file.display()))?;
        let key = node.identity();
        let rows = [
            ("identity", validator.identity.to_string()),
            ("key, keep it to yourself", key.display().to_string()),
            ("for the charter, public", file.display().to_string()),
        ];
        let value = serde_json::json!({ "validator": validator, "key": key, "file": file });
        output.result(&value, &table(rows))?;
        output.next(&format!(
            "give {} to whoever writes the charter, then: theriac genesis join --directory {} --charter charter.json",
            file.display(),
            node.root().display()
        ));
        Ok(())
    }
}
