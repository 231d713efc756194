//! `theriac recovery guardians`.

use crate::{
    arguments::{self, utc},
    output::table,
    person::Person,
};
use alloy_primitives::Address;
use clap::Args;
use serde_json::{Value, json};
use theriac_sdk::recovery::{self, NewGuardians};

/// Name the guardians of your key, or see who they are.
///
/// The first guardians count at once. Others count only after the delay of those before, so that a thief with your key cannot shut your guardians out. Name
/// people and organisations who would not act together against you; more than half of them should have to agree.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac recovery guardians 0xA... 0xB... 0xC... --threshold 2 --delay 7d --account patient.json\n  theriac recovery guardians --account patient.json\n\nNext:\n  theriac recovery status"
)]
pub(crate) struct Guardians {
    /// People, or admin accounts of organisations; without them, yours are shown.
    #[arg(value_name = "ADDRESS", value_parser = arguments::address, requires = "threshold")]
    guardians: Vec<Address>,
    /// How many of them must agree.
    #[arg(long, value_name = "NUMBER", requires = "guardians")]
    threshold: Option<u8>,
    /// Time between the last approval that is needed and the change of keys: 7d, 12h or seconds.
    #[arg(long, value_name = "TIME", value_parser = arguments::duration, default_value = "7d")]
    delay: u64,
}

impl Guardians {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        match self.threshold {
            Some(threshold) => self.name(person, threshold).await,
            None => show(person).await,
        }
    }

    async fn name(self, person: &Person, threshold: u8) -> anyhow::Result<()> {
        let contradict = usize::from(threshold) * 2 <= self.guardians.len();
        let new = NewGuardians {
            accounts: self.guardians,
            threshold,
            delay: self.delay,
        };
        let progress = person.output.progress("naming guardians");
        let named = person.client.set_guardians(new).await?;
        drop(progress);
        let value = json!({
            "account": person.client.address(), "from": named.from, "height": named.height, "transaction": named.transaction,
        });
        let from = utc(named.from.saturating_mul(1_000));
        person
            .output
            .result(&value, &format!("guardians named; they count from {from}"))?;
        if contradict {
            person.output.next(
                "think about a threshold of more than half: with this one, two groups of guardians can contradict each other",
            );
        }
        Ok(())
    }
}

async fn show(person: &Person) -> anyhow::Result<()> {
    let account = person.client.account()?.address();
    let (current, next) = person.client.guardians(account).await?;
    let mut text = lines(&current);
    if current.accounts.is_empty() {
        text =
            "no guardians: a lost key stays lost; name some: theriac recovery guardians ADDRESS..."
                .to_owned();
    }
    if let Some((next, from)) = &next {
        let from = utc(from.saturating_mul(1_000));
        text = format!("{text}\n\nfrom {from} on:\n{}", lines(next));
    }
    let next = next.map(|(next, from)| json!({ "from": from, "guardians": value(&next) }));
    let value = json!({ "account": account, "guardians": value(&current), "next": next });
    person.output.result(&value, &text)
}

fn lines(guardians: &recovery::Guardians) -> String {
    let mut rows: Vec<_> = guardians
        .accounts
        .iter()
        .map(|account| ("guardian", account.to_string()))
        .collect();
    rows.push(("must agree", guardians.threshold.to_string()));
    rows.push(("delay", format!("{} s", guardians.delay)));
    table(rows)
}

fn value(guardians: &recovery::Guardians) -> Value {
    json!({ "accounts": guardians.accounts, "threshold": guardians.threshold, "delay": guardians.delay })
}
