//! `theriac trial randomise commit`.

use super::Desk;
use clap::Args;
use serde_json::json;
use theriac_gateway::trials::NewList;

/// Make a list of permuted blocks for a stratum, and commit to it, as the unblinded statistician, before the first consent.
///
/// Arms, kits and the secret stay in your book, encrypted to your account alone. Use a book of your own: --book lists.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial randomise commit --stratum all --block Placebo,Placebo,Low,High --blocks 70 --kits K --book lists --account unblinded.json\n\nNext:\n  theriac trial randomise draw 1, when the block of the list is there"
)]
pub(in crate::commands::trial) struct Commit {
    /// What the stratum is called.
    #[arg(long, value_name = "STRATUM")]
    stratum: String,
    /// The arms of one block, each as often as it is in it.
    #[arg(long, value_name = "ARM,...", value_delimiter = ',')]
    block: Vec<String>,
    /// How many blocks.
    #[arg(long, value_name = "COUNT")]
    blocks: u32,
    /// What kit numbers begin with.
    #[arg(long, value_name = "PREFIX", default_value = "K")]
    kits: String,
    /// Blocks of the chain until that whose random value orders the list, at least 8.
    #[arg(long, value_name = "BLOCKS", default_value_t = 16)]
    delay: u32,
}

impl Commit {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let length = self.block.len() * self.blocks as usize;
        let new = NewList {
            stratum: self.stratum,
            block: self.block,
            blocks: self.blocks,
            kit_prefix: self.kits,
            delay: self.delay,
        };
        let mut party = desk.party().await?;
        let list = party.commit_list(&new).await?;
        let height = party
            .client()
            .trial_list(party.study()?, list)
            .await?
            .height;
        let value = json!({ "list": list, "length": length, "height": height });
        desk.output().result(
            &value,
            &format!("list {list}, to be drawn from block {height}"),
        )
    }
}
