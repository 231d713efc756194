//! `theriac trial role`.

use super::{Desk, words};
use crate::arguments::{self, Expiry};
use alloy_primitives::Address;
use clap::Args;
use serde_json::json;
use theriac_contracts::codes::TrialRole;

/// Give an account a role in the study, or end it; as the sponsor, or for coordinators as an investigator of their site.
///
/// An account with a role that sees allocations never gets one that must not see them.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial role 0x... investigator --site 1 --until 2028-12-31 --account sponsor.json\n  theriac trial role 0x... data-manager --until 2028-12-31 --account sponsor.json\n  theriac trial role 0x... coordinator --site 1 --end --account investigator.json\n\nNext:\n  theriac trial enrol, for investigators and coordinators\n  theriac trial lock, for data managers"
)]
pub(super) struct Role {
    /// The account.
    #[arg(value_name = "ADDRESS", value_parser = arguments::address)]
    account_address: Address,
    /// The role.
    #[arg(value_name = "ROLE", value_parser = words::role())]
    role: TrialRole,
    /// The site; without it, all sites.
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 0,
        hide_default_value = true
    )]
    site: u16,
    /// Until when: 90d, a day such as 2028-12-31, or unix seconds.
    #[arg(long, value_name = "TIME", value_parser = arguments::expiry, required_unless_present = "end")]
    until: Option<Expiry>,
    /// End it now.
    #[arg(long, conflicts_with = "until")]
    end: bool,
}

impl Role {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let until = self
            .until
            .map_or(0, |until| until.seconds().saturating_mul(1_000));
        let mut party = desk.party().await?;
        party
            .set_role(self.account_address, (self.role, self.site), until)
            .await?;
        let value = json!({
            "account": self.account_address, "role": self.role.word(), "site": self.site, "until": until,
        });
        let text = match self.end {
            true => format!("{} is {} no more", self.account_address, self.role),
            false => format!("{} is {}", self.account_address, self.role),
        };
        desk.output().result(&value, &text)
    }
}
