//! `theriac gateway run`.

use super::file;
use crate::{cli::Global, logging};
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{net::SocketAddr, path::PathBuf};
use theriac_gateway::Gateway;

/// Run your gateway until Ctrl-C or a termination signal.
///
/// What it acknowledged is on its disk. It says where it listens on one line, then logs warnings to standard error; scans, tokens and events stand in no log.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac gateway run gateway\n\nNext:\n  curl http://127.0.0.1:8460/openapi.json\n  curl -H \"Authorization: Bearer $TOKEN\" http://127.0.0.1:8460/packs/alarms"
)]
pub(crate) struct Run {
    /// The gateway's folder.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Listen here instead of where the configuration says; port 0 is any free one.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
}

impl Run {
    pub(super) fn run(self, global: &Global) -> anyhow::Result<()> {
        logging::start();
        let output = global.output();
        let mut config = file::read(&self.folder)?.config(&self.folder, output)?;
        if let Some(listen) = self.listen {
            config.listen = listen;
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build();
        let runtime = runtime.context("cannot start the runtime")?;
        let running = runtime.block_on(Gateway::start(config))?;
        let listening = format!("http://{}", running.address());
        output.result(
            &json!({ "listening": listening }),
            &format!("listening on {listening}"),
        )?;
        let told = super::super::wait_for_end(|| true);
        runtime.block_on(running.stop());
        told.map(|_| ())
    }
}
