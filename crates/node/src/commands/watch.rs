//! `theriac watch`: what happens, as it happens.

use crate::{
    arguments::{self, utc},
    cli::Global,
    output::Output,
    person::Person,
};
use alloy_primitives::B256;
use clap::Args;
use serde_json::{Value, json};
use theriac_contracts::codes::Purpose;
use theriac_sdk::{
    access::LogEntry,
    recovery::RecoveryEvent,
    watch::{Head, Scope, Update},
};

/// Show blocks as they become final, and what happens in charts of yours, until Ctrl-C.
///
/// Requests for access to your charts appear here the moment they are made, and so do emergencies: of your charts, and for privacy officers and
/// administrators of their organisation; and what guardians do about your key or one that you guard. With --json, each line is one object.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac watch\n  theriac watch --account patient.json --chart 0x...\n\nNext:\n  theriac access approve REQUEST, or theriac access deny REQUEST"
)]
pub(crate) struct Watch {
    /// Only this chart.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: Option<B256>,
    /// Leave out blocks in which nothing of yours happened.
    #[arg(long)]
    events_only: bool,
    /// End after this many blocks.
    #[arg(long, value_name = "COUNT")]
    blocks: Option<u64>,
}

impl Watch {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let person = Person::new(global)?;
        let scope = if global.account.is_some() {
            Scope::Charts
        } else {
            Scope::Blocks
        };
        let mut watch = person.client.watch(scope, None);
        let mut left = self.blocks.unwrap_or(u64::MAX);
        while left > 0 {
            tokio::select! {
                update = watch.next() => left -= u64::from(self.show(&update?, person.output)?),
                _ = tokio::signal::ctrl_c() => return Ok(()),
            }
        }
        Ok(())
    }

    /// Prints an update; says whether it is a block.
    fn show(&self, update: &Update, output: Output) -> anyhow::Result<bool> {
        let told = match update {
            Update::Block(_) => !self.events_only,
            Update::Entry { chart, .. }
            | Update::Record { chart, .. }
            | Update::GlassBroken { chart, .. } => self.chart.is_none_or(|wanted| wanted == *chart),
            Update::Recovery { .. } => self.chart.is_none(),
        };
        if told {
            output.result(&value(update), &text(update))?;
        }
        Ok(matches!(update, Update::Block(_)))
    }
}

fn value(update: &Update) -> Value {
    match update {
        Update::Block(Head {
            number,
            hash,
            timestamp,
        }) => {
            json!({ "block": { "height": number.to::<u64>(), "hash": hash, "time": timestamp.to::<u64>() } })
        }
        Update::Entry { chart, entry } => json!({ "chart": chart, "entry": entry }),
        Update::GlassBroken {
            opening,
            chart,
            requester,
            organisation,
            purpose,
            review_due,
        } => json!({ "glassBroken": {
            "opening": opening, "chart": chart, "requester": requester, "organisation": organisation,
            "purpose": Purpose::from_code(*purpose).map(Purpose::word), "reviewDue": review_due,
        } }),
        Update::Record {
            record,
            chart,
            author,
        } => json!({ "chart": chart, "record": record, "author": author }),
        Update::Recovery { account, event } => json!({ "account": account, "recovery": event }),
    }
}

fn text(update: &Update) -> String {
    match update {
        Update::Block(Head {
            number,
            hash,
            timestamp,
        }) => {
            format!(
                "{}  block {number}  {hash}",
                utc(timestamp.to::<u64>().saturating_mul(1_000))
            )
        }
        Update::Entry {
            chart,
            entry:
                LogEntry {
                    sequence,
                    kind,
                    actor,
                    subject,
                    time_ms,
                    ..
                },
        } => {
            format!(
                "{}  {kind} #{sequence}  chart {chart}  by {actor}  {subject}",
                utc(*time_ms)
            )
        }
        Update::GlassBroken {
            opening,
            chart,
            requester,
            organisation,
            purpose,
            review_due,
        } => format!(
            "EMERGENCY  opening {opening}  chart {chart}  by {requester} of organisation {organisation}  for {}  review due {}",
            Purpose::from_code(*purpose).map_or("another purpose", Purpose::word),
            utc(review_due.saturating_mul(1_000))
        ),
        Update::Record {
            record,
            chart,
            author,
        } => format!("record added  {record}  chart {chart}  by {author}"),
        Update::Recovery { account, event } => format!("recovery of {account}  {}", words(event)),
    }
}

fn words(event: &RecoveryEvent) -> String {
    let time = |seconds: u64| utc(seconds.saturating_mul(1_000));
    match event {
        RecoveryEvent::GuardiansSet { from } => format!("other guardians from {}", time(*from)),
        RecoveryEvent::Proposed { successor, by } => format!("{by} proposes {successor}"),
        RecoveryEvent::Approved {
            successor,
            by,
            approvals,
            needed,
        } => format!("{by} approves {successor}, {approvals} of {needed} needed"),
        RecoveryEvent::Running {
            successor,
            executable,
        } => format!(
            "{successor} takes its place from {} on, unless you veto",
            time(*executable)
        ),
        RecoveryEvent::Vetoed { needed } => format!("vetoed, {needed} guardians are needed"),
        RecoveryEvent::Frozen { by, frozen, .. } => match frozen {
            true => format!("the key is frozen, last vote by {by}"),
            false => format!("{by} votes to freeze the key"),
        },
        RecoveryEvent::Cancelled { by, cancelled, .. } => match cancelled {
            true => format!("cancelled, last vote by {by}"),
            false => format!("{by} votes to cancel"),
        },
        RecoveryEvent::Executed { successor, .. } => format!("{successor} has taken its place"),
        RecoveryEvent::HandOverAnnounced { successor, from } => {
            format!("the key hands over to {successor} from {} on", time(*from))
        }
        RecoveryEvent::HandedOver { successor } => format!("the key handed over to {successor}"),
        RecoveryEvent::AnnouncementDropped => {
            "what the key had announced of guardians and successors is dropped".to_owned()
        }
    }
}
