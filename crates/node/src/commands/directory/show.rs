//! `theriac directory show`.

use crate::{
    arguments::{self, utc},
    output::table,
    person::Person,
};
use alloy_primitives::Address;
use clap::Args;
use serde_json::{Value, json};
use theriac_contracts::{
    OrganisationId,
    codes::{EnrolmentStatus, MemberStatus, OrganisationKind, Role},
};
use theriac_sdk::directory::{Organisation, Person as Enrolled};

/// Show a person, the people of an organisation, or all organisations.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac directory show --account doctor.json\n  theriac directory show 0x...\n  theriac directory show --organisation 1\n\nNext:\n  theriac access request"
)]
pub(crate) struct Show {
    /// A person's address; without it, organisations are shown.
    #[arg(value_name = "ADDRESS", value_parser = arguments::address, conflicts_with = "organisation")]
    person: Option<Address>,
    /// The people of this organisation.
    #[arg(long, value_name = "NUMBER")]
    organisation: Option<u32>,
}

impl Show {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let client = &person.client;
        let (value, text) = match (self.person, self.organisation) {
            (Some(address), _) => {
                let enrolled = client.person(address).await?;
                (person_value(&enrolled), person_text(&enrolled))
            }
            (None, Some(organisation)) => {
                let people = client.people(OrganisationId(organisation)).await?;
                let lines: Vec<_> = people
                    .iter()
                    .map(|enrolled| format!("{}  {}", enrolled.account, standing(enrolled)))
                    .collect();
                (
                    json!({ "people": people.iter().map(person_value).collect::<Vec<_>>() }),
                    lines.join("\n"),
                )
            }
            (None, None) => {
                let organisations = client.organisations().await?;
                let lines: Vec<_> = organisations.iter().map(organisation_text).collect();
                (
                    json!({ "organisations": organisations.iter().map(organisation_value).collect::<Vec<_>>() }),
                    lines.join("\n"),
                )
            }
        };
        person.output.result(&value, &text)
    }
}

fn organisation_value(organisation: &Organisation) -> Value {
    json!({ "id": organisation.id, "name": organisation.name, "kind": kind(organisation), "admin": organisation.admin, "status": status(organisation) })
}

fn organisation_text(organisation: &Organisation) -> String {
    format!(
        "{}  {}  ({})  admin {}{}",
        organisation.id,
        organisation.name,
        kind(organisation),
        organisation.admin,
        if status(organisation) == Some(MemberStatus::Removed.word()) {
            "  removed"
        } else {
            ""
        }
    )
}

fn status(organisation: &Organisation) -> Option<&'static str> {
    MemberStatus::from_code(organisation.status).map(MemberStatus::word)
}

fn kind(organisation: &Organisation) -> &'static str {
    OrganisationKind::from_code(organisation.kind).map_or("unknown", OrganisationKind::word)
}

fn person_value(person: &Enrolled) -> Value {
    json!({
        "account": person.account, "organisation": person.organisation,
        "role": Role::from_code(person.role).map(Role::word), "status": EnrolmentStatus::from_code(person.status).map(EnrolmentStatus::word),
        "expiry": person.expiry, "enrolledTimeMs": person.enrolledTimeMs, "changedTimeMs": person.changedTimeMs,
        "key": person.key, "nameCommitment": person.nameCommitment, "licenceCommitment": person.licenceCommitment,
    })
}

fn person_text(person: &Enrolled) -> String {
    if person.status == 0 {
        return "never enrolled".to_owned();
    }
    let expiry = if person.expiry == 0 {
        "never".to_owned()
    } else {
        utc(person.expiry.saturating_mul(1_000))
    };
    table([
        ("account", person.account.to_string()),
        ("organisation", person.organisation.to_string()),
        ("role", standing(person)),
        ("expires", expiry),
        (
            "key",
            if person.key.is_zero() {
                "none published".to_owned()
            } else {
                person.key.to_string()
            },
        ),
    ])
}

fn standing(person: &Enrolled) -> String {
    let role = Role::from_code(person.role).map_or("unknown", Role::word);
    match EnrolmentStatus::from_code(person.status) {
        Some(EnrolmentStatus::Active) => role.to_owned(),
        Some(EnrolmentStatus::Ended) => format!("{role}, ended"),
        Some(EnrolmentStatus::Replaced) => format!("{role}, replaced by another key"),
        None => format!("{role}, unknown status"),
    }
}
