//! Reviews of emergencies, by a privacy officer of the organisation that opened.

use crate::{Client, Error, access::commit_to_reason, pages::pages, random};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{
    OrganisationId,
    addresses::SEALS,
    codes::ReviewOutcome,
    interfaces::ISeals::{
        Opening, openReviewsCall, openingByNumberCall, overdueReviewsCall, reviewCall, reviewOfCall,
    },
};

pub use theriac_contracts::interfaces::ISeals::Review;

impl Client {
    /// The reviews that an organisation owes, for its privacy officers and administrators.
    ///
    /// # Errors
    /// `Refused` for others; those of [`Client::call`].
    pub async fn open_reviews(&self, organisation: OrganisationId) -> Result<Vec<Review>, Error> {
        pages(|from, limit| async move {
            let organisation = organisation.0;
            let call = openReviewsCall {
                organisation,
                from,
                limit,
            };
            let answer = self.call(SEALS, &call).await?;
            Ok((answer.page, answer.total))
        })
        .await
    }

    /// How many reviews an organisation owes past their time.
    ///
    /// # Errors
    /// As [`Client::open_reviews`].
    pub async fn overdue_reviews(&self, organisation: OrganisationId) -> Result<u64, Error> {
        let organisation = organisation.0;
        self.call(SEALS, &overdueReviewsCall { organisation }).await
    }

    /// The review of an emergency.
    ///
    /// # Errors
    /// `Refused` for whom may not see the opening, or where none is due; those of [`Client::call`].
    pub async fn review_of(&self, opening: u64) -> Result<Review, Error> {
        self.call(SEALS, &reviewOfCall { opening }).await
    }

    /// An opening.
    ///
    /// # Errors
    /// `Refused` for whom is neither its requester nor a party of its chart; those of [`Client::call`].
    pub async fn opening(&self, number: u64) -> Result<Opening, Error> {
        self.call(SEALS, &openingByNumberCall { number }).await
    }

    /// Reviews an emergency. Of the officer's words a salted commitment goes to the ledger; the salt is returned, for keeping
    /// with the words.
    ///
    /// # Errors
    /// `Refused`: no privacy officer of the organisation, one's own opening, reviewed before; those of [`Client::send`].
    pub async fn review(
        &self,
        opening: u64,
        outcome: ReviewOutcome,
        note: Option<&str>,
    ) -> Result<(TransactionReceipt, Option<B256>), Error> {
        let salt = note.map(|_| random::<32>());
        let commitment = note.zip(salt.as_ref());
        let commitment = commitment.map(|(note, salt)| commit_to_reason(salt, note));
        let call = reviewCall {
            opening,
            outcome: outcome.code(),
            note: commitment.unwrap_or_default(),
        };
        Ok((self.send(SEALS, &call).await?, salt.map(B256::new)))
    }
}
