//! `theriac genesis`: found a network, alone on one machine or together on many.

pub(crate) mod devnet;

mod admin;
mod ceremony;
mod charter;
mod founded;
mod identity;
mod join;
mod ports;
mod show;

use std::{num::NonZeroU64, path::PathBuf};

use clap::{Args, Subcommand};

pub(crate) use devnet::{Devnet, NewOrganisation};

use crate::{cli::Global, errors::UsageError, output::Output};

/// Blocks of an epoch where nobody says otherwise: hours when idle, a quarter of an hour under load.
const EPOCH_BLOCKS: NonZeroU64 = NonZeroU64::new(20_000).expect("not zero");
/// Gas that an organisation's accounts may use together in one block where nobody says otherwise.
const GAS_PER_BLOCK: u64 = 100_000_000;

/// Found a network.
///
/// Without a subcommand, all members are made on this machine, for development:
///
///     theriac genesis --validators 4 --out ./devnet
///
/// Members on machines of their own each run `identity`, agree on one charter, and run `join`
/// at the same time:
///
///     theriac genesis identity --directory ./node --organisation 1 \
///         --p2p-address 10.0.0.1:9000 --rpc-address 10.0.0.1:8545
///     theriac genesis charter --chain-id 8421 --name "Our network" --out charter.json \
///         --organisation "Riverside Hospital:hospital:0x..." \
///         --validator a/validator.json --validator b/validator.json
///     theriac genesis join --directory ./node --charter charter.json
///
/// Either way the key is made by a ceremony in which every member deals. Nobody ever holds it.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, verbatim_doc_comment)]
pub(crate) struct Genesis {
    #[command(subcommand)]
    step: Option<Step>,
    #[command(flatten)]
    devnet: DevnetArguments,
}

#[derive(Debug, Subcommand)]
enum Step {
    Identity(identity::Identity),
    Charter(charter::Charter),
    Join(join::Join),
    Show(show::Show),
}

#[derive(Debug, Args)]
struct DevnetArguments {
    /// Where to put the network; must be empty or absent.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// How many validators, 1 to 64; four go on with one down.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=64))]
    validators: u32,
    /// The EIP-155 chain id.
    #[arg(long, default_value_t = 8_421)]
    chain_id: u64,
    /// What the network is called.
    #[arg(long, default_value = "Theriac devnet")]
    name: String,
    /// A member organisation; validators are given to them in turn. Repeat for more. [default: a hospital, a clinic, an
    /// insurer, a regulator]
    #[arg(long = "organisation", value_name = "NAME:KIND")]
    organisations: Vec<NewOrganisation>,
    /// First of two ports for each validator. [default: ports that are free now]
    #[arg(long)]
    base_port: Option<u16>,
    /// Blocks of an epoch; shares of the key are dealt anew in each.
    #[arg(long, default_value_t = EPOCH_BLOCKS)]
    epoch_blocks: NonZeroU64,
}

impl Genesis {
    /// Does what the arguments say and prints where things are and what to do next.
    ///
    /// # Errors
    /// Where a file cannot be read or written, a charter is refused, or the ceremony gives no key.
    pub(crate) fn run(self, global: &Global) -> anyhow::Result<()> {
        let output = global.output();
        match self.step {
            Some(Step::Identity(identity)) => identity.run(output),
            Some(Step::Charter(charter)) => charter.run(output),
            Some(Step::Join(join)) => join.run(output),
            Some(Step::Show(show)) => show.run(output),
            None => self.devnet.run(output),
        }
    }
}

impl DevnetArguments {
    fn run(self, output: Output) -> anyhow::Result<()> {
        let Some(directory) = self.out else {
            let hint = "say where to put the network: --out DIR; for members on their own machines see --help";
            return Err(UsageError(hint.to_owned()).into());
        };
        let devnet = Devnet {
            validators: self.validators,
            chain_id: self.chain_id,
            name: self.name,
            organisations: if self.organisations.is_empty() {
                Devnet::organisations()
            } else {
                self.organisations
            },
            base_port: self.base_port,
            epoch_blocks: self.epoch_blocks,
            ..Devnet::new(directory)
        };
        let progress = output.progress("the members make the key");
        let founded = devnet.found()?;
        drop(progress);
        output.result(&founded.to_json(), &founded.to_string())?;
        let nodes: Vec<_> = founded
            .nodes
            .iter()
            .map(|node| format!("theriac node --directory {}", node.root().display()))
            .collect();
        output.next(&format!("one for each validator\n{}", nodes.join("\n")));
        Ok(())
    }
}
