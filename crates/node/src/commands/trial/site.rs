//! `theriac trial site`.

use super::{Desk, form};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_contracts::codes::SiteStatus;
use theriac_gateway::trials::book::Card;

/// Open a site, or close it, as the sponsor: the site's book gets the study in a package that only it can open.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial site 1 --card card.json --out study.theriac --account sponsor.json\n  theriac trial site 1 --close --organisation 2 --account sponsor.json\n\nNext:\n  theriac trial role 0x... investigator --site 1\n  the site: theriac trial receive study.theriac"
)]
pub(super) struct Site {
    /// The next number from 1, or that of a site.
    #[arg(value_name = "NUMBER")]
    site: u16,
    /// The card of the site's book.
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "close",
        conflicts_with = "close"
    )]
    card: Option<PathBuf>,
    /// Where to write the package for the site.
    #[arg(long, value_name = "FILE", requires = "card")]
    out: Option<PathBuf>,
    /// The site enrols nobody any more.
    #[arg(long, requires = "organisation")]
    close: bool,
    /// The site's organisation.
    #[arg(long, value_name = "NUMBER", requires = "close")]
    organisation: Option<u32>,
}

impl Site {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        let Some(card) = &self.card else {
            let organisation = self.organisation.unwrap_or_default();
            party
                .set_site(self.site, organisation, SiteStatus::Closed)
                .await?;
            let value =
                json!({ "site": self.site, "organisation": organisation, "status": "closed" });
            return desk.output().result(&value, "closed");
        };
        let card: Card = form(card)?;
        party.open_site(self.site, &card).await?;
        let files = match &self.out {
            Some(out) => party.send_copy(&card, 0, out).await?,
            None => Vec::new(),
        };
        let value = json!({ "site": self.site, "organisation": card.organisation, "status": "open", "files": files });
        let text = format!(
            "site {} of organisation {} is open",
            self.site, card.organisation
        );
        desk.output().result(&value, &text)?;
        desk.output()
            .next("give its people roles: theriac trial role ADDRESS investigator --site NUMBER");
        Ok(())
    }
}
