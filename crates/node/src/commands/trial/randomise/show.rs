//! `theriac trial randomise show`.

use super::Desk;
use clap::Args;
use serde_json::json;

/// Show what a subject was given: from the book in which the list was made, or what you opened yourself; refused to every role that must not know.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial randomise show 3 --list 1 --book lists --account unblinded.json\n  theriac trial randomise show 3 --list 1 --account pharmacist.json\n\nNext:\n  theriac trial status"
)]
pub(in crate::commands::trial) struct Show {
    /// The slot of the subject.
    #[arg(value_name = "SLOT")]
    slot: u32,
    /// The list.
    #[arg(long, value_name = "LIST")]
    list: u16,
}

impl Show {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        party.sync().await?;
        let found = match party.book().list(self.list)? {
            Some(_) => party.allocation(self.slot, self.list).await?,
            None => {
                let keys = desk.person.request_keys()?;
                let opened = party
                    .opened_allocation((self.slot, self.list), &keys)
                    .await?;
                Some(opened.allocation)
            }
        };
        let value = match &found {
            Some(found) => {
                json!({ "subject": self.slot, "list": self.list, "kit": found.kit, "arm": found.arm })
            }
            None => json!({ "subject": self.slot, "list": self.list, "kit": null, "arm": null }),
        };
        let text = found.map_or("not allocated".to_owned(), |found| {
            format!("kit {}, arm {}", found.kit, found.arm)
        });
        desk.output().result(&value, &text)
    }
}
