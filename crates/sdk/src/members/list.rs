//! Reads who the members are.

use crate::{
    Client, Error,
    directory::{Organisation, Validator},
};
use theriac_contracts::{
    addresses::MEMBERS,
    codes::MemberStatus,
    interfaces::IMembers::{upgradeCall, validatorsMaxCall},
};

pub use theriac_contracts::interfaces::IMembers::Upgrade;

/// The members of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members {
    /// Organisations in order of identifier, removed ones too.
    pub organisations: Vec<Organisation>,
    /// Validators in order of index, removed ones too.
    pub validators: Vec<Validator>,
    /// How many validators there may be at a time.
    pub validators_max: u32,
    /// The version of the protocol's rules, and the next one.
    pub upgrade: Upgrade,
}

impl Members {
    /// The validators that vote.
    pub fn active_validators(&self) -> impl Iterator<Item = &Validator> {
        let active = MemberStatus::Active.code();
        self.validators
            .iter()
            .filter(move |validator| validator.status == active)
    }
}

impl Client {
    /// The members of the network.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn members(&self) -> Result<Members, Error> {
        Ok(Members {
            organisations: self.organisations().await?,
            validators: self.validators().await?,
            validators_max: self.call(MEMBERS, &validatorsMaxCall {}).await?,
            upgrade: self.call(MEMBERS, &upgradeCall {}).await?,
        })
    }
}
