//! `theriac status`: how the network and a node are doing.

use crate::{arguments::utc, cli::Global, output::table, person::Person};
use clap::Args;
use serde_json::Value;
use theriac_contracts::codes::MemberStatus;
use theriac_sdk::Error;

/// Show which network a node is in, how far it is, and who its members are.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac status --rpc http://127.0.0.1:8545\n\nNext:\n  theriac watch"
)]
pub(crate) struct Status {}

impl Status {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let person = Person::new(global)?;
        // First, since it logs in: a node tells the enrolled more of itself.
        let members = match person.client.organisations().await {
            Ok(organisations) => organisations,
            Err(Error::LoginNeeded) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let mut status = person.client.node_status().await?;
        let active = MemberStatus::Active.code();
        if let (Some(fields), Some(overdue)) = (status.as_object_mut(), overdue(&person).await?) {
            fields.insert("overdueReviews".to_owned(), overdue.into());
        }
        let names: Vec<Value> = members
            .iter()
            .filter(|member| member.status == active)
            .map(|member| member.name.clone().into())
            .collect();
        let text = text(&status, &names);
        if let (Some(fields), false) = (status.as_object_mut(), names.is_empty()) {
            fields.insert("organisations".to_owned(), names.into());
        }
        person.output.result(&status, &text)
    }
}

/// Reviews of emergencies that the caller's organisation owes past their time; `None` for whom they are not.
async fn overdue(person: &Person) -> Result<Option<u64>, Error> {
    let client = &person.client;
    let Ok(account) = client.account() else {
        return Ok(None);
    };
    let Some(standing) = client.standing(account.address()).await? else {
        return Ok(None);
    };
    match client.overdue_reviews(standing.organisation).await {
        Ok(overdue) => Ok(Some(overdue)),
        Err(Error::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn text(status: &Value, members: &[Value]) -> String {
    let mut rows = vec![
        ("chain id", quantity(&status["chainId"])),
        ("height", quantity(&status["height"])),
        ("block", word(&status["hash"])),
        ("time", seconds(&status["time"])),
        ("epoch", quantity(&status["epoch"])),
        ("group key", word(&status["groupKey"])),
        ("node", word(&status["clientVersion"])),
        (
            "syncing",
            if status["syncing"] == Value::Bool(true) {
                "yes"
            } else {
                "no"
            }
            .to_owned(),
        ),
    ];
    rows.push(("rules", protocol(&status["protocol"])));
    if !status["validators"].is_null() {
        rows.push((
            "validators",
            format!(
                "{} in this epoch, {} voted in",
                quantity(&status["committee"]),
                quantity(&status["validators"])
            ),
        ));
        rows.push((
            "proposals",
            format!("{} open", quantity(&status["openProposals"])),
        ));
    }
    if let Some(peers) = status["peers"].as_array() {
        let connected = peers
            .iter()
            .filter(|peer| peer["connected"] == Value::Bool(true));
        rows.push((
            "peers",
            format!("{} of {} connected", connected.count(), peers.len()),
        ));
    }
    if status["sharesRevealed"].is_string() {
        rows.push((
            "ALARM",
            format!(
                "{} shares of this epoch are revealed: no seal is opened until the next epoch",
                quantity(&status["sharesRevealed"])
            ),
        ));
    }
    if number(&status["doubleVotes"]).is_some_and(|count| count > 0) {
        rows.push((
            "ALARM",
            format!(
                "{} proofs that a validator voted twice lie in this node's directory double-votes",
                quantity(&status["doubleVotes"])
            ),
        ));
    }
    if let Some(overdue) = status["overdueReviews"].as_u64().filter(|count| *count > 0) {
        rows.push((
            "ALARM",
            format!("{overdue} reviews of emergencies are overdue: theriac access review"),
        ));
    }
    match members {
        [] => rows.push(("members", "log in with --account to see them".to_owned())),
        members => rows.extend(members.iter().map(|name| ("member", word(name)))),
    }
    table(rows)
}

/// Which version of the rules is in force and which is next, and whether the node has to be renewed for it.
fn protocol(protocol: &Value) -> String {
    let now = format!("version {}", quantity(&protocol["version"]));
    let (next, known) = (&protocol["next"], number(&protocol["known"]));
    let Some(version) = number(&next["version"]) else {
        return now;
    };
    let height = quantity(&next["height"]);
    let renew = if known.is_some_and(|known| known < version) {
        ", which this node does not know: it will stop before, install a newer release"
    } else {
        ""
    };
    format!("{now}, version {version} from height {height} on{renew}")
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or("not told").to_owned()
}

/// A quantity of the Ethereum JSON-RPC, in decimals.
fn quantity(value: &Value) -> String {
    number(value).map_or_else(|| "not told".to_owned(), |number| number.to_string())
}

fn seconds(value: &Value) -> String {
    number(value).map_or_else(
        || "not told".to_owned(),
        |seconds| utc(seconds.saturating_mul(1_000)),
    )
}

fn number(value: &Value) -> Option<u64> {
    u64::from_str_radix(value.as_str()?.strip_prefix("0x")?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn quantities_are_shown_in_decimals_and_times_in_words() {
        let status = json!({ "chainId": "0x20e5", "height": "0x10", "time": "0x6b03ee40", "syncing": false });
        let text = text(&status, &[json!("Riverside Hospital")]);
        assert!(
            text.contains("chain id   8421") && text.contains("height     16"),
            "{text}"
        );
        assert!(
            text.contains("member     Riverside Hospital") && text.contains("epoch      not told"),
            "{text}"
        );
        assert!(text.contains("T") && text.contains("Z"), "{text}");
    }

    #[test]
    fn a_scheduled_upgrade_is_shown_and_what_it_asks_of_the_node() {
        let next = json!({ "version": "0x2", "height": "0x384" });
        let mut told = json!({ "version": "0x1", "known": "0x1", "next": null });
        assert_eq!(protocol(&told), "version 1");
        told["next"] = next;
        let text = protocol(&told);
        assert!(text.starts_with("version 1, version 2 from height 900 on, which this node"));
        told["known"] = json!("0x2");
        assert_eq!(protocol(&told), "version 1, version 2 from height 900 on");
        assert_eq!(protocol(&Value::Null), "version not told");
    }
}
