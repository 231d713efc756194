//! `theriac recovery status`.

use crate::{
    arguments::{self, utc},
    output::table,
    person::Person,
};
use alloy_primitives::Address;
use clap::Args;
use serde_json::{Value, json};
use theriac_contracts::codes::RecoveryStatus;
use theriac_sdk::recovery::Recovery;

/// Show the recovery of your own key and of those whom you guard, or of one account.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac recovery status --account patient.json\n  theriac recovery status 0x... --account guardian.json\n\nNext:\n  theriac recovery approve ACCOUNT --successor ADDRESS, theriac recovery veto, or theriac recovery execute ACCOUNT"
)]
pub(crate) struct Status {
    /// One account; without it, your own and those whom you guard.
    #[arg(value_name = "ACCOUNT", value_parser = arguments::address)]
    of: Option<Address>,
}

impl Status {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("reading recoveries");
        let accounts = match self.of {
            Some(account) => vec![account],
            None => {
                let own = person.client.account()?.address();
                let mut accounts = vec![own];
                accounts.extend(person.client.wards().await?);
                accounts
            }
        };
        let mut recoveries = Vec::new();
        for account in accounts {
            // A ward may have named others since: then it no longer concerns this guardian.
            match person.client.recovery(account).await {
                Ok(found) => recoveries.extend(found),
                Err(_) if self.of.is_none() => {}
                Err(error) => return Err(error.into()),
            }
        }
        drop(progress);
        let text = match recoveries.is_empty() {
            true => "no recovery".to_owned(),
            false => recoveries.iter().map(text).collect::<Vec<_>>().join("\n\n"),
        };
        let value = json!({ "recoveries": recoveries.iter().map(value).collect::<Vec<_>>() });
        person.output.result(&value, &text)
    }
}

fn word(recovery: &Recovery) -> &'static str {
    RecoveryStatus::from_code(recovery.status).map_or("unknown", RecoveryStatus::word)
}

fn approvals(recovery: &Recovery) -> usize {
    let named = |one: &&Address| !one.is_zero() && **one == recovery.successor;
    recovery.approves.iter().filter(named).count()
}

fn text(recovery: &Recovery) -> String {
    let time = |seconds: u64| utc(seconds.saturating_mul(1_000));
    let mut rows = vec![
        ("account", recovery.account.to_string()),
        (
            "recovery",
            format!("{}, {}", recovery.round, word(recovery)),
        ),
    ];
    if !recovery.successor.is_zero() {
        rows.push(("successor", recovery.successor.to_string()));
    }
    rows.push((
        "approvals",
        format!("{} of {} needed", approvals(recovery), recovery.needed),
    ));
    rows.push(("vetoes", recovery.vetoes.to_string()));
    rows.push((
        "key frozen",
        if recovery.frozen { "yes" } else { "no" }.to_owned(),
    ));
    if recovery.executable != 0 {
        rows.push(("executable", time(recovery.executable)));
    }
    rows.push(("lapses", time(recovery.lapses)));
    let guardians = recovery.guardians.iter().zip(&recovery.approves);
    let votes = recovery.freezes.iter().zip(&recovery.cancels);
    for ((guardian, approves), (freezes, cancels)) in guardians.zip(votes) {
        let mut words = vec![guardian.to_string()];
        words.extend((!approves.is_zero()).then(|| format!("approves {approves}")));
        words.extend(freezes.then(|| "freezes".to_owned()));
        words.extend(cancels.then(|| "cancels".to_owned()));
        rows.push(("guardian", words.join("  ")));
    }
    table(rows)
}

fn value(recovery: &Recovery) -> Value {
    let guardians: Vec<_> = (0..recovery.guardians.len())
        .map(|index| {
            let approves = recovery.approves[index];
            json!({
                "account": recovery.guardians[index], "approves": (!approves.is_zero()).then_some(approves),
                "freezes": recovery.freezes[index], "cancels": recovery.cancels[index],
            })
        })
        .collect();
    json!({
        "account": recovery.account, "round": recovery.round, "status": word(recovery),
        "successor": (!recovery.successor.is_zero()).then_some(recovery.successor),
        "approvals": approvals(recovery), "needed": recovery.needed, "vetoes": recovery.vetoes, "frozen": recovery.frozen,
        "proposedTimeMs": recovery.proposedTimeMs, "executable": (recovery.executable != 0).then_some(recovery.executable),
        "lapses": recovery.lapses, "guardians": guardians,
    })
}
