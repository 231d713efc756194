//! `theriac gateway init`.

use super::{
    file::{self, NAME, partner_lines},
    token,
};
use crate::{cli::Global, errors::UsageError, output::write_new};
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf, absolute},
};
use theriac_gateway::Right;

/// Make a folder for your gateway: a configuration with comments, and a token for your own systems.
///
/// The token is shown once; the file has its hash. With --book the gateway verifies and dispenses packs as the account of --account, whose password it
/// reads from --password-file at each start.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac gateway init gateway\n  theriac gateway init gateway --book packs --account pharmacy.json --password-file password --rpc http://node-1:8545\n\nNext:\n  theriac gateway partner gateway --name wholesaler --gln 4012345000016 --right capture --right query\n  theriac gateway run gateway"
)]
pub(crate) struct Init {
    /// The folder; made where it is absent.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Where it listens. Put a reverse proxy with TLS before any address but loopback.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8460")]
    listen: SocketAddr,
    /// The folder of your book of packs.
    #[arg(long, value_name = "DIR", env = "THERIAC_BOOK", hide_env_values = true)]
    book: Option<PathBuf>,
}

impl Init {
    pub(super) fn run(self, global: &Global) -> anyhow::Result<()> {
        let packs = self.pack_lines(global)?;
        fs::create_dir_all(&self.folder)
            .with_context(|| format!("cannot make {}", self.folder.display()))?;
        let (token, hash) = token::fresh();
        let own = partner_lines(("own", &hash), &Right::ALL, None);
        let text = format!("{}{packs}{TRIALS_ABSENT}{own}", head(self.listen));
        let path = self.folder.join(NAME);
        write_new(&path, text.as_bytes())?;
        file::read(&self.folder)?;
        let output = global.output();
        output.result(
            &json!({ "file": path, "partner": "own", "token": token }),
            &format!(
                "configuration written to {}\nyour token, shown once: {token}",
                path.display()
            ),
        )?;
        output.next(&format!("theriac gateway run {}", self.folder.display()));
        Ok(())
    }

    fn pack_lines(&self, global: &Global) -> anyhow::Result<String> {
        let Some(book) = &self.book else {
            return Ok(PACKS_ABSENT.to_owned());
        };
        let needed = |file: &Option<PathBuf>, name: &str| {
            let missing = || UsageError(format!("with --book, give {name}"));
            let file = file.as_deref().ok_or_else(missing)?;
            Ok::<_, anyhow::Error>(quoted(&whole(file)?))
        };
        let nodes: Vec<_> = global.rpc.iter().map(|node| quoted(node)).collect();
        Ok(format!(
            "\n[packs]\nbook = {}\naccount = {}\npassword_file = {}\nnodes = [{}]\n{PACKS_REST}",
            quoted(&whole(book)?),
            needed(&global.account, "--account")?,
            needed(&global.password_file, "--password-file")?,
            nodes.join(", ")
        ))
    }
}

fn whole(path: &Path) -> anyhow::Result<String> {
    let path = absolute(path).with_context(|| format!("{} is no path", path.display()))?;
    let text = path.to_str().context("a path is not UTF-8")?;
    Ok(text.to_owned())
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn head(listen: SocketAddr) -> String {
    format!(
        "\
# A gateway of Theriac: theriac gateway run FOLDER
# Paths are relative to this folder. A change takes effect at the next start.

# Where it listens. It speaks plain HTTP: put a reverse proxy with TLS before any address but loopback.
listen = \"{listen}\"
# The address under which partners reach it; links in answers begin so.
# public_url = \"https://gateway.example\"
# Where events are kept: embedded, in the folder data; or a PostgreSQL database that no other gateway uses.
storage = \"embedded\"
# storage = \"postgres://user:password@host/database\"

[webhooks]
# Hosts inside your organisation that subscriptions may send to. Others must have public addresses.
inside = []
# Whether http will do for hosts outside.
plain = false

[limits]
connections = 512
document_bytes = 4294967296
document_events = 1000000
event_bytes = 1048576
# Bytes of clinical data that /odm takes or gives at once.
odm_bytes = 67108864
largest_page = 1000
"
    )
}

const TRIALS_ABSENT: &str = "
# A study's book behind /odm. The account is one of its readers.
# [[trials]]
# study = \"0x...\"
# book = \"../trial\"
# account = \"../coordinator.json\"
# password_file = \"../password\"
# nodes = [\"http://127.0.0.1:8545\"]
# Sites that partners reach: all, or their numbers.
# partners = { sponsor = \"all\", cro = [1, 2] }
# Partners, own among them, who get datasets of a study with lists: these may tell the arm.
# unblinded = []
";

const PACKS_ABSENT: &str = "
# Packs are verified and dispensed with these lines.
# [packs]
# book = \"../packs\"
# account = \"../pharmacy.json\"
# password_file = \"../password\"
# nodes = [\"http://127.0.0.1:8545\"]
";

const PACKS_REST: &str = "\
# When the manufacturer is asked as well: never, unknown (your book does not have the pack), always.
ask = \"unknown\"
# Whether anyone may ask about packs that you made, without a token. If not, partners with the right ask.
answers_anyone = false
# Hosts inside your organisation that may be asked as manufacturers. Others must have public addresses.
inside = []
# Whether http will do for manufacturers outside.
plain = false
# Milliseconds that nodes and manufacturers may take, before the book answers alone.
patience_ms = 2000

# Tokens that manufacturers gave you, by host.
[packs.tokens]
# \"vrs.maker.example\" = \"their token\"

# Addresses that are asked instead of those that the ledger has.
[packs.instead]
# \"https://vrs.maker.example\" = \"https://vrs.gateway.example/maker\"
";
