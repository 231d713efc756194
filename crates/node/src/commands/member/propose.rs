//! `theriac member propose`: a command for each kind of change.

mod add_validator;
mod admit;
mod move_validator;
mod parameters;
mod quota;
mod remove;
mod remove_validator;
mod upgrade;

use super::change::{change_text, change_value};
use crate::{arguments::utc, output::table, person::Person};
use clap::Subcommand;
use serde_json::json;
use theriac_sdk::members::Change;

/// Propose a change, as the admin account of an organisation that runs a validator.
#[derive(Debug, Subcommand)]
pub(crate) enum Propose {
    Admit(admit::Admit),
    Remove(remove::Remove),
    AddValidator(add_validator::AddValidator),
    RemoveValidator(remove_validator::RemoveValidator),
    Quota(quota::Quota),
    Parameters(parameters::Parameters),
    Upgrade(upgrade::Upgrade),
    MoveValidator(move_validator::MoveValidator),
}

impl Propose {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let change = match self {
            Self::Admit(admit) => admit.change(),
            Self::Remove(remove) => remove.change(),
            Self::AddValidator(add) => add.change(),
            Self::RemoveValidator(remove) => remove.change(),
            Self::Quota(quota) => quota.change(),
            Self::Parameters(parameters) => parameters.change(&person.client).await?,
            Self::Upgrade(upgrade) => upgrade.change(),
            Self::MoveValidator(moving) => moving.change(),
        };
        propose(person, change).await
    }
}

async fn propose(person: &Person, change: Change) -> anyhow::Result<()> {
    let (text, value) = (change_text(&change), change_value(&change));
    let progress = person.output.progress("proposing");
    let submitted = person.client.propose(change).await?;
    drop(progress);
    let number = submitted.proposal;
    let value = json!({
        "proposal": number, "change": value, "deadline": submitted.deadline,
        "height": submitted.height, "transaction": submitted.transaction,
    });
    let rows = [
        ("proposal", number.to_string()),
        ("change", text),
        ("vote until", utc(submitted.deadline.saturating_mul(1_000))),
        ("height", submitted.height.to_string()),
    ];
    person.output.result(&value, &table(rows))?;
    let next =
        format!("each organisation with a validator votes: theriac member vote {number} yes");
    person.output.next(&next);
    Ok(())
}
