//! `theriac node`.

use crate::{
    cli::Global,
    logging,
    validator::{self, ValidatorConfig},
};
use alloy_primitives::Address;
use clap::Args;
use serde_json::json;
use std::{net::SocketAddr, path::PathBuf, thread::available_parallelism};
use theriac_consensus::{chain::Execution, genesis::NodeDirectory};

/// Run a member's node: validator, vault and JSON-RPC.
///
/// The directory is one that `theriac genesis` made. The node goes on until Ctrl-C or a termination
/// signal; what it acknowledged as final is on its disk by then.
///
///     theriac node --directory ./devnet/node-1
///
/// Then ask it: theriac status --rpc http://127.0.0.1:PORT
///
/// The vault lies in the directory, or in a bucket that speaks the S3 protocol where there is a file
/// bucket.json. The bucket's key is in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or in the file
/// that bucket.json names as keyFile. docs/guides/vault.md tells how.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Node {
    /// The node's directory.
    #[arg(long, value_name = "DIR")]
    directory: PathBuf,
    /// Where JSON-RPC listens, instead of the address in the directory.
    #[arg(long, value_name = "ADDRESS")]
    rpc_listen: Option<SocketAddr>,
    /// Leave logins off and open everything as this account: for development on loopback.
    #[arg(long, value_name = "ACCOUNT")]
    open_to: Option<Address>,
    /// Fetch the state from the other members: for a node whose storage was lost or that joins late.
    #[arg(long)]
    sync: bool,
    /// Threads of the node; one for each processor unless said otherwise.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

impl Node {
    /// Runs until it is told to stop.
    ///
    /// # Errors
    /// Where it cannot start, or a part of it fails.
    pub(crate) fn run(self, global: &Global) -> anyhow::Result<()> {
        logging::start();
        let output = global.output();
        let progress = output.progress(if self.sync {
            "fetching the state from the other members"
        } else {
            "starting"
        });
        let threads = self
            .threads
            .or_else(|| available_parallelism().ok().map(Into::into));
        let mut running = validator::start(ValidatorConfig {
            directory: NodeDirectory::new(self.directory),
            rpc_listen: self.rpc_listen,
            open_to: self.open_to,
            state_sync: self.sync,
            execution: Execution::Full,
            threads: threads.unwrap_or(2),
        })?;
        drop(progress);
        let rpc = format!("http://{}", running.rpc);
        output.result(
            &json!({ "rpc": rpc }),
            &format!("serving JSON-RPC at {rpc}"),
        )?;
        output.next(&format!("theriac status --rpc {rpc}"));
        if super::wait_for_end(|| running.is_running())? {
            return running.stop();
        }
        running.join()
    }
}
