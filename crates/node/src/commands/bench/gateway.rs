//! `theriac bench gateway`: an organisation's gateway that is measured.

use crate::{commands::wait_for_end, logging};
use anyhow::Context as _;
use clap::Args;
use std::{io::Write as _, path::PathBuf};
use theriac_gateway::{Config, Gateway as Server, Partner, Reach, Rights, Storage, TokenHash};

/// The token of its one partner, who has all rights.
pub(super) const TOKEN: &str = "bench-token";

/// Run a gateway on loopback. Its address stands on the first line that it prints.
#[derive(Debug, Args)]
pub(crate) struct Gateway {
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Connection string of a PostgreSQL database, where events are to be kept there.
    #[arg(long, value_name = "TEXT")]
    postgres: Option<String>,
}

impl Gateway {
    /// Runs until it is told to stop.
    ///
    /// # Errors
    /// Where it cannot start.
    pub(super) fn run(self) -> anyhow::Result<()> {
        logging::start();
        let own = Partner {
            name: "own".to_owned(),
            token: TokenHash::of(TOKEN),
            rights: Rights::all(),
            reach: Reach::Everything,
        };
        let mut config = Config::new(self.data, vec![own]);
        if let Some(text) = self.postgres {
            config.storage = Storage::Postgres(text);
        }
        let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
        let running = runtime.block_on(Server::start(config))?;
        println!("{}", running.address());
        std::io::stdout().flush()?;
        wait_for_end(|| true)?;
        runtime.block_on(running.stop());
        Ok(())
    }
}
