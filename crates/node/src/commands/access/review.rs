//! `theriac access review`.

use crate::{arguments::utc, errors::UsageError, output::table, person::Person};
use anyhow::Context as _;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::{fs, path::PathBuf};
use theriac_contracts::codes::{Purpose, ReviewOutcome};
use theriac_sdk::seals::Review as Owed;

/// Review an emergency in which someone of your organisation opened records, or list those that wait.
///
/// For its privacy officers; administrators may list. Your words stay with you: a salted commitment to them goes to the ledger.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac access review --account officer.json\n  theriac access review 17 --outcome justified --account officer.json\n  theriac access review 17 --outcome not-justified --note-file note.txt --account officer.json\n\nNext:\n  theriac status"
)]
pub(crate) struct Review {
    /// The number of the opening; without it, the reviews that your organisation owes are listed.
    #[arg(value_name = "OPENING", requires = "outcome")]
    opening: Option<u64>,
    /// What you found.
    #[arg(long, value_enum, requires = "opening")]
    outcome: Option<Outcome>,
    /// A file with your words.
    #[arg(long, value_name = "FILE", requires = "opening")]
    note_file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Outcome {
    /// There was an emergency.
    Justified,
    /// There was none.
    NotJustified,
}

impl Review {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let (Some(opening), Some(outcome)) = (self.opening, self.outcome) else {
            return list(person).await;
        };
        let note = self.note_file.as_deref().map(|path| {
            fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
        });
        let note = note.transpose()?;
        let outcome = match outcome {
            Outcome::Justified => ReviewOutcome::Justified,
            Outcome::NotJustified => ReviewOutcome::NotJustified,
        };
        let progress = person.output.progress("entering the review");
        let note = note.as_deref().map(str::trim);
        let (receipt, salt) = person.client.review(opening, outcome, note).await?;
        drop(progress);
        let height = receipt.block_number.unwrap_or_default();
        let value = json!({
            "opening": opening, "outcome": outcome.word(), "noteSalt": salt, "height": height, "transaction": receipt.transaction_hash,
        });
        let mut rows = vec![
            ("opening", opening.to_string()),
            ("outcome", outcome.word().to_owned()),
            ("height", height.to_string()),
        ];
        rows.extend(salt.map(|salt| ("salt", salt.to_string())));
        person.output.result(&value, &table(rows))?;
        if salt.is_some() {
            person
                .output
                .next("keep the salt with your words: both together show what you wrote");
        }
        Ok(())
    }
}

async fn list(person: &Person) -> anyhow::Result<()> {
    let client = &person.client;
    let standing = client.standing(client.account()?.address()).await?;
    let Some(standing) = standing else {
        let text = "this account is enrolled in no organisation";
        return Err(UsageError(text.to_owned()).into());
    };
    let mut owed = client.open_reviews(standing.organisation).await?;
    owed.sort_by_key(|review| (review.due, review.opening));
    let lines: Vec<String> = owed.iter().map(line).collect();
    let text = match lines.is_empty() {
        true => "no review waits".to_owned(),
        false => lines.join("\n"),
    };
    let reviews: Vec<Value> = owed.iter().map(value).collect();
    person
        .output
        .result(&json!({ "reviews": reviews }), &text)?;
    if !owed.is_empty() {
        person
            .output
            .next("theriac access review OPENING --outcome justified, or not-justified");
    }
    Ok(())
}

fn value(review: &Owed) -> Value {
    json!({
        "opening": review.opening, "chart": review.chart, "requester": review.requester,
        "purpose": Purpose::from_code(review.purpose).map(Purpose::word), "reason": review.reason, "due": review.due,
    })
}

fn line(review: &Owed) -> String {
    format!(
        "{}  due {}  chart {}  by {}",
        review.opening,
        utc(review.due.saturating_mul(1_000)),
        review.chart,
        review.requester
    )
}
