//! `theriac member list`.

use super::change::{proposal_text, proposal_value};
use crate::{output::table, person::Person};
use clap::Args;
use serde_json::{Value, json};
use theriac_contracts::codes::{MemberStatus, OrganisationKind};
use theriac_sdk::{
    directory::{Organisation, Validator},
    members::{Members, Proposal, Upgrade},
};

/// Show organisations, validators, and what is voted on.
///
/// With --all, removed members and decided proposals too.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac member list --account admin.json\n\nNext:\n  theriac member vote NUMBER yes"
)]
pub(crate) struct List {
    /// Also show those who were removed, and proposals that are decided or expired.
    #[arg(long)]
    all: bool,
}

impl List {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let mut members = person.client.members().await?;
        let proposals = if self.all {
            person.client.proposals().await?
        } else {
            let active = MemberStatus::Active.code();
            members.organisations.retain(|one| one.status == active);
            members.validators.retain(|one| one.status == active);
            person.client.open_proposals().await?
        };
        let value = json!({
            "organisations": members.organisations.iter().map(organisation_value).collect::<Vec<_>>(),
            "validators": members.validators.iter().map(validator_value).collect::<Vec<_>>(),
            "validatorsMax": members.validators_max,
            "upgrade": upgrade_value(&members.upgrade),
            "proposals": proposals.iter().map(proposal_value).collect::<Vec<_>>(),
        });
        person.output.result(&value, &text(&members, &proposals))
    }
}

fn text(members: &Members, proposals: &[Proposal]) -> String {
    let organisations = members.organisations.iter().map(organisation_text);
    let validators = members.validators.iter().map(validator_text);
    let mut rows: Vec<_> = organisations
        .map(|text| ("organisation", text))
        .chain(validators.map(|text| ("validator", text)))
        .collect();
    rows.push(("rules", upgrade_text(&members.upgrade)));
    rows.extend(proposals.iter().map(|one| ("proposal", proposal_text(one))));
    if proposals.is_empty() {
        rows.push(("proposal", "none is open".to_owned()));
    }
    table(rows)
}

fn organisation_text(organisation: &Organisation) -> String {
    format!(
        "{}  {}  {:?} ({})  admin {}  {} gas a block",
        organisation.id,
        status(organisation.status),
        organisation.name,
        kind(organisation),
        organisation.admin,
        organisation.gasPerBlock
    )
}

fn organisation_value(organisation: &Organisation) -> Value {
    json!({
        "id": organisation.id, "name": organisation.name, "kind": kind(organisation), "admin": organisation.admin,
        "status": status(organisation.status), "gasPerBlock": organisation.gasPerBlock,
    })
}

fn validator_text(validator: &Validator) -> String {
    let location = match validator.location.as_str() {
        "" => "address not published",
        location => location,
    };
    let removed = match validator.removedHeight {
        0 => String::new(),
        height => format!("  removed at height {height}"),
    };
    format!(
        "{}  {}  {}  organisation {}  {location}{removed}",
        validator.index,
        status(validator.status),
        validator.identity,
        validator.organisation
    )
}

fn validator_value(validator: &Validator) -> Value {
    json!({
        "index": validator.index, "identity": validator.identity, "organisation": validator.organisation,
        "status": status(validator.status), "location": validator.location,
        "addedHeight": validator.addedHeight, "removedHeight": validator.removedHeight,
    })
}

fn upgrade_text(upgrade: &Upgrade) -> String {
    let version = upgrade.version;
    if upgrade.nextVersion == version {
        return format!("version {version}");
    }
    let (next, height) = (upgrade.nextVersion, upgrade.height);
    format!("version {version}, version {next} from height {height} on")
}

fn upgrade_value(upgrade: &Upgrade) -> Value {
    let is_scheduled = upgrade.nextVersion != upgrade.version;
    let next = json!({ "version": upgrade.nextVersion, "height": upgrade.height });
    json!({ "version": upgrade.version, "next": is_scheduled.then_some(next) })
}

fn kind(organisation: &Organisation) -> &'static str {
    OrganisationKind::from_code(organisation.kind).map_or("unknown", OrganisationKind::word)
}

fn status(code: u8) -> &'static str {
    MemberStatus::from_code(code).map_or("unknown", MemberStatus::word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_primitives::{Address, B256};

    #[test]
    fn members_are_shown_with_status_and_the_schedule_in_words() {
        let members = Members {
            organisations: vec![Organisation {
                id: 1,
                kind: 1,
                admin: Address::ZERO,
                status: 1,
                gasPerBlock: 5,
                name: "Riverside Hospital".to_owned(),
            }],
            validators: vec![Validator {
                index: 2,
                identity: B256::ZERO,
                organisation: 1,
                status: 2,
                addedHeight: 0,
                removedHeight: 70,
                location: String::new(),
            }],
            validators_max: 64,
            upgrade: Upgrade {
                version: 1,
                nextVersion: 2,
                height: 900,
            },
        };
        let text = text(&members, &[]);
        for part in [
            "1  active  \"Riverside Hospital\" (hospital)  admin 0x",
            "2  removed  0x",
            "organisation 1  address not published  removed at height 70",
            "version 1, version 2 from height 900 on",
            "none is open",
        ] {
            assert!(text.contains(part), "{part:?} is not in {text}");
        }
        assert_eq!(upgrade_value(&members.upgrade)["next"]["height"], 900);
        let now = Upgrade {
            version: 2,
            nextVersion: 2,
            height: 900,
        };
        assert_eq!(upgrade_text(&now), "version 2");
        assert_eq!(upgrade_value(&now)["next"], Value::Null);
    }
}
