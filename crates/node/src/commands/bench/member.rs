//! `theriac bench member`: a node of a network that is measured.

use crate::{
    commands::wait_for_end,
    logging,
    validator::{self, ValidatorConfig},
};
use clap::Args;
use std::path::PathBuf;
use theriac_consensus::{chain::Execution, genesis::NodeDirectory};

/// Run a member that carries transactions without executing them: all of a node but execution.
#[derive(Debug, Args)]
pub(crate) struct Member {
    /// The node's directory.
    #[arg(long, value_name = "DIR")]
    directory: PathBuf,
    /// Threads of the node.
    #[arg(long, value_name = "N")]
    threads: usize,
}

impl Member {
    /// Runs until it is told to stop.
    ///
    /// # Errors
    /// Where it cannot start, or a part of it fails.
    pub(super) fn run(self) -> anyhow::Result<()> {
        logging::start();
        let mut running = validator::start(ValidatorConfig {
            directory: NodeDirectory::new(self.directory),
            rpc_listen: None,
            open_to: None,
            state_sync: false,
            execution: Execution::Empty,
            threads: self.threads,
        })?;
        if wait_for_end(|| running.is_running())? {
            return running.stop();
        }
        running.join()
    }
}
