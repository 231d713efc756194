//! Reads people, organisations and validators.

use crate::{Client, Error, pages::pages};
use alloy_primitives::Address;
use theriac_contracts::{
    OrganisationId,
    addresses::{DIRECTORY, MEMBERS},
    codes::Role,
    interfaces::{
        IDirectory::{peopleCall, personCall, standingCall},
        IMembers::{organisationsCall, parametersCall, validatorsCall},
    },
};

pub use theriac_contracts::interfaces::IDirectory::Person;
pub use theriac_contracts::interfaces::IMembers::{Organisation, Parameters, Validator};

/// What an account may act as now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its organisation.
    pub organisation: OrganisationId,
    /// Its role.
    pub role: Role,
}

impl Client {
    /// A person's enrolment; all zero where the account was never enrolled.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn person(&self, account: Address) -> Result<Person, Error> {
        self.call_agreed(DIRECTORY, &personCall { account }).await
    }

    /// What an account may act as now; `None` for one that is not enrolled, or no longer.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn standing(&self, account: Address) -> Result<Option<Standing>, Error> {
        let answer = self.call(DIRECTORY, &standingCall { account }).await?;
        Ok(Role::from_code(answer.role).map(|role| Standing {
            organisation: OrganisationId(answer.organisation),
            role,
        }))
    }

    /// Everyone whom an organisation enrolled, those who left included.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn people(&self, organisation: OrganisationId) -> Result<Vec<Person>, Error> {
        pages(|from, limit| async move {
            let answer = self
                .call(
                    DIRECTORY,
                    &peopleCall {
                        organisation: organisation.0,
                        from,
                        limit,
                    },
                )
                .await?;
            Ok((answer.page, answer.total))
        })
        .await
    }

    /// The member organisations.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn organisations(&self) -> Result<Vec<Organisation>, Error> {
        pages(|from, limit| async move {
            let answer = self
                .call(MEMBERS, &organisationsCall { from, limit })
                .await?;
            Ok((answer.page, answer.total))
        })
        .await
    }

    /// The validators.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn validators(&self) -> Result<Vec<Validator>, Error> {
        pages(|from, limit| async move {
            let answer = self.call(MEMBERS, &validatorsCall { from, limit }).await?;
            Ok((answer.page, answer.total))
        })
        .await
    }

    /// The limits of the network.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn parameters(&self) -> Result<Parameters, Error> {
        self.call(MEMBERS, &parametersCall {}).await
    }
}
