//! `theriac directory enrol`.

use crate::{
    arguments::{self, Expiry},
    output::table,
    person::Person,
};
use alloy_primitives::Address;
use anyhow::Context as _;
use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    fs,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};
use theriac_contracts::codes::Role;
use theriac_sdk::directory::{NewPerson, Opening};

/// Enrol a person in your organisation, as its administrator.
///
/// The name and the number of the licence go to the ledger as salted commitments only. What opens the commitments is printed once:
/// keep it where you keep the name.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac directory enrol 0x... --role physician --expires 2027-12-31 --person person.json --account admin.json\n\nThe file: {\"name\": \"...\", \"licence\": \"...\"}; without it you are asked.\n\nNext:\n  the person publishes a key: theriac directory key --account FILE"
)]
pub(crate) struct Enrol {
    /// The person's address.
    #[arg(value_name = "ADDRESS", value_parser = arguments::address)]
    person_address: Address,
    /// What the person may act as.
    #[arg(long, value_parser = arguments::role())]
    role: Role,
    /// When the enrolment ends: 90d, a day such as 2027-12-31, or unix seconds. Without it, never.
    #[arg(long, value_name = "TIME", value_parser = arguments::expiry)]
    expires: Option<Expiry>,
    /// A JSON file with the person's name and licence, so that neither stands in the command line.
    #[arg(long, value_name = "FILE")]
    person: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    licence: Option<String>,
}

impl Enrol {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let named = self.person.as_deref().map_or_else(ask, read)?;
        let progress = person.output.progress("enrolling");
        let new = NewPerson {
            account: self.person_address,
            role: self.role,
            expiry: self.expires.map(Expiry::seconds).unwrap_or_default(),
            name: &named.name,
            licence: named.licence.as_deref(),
        };
        let enrolment = person.client.enrol(new).await?;
        drop(progress);
        let value = json!({
            "account": self.person_address, "role": self.role.word(), "height": enrolment.height, "transaction": enrolment.transaction,
            "name": opening(&enrolment.name), "licence": enrolment.licence.as_ref().map(opening),
        });
        let mut rows = vec![
            ("enrolled", self.person_address.to_string()),
            ("role", self.role.word().to_owned()),
            ("height", enrolment.height.to_string()),
            ("name salt", enrolment.name.salt.to_string()),
        ];
        rows.extend(
            enrolment
                .licence
                .map(|licence| ("licence salt", licence.salt.to_string())),
        );
        person.output.result(&value, &table(rows))?;
        person.output.next(
            "keep the salts with the name; the person publishes a key: theriac directory key",
        );
        Ok(())
    }
}

fn opening(opening: &Opening) -> Value {
    json!({ "salt": opening.salt, "commitment": opening.commitment })
}

fn read(path: &Path) -> anyhow::Result<Named> {
    let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    // The parser's own words could repeat what stands in the file.
    serde_json::from_slice(&text).map_err(|error| {
        anyhow::anyhow!(
            "{} is not {{\"name\", \"licence\"}}: line {}",
            path.display(),
            error.line()
        )
    })
}

/// Asks at the terminal; without one, the person stays unnamed.
fn ask() -> anyhow::Result<Named> {
    if !io::stdin().is_terminal() {
        return Ok(Named {
            name: String::new(),
            licence: None,
        });
    }
    eprint!("Name (stays with you; a salted commitment goes to the ledger): ");
    let name = line()?;
    eprint!("Licence number, if any: ");
    let licence = Some(line()?).filter(|licence| !licence.is_empty());
    Ok(Named { name, licence })
}

fn line() -> anyhow::Result<String> {
    let mut line = String::new();
    io::stdin()
        .read_line(&mut line)
        .context("cannot read from the terminal")?;
    Ok(line.trim().to_owned())
}
