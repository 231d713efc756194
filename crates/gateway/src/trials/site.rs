//! The sponsor opens a site, and gives roles.

use alloy_primitives::Address;
use theriac_contracts::{
    codes::{SiteStatus, TrialRole},
    interfaces::ITrials::{roleCall, siteCall},
};

use super::{
    Error, Party, Refusal,
    book::{Card, Follow},
};

impl Party {
    /// Opens a site of the card's organisation: its book may read what is captured there, and the sponsor's book what it captures.
    ///
    /// # Errors
    /// `PackageOther` where the card is of another network; those of book and ledger.
    pub async fn open_site(&mut self, site: u16, card: &Card) -> Result<(), Error> {
        if card.chain_id != self.book.owner().chain_id {
            return Err(Refusal::PackageOther("network").into());
        }
        card.account_key()?;
        card.book_key()?;
        self.set_site(site, card.organisation, SiteStatus::Open)
            .await?;
        if card.organisation != self.book.owner().organisation {
            self.book.keep_party(card)?;
        }
        Ok(())
    }

    /// Opens or closes a site.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn set_site(
        &mut self,
        site: u16,
        organisation: u32,
        status: SiteStatus,
    ) -> Result<(), Error> {
        let study = self.study()?;
        let call = siteCall {
            study,
            site,
            organisation,
            status: status.code(),
        };
        self.enter(&call, &Follow::default()).await?;
        self.sync().await
    }

    /// Gives an account a role until this time, in Unix milliseconds; 0 ends it.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn set_role(
        &mut self,
        account: Address,
        (role, site): (TrialRole, u16),
        until: u64,
    ) -> Result<(), Error> {
        let study = self.study()?;
        let call = roleCall {
            study,
            account,
            site,
            role: role.code(),
            until,
        };
        self.enter(&call, &Follow::default()).await?;
        self.sync().await
    }
}
