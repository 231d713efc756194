//! `theriac trial query`.

use super::Desk;
use clap::{Args, Subcommand};
use serde_json::json;
use theriac_contracts::codes::QueryState;

/// Ask a site about a form, answer, and end queries: the study cannot be locked while one is open.
#[derive(Debug, Subcommand)]
pub(super) enum Query {
    Open(Open),
    Answer(Answer),
    Close(Close),
    Cancel(Cancel),
}

/// Open a query about a form, as a monitor or data manager.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial query open 3 --visit BASELINE --form VS --text 'please check SYSBP' --account monitor.json\n\nNext:\n  the site: theriac trial query answer NUMBER --text '...'"
)]
pub(super) struct Open {
    /// The subject, by slot or label: by slot also from a book that has no data of it.
    #[arg(value_name = "SUBJECT")]
    subject: String,
    /// The visit.
    #[arg(long, value_name = "VISIT")]
    visit: String,
    /// The form.
    #[arg(long, value_name = "FORM")]
    form: String,
    /// The question; the ledger gets a salted commitment.
    #[arg(long, value_name = "TEXT")]
    text: String,
}

macro_rules! moves {
    ($($(#[$doc:meta])* $name:ident, $state:ident;)+) => {
        $(
            #[derive(Debug, Args)]
            $(#[$doc])*
            pub(super) struct $name {
                /// The number of the query.
                #[arg(value_name = "NUMBER")]
                query: u32,
                /// What is said; the ledger gets a salted commitment.
                #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
                text: String,
            }

            impl $name {
                async fn run(self, desk: &Desk) -> anyhow::Result<()> {
                    enter(desk, (self.query, QueryState::$state), &self.text).await
                }
            }
        )+
    };
}

moves! {
    /// Answer a query, as the site.
    #[command(after_help = "Example:\n  theriac trial query answer 1 --text 'as in the source' --account coordinator.json\n\nNext:\n  the monitor: theriac trial query close NUMBER")]
    Answer, Answered;
    /// Close a query that was answered.
    #[command(after_help = "Example:\n  theriac trial query close 1 --account monitor.json\n\nNext:\n  theriac trial status")]
    Close, Closed;
    /// Cancel a query.
    #[command(after_help = "Example:\n  theriac trial query cancel 1 --account monitor.json\n\nNext:\n  theriac trial status")]
    Cancel, Cancelled;
}

impl Query {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        match self {
            Self::Open(open) => open.run(desk).await,
            Self::Answer(answer) => answer.run(desk).await,
            Self::Close(close) => close.run(desk).await,
            Self::Cancel(cancel) => cancel.run(desk).await,
        }
    }
}

impl Open {
    async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        party.sync().await?;
        let slot = party.position(&self.subject)?;
        let cell = party.schedule()?.cell(&self.visit, &self.form)?;
        let number = party.open_query((slot, cell), &self.text).await?;
        let value = json!({ "query": number, "subject": slot, "cell": cell });
        desk.output().result(&value, &format!("query {number}"))
    }
}

async fn enter(desk: &Desk, (query, state): (u32, QueryState), text: &str) -> anyhow::Result<()> {
    let mut party = desk.party().await?;
    party.move_query(query, state, text).await?;
    let value = json!({ "query": query, "state": state.word() });
    desk.output()
        .result(&value, &format!("query {query}: {state}"))
}
