//! The command line: what every command shares, and the tree of commands.

use crate::{commands, output::Output};
use clap::{ArgAction, Args, Parser, Subcommand};
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Exit codes:
  0  done
  1  failed: a file, an answer or an input is not as it should be
  2  the command line is not understood
  3  refused by a rule, of the ledger or of the node
  4  verification failed: what was checked is not what it claims to be
  5  no node can be reached

Begin:
  theriac demo                      a whole network on this machine, with a patient's story
  theriac account new me.json       a key of your own
  theriac status --rpc http://127.0.0.1:8545";

/// Theriac, a ledger for healthcare: records that their patient opens, and facts that anyone can check.
#[derive(Debug, Parser)]
#[command(name = "theriac", version, after_help = AFTER_HELP, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Global {
    /// Address of a node; give it several times, and the next is asked where one cannot be reached.
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "THERIAC_RPC",
        hide_env_values = true,
        value_delimiter = ',',
        default_value = "http://127.0.0.1:8545"
    )]
    pub(crate) rpc: Vec<String>,
    /// The keystore file of the account to act as.
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "THERIAC_ACCOUNT",
        hide_env_values = true
    )]
    pub(crate) account: Option<PathBuf>,
    /// A file whose first line is the keystore's password; without it, the password is asked for.
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "THERIAC_PASSWORD_FILE",
        hide_env_values = true
    )]
    pub(crate) password_file: Option<PathBuf>,
    /// Print one JSON object instead of text for people.
    #[arg(long, global = true, action = ArgAction::SetTrue)]
    pub(crate) json: bool,
    /// Print results and errors only.
    #[arg(long, short, global = true, action = ArgAction::SetTrue)]
    pub(crate) quiet: bool,
}

impl Global {
    /// How results and progress are shown.
    pub(crate) fn output(&self) -> Output {
        Output {
            json: self.json,
            quiet: self.quiet,
        }
    }
}

/// The commands, in the order in which one meets them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(commands::demo::Demo),
    Genesis(commands::genesis::Genesis),
    Node(commands::node::Node),
    Status(commands::status::Status),
    Watch(commands::watch::Watch),
    #[command(subcommand)]
    Account(commands::account::Account),
    #[command(subcommand)]
    Directory(commands::directory::Directory),
    #[command(subcommand)]
    Member(commands::member::Member),
    Pack(commands::pack::Pack),
    Trial(commands::trial::Trial),
    #[command(subcommand)]
    Gateway(commands::gateway::Gateway),
    #[command(subcommand)]
    Record(commands::record::Record),
    #[command(subcommand)]
    Access(commands::access::Access),
    #[command(subcommand)]
    Delegate(commands::delegate::Delegate),
    #[command(subcommand)]
    Recovery(commands::recovery::Recovery),
    #[command(subcommand)]
    Vault(commands::vault::Vault),
    Verify(commands::verify::Verify),
    #[command(subcommand)]
    Gs1(commands::gs1::Gs1),
    #[command(subcommand)]
    Epcis(commands::epcis::Epcis),
    #[command(subcommand)]
    Odm(commands::odm::Odm),
    #[command(subcommand)]
    Dataset(commands::dataset::Dataset),
    #[command(subcommand, hide = true)]
    Bench(commands::bench::Bench),
}
