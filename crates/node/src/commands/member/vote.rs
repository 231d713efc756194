//! `theriac member vote`.

use super::change::{proposal_text, proposal_value};
use crate::{output::table, person::Person};
use clap::{Args, ValueEnum};
use serde_json::json;

/// Vote on a proposal, as the admin account of an organisation that runs a validator.
///
/// Each validator has one vote, and a vote stays as it was cast. More than two thirds of all validators accept; the vote that decides
/// also does what was decided.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac member vote 3 yes --account admin.json\n  theriac member vote 3 no --validator 4 --account admin.json\n\nNext:\n  theriac member list"
)]
pub(crate) struct Vote {
    /// The proposal's number.
    #[arg(value_name = "NUMBER")]
    proposal: u64,
    /// For it or against it.
    #[arg(value_enum)]
    support: Support,
    /// Vote for this validator of yours only, by its index; without it, for all of yours that have not voted.
    #[arg(long, value_name = "INDEX")]
    validator: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Support {
    Yes,
    No,
}

impl Vote {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let (client, support) = (&person.client, self.support == Support::Yes);
        let progress = person.output.progress("voting");
        let receipt = match self.validator {
            Some(validator) => client.vote_as(self.proposal, validator, support).await?,
            None => client.vote(self.proposal, support).await?,
        };
        let proposal = client.proposal(self.proposal).await?;
        drop(progress);
        let mut value = proposal_value(&proposal);
        value["transaction"] = json!(receipt.transaction_hash);
        value["height"] = json!(receipt.block_number);
        let rows = [
            ("voted", if support { "yes" } else { "no" }.to_owned()),
            ("proposal", proposal_text(&proposal)),
        ];
        person.output.result(&value, &table(rows))
    }
}
