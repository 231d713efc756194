//! Queries about forms: opened and ended by monitors and data managers, who need not hold the values, and answered by sites.

use theriac_contracts::{codes::QueryState, interfaces::ITrials::queryCall};

use super::{Error, Party, Refusal, book::Follow, text::seal_text};

impl Party {
    /// Opens a query about a form, and returns its number.
    ///
    /// # Errors
    /// `KeyAbsent`; those of book and ledger.
    pub async fn open_query(&mut self, (slot, cell): (u32, u32), text: &str) -> Result<u32, Error> {
        let number = self.client.trial(self.study()?).await?.queries + 1;
        self.enter_query((slot, cell), (number, QueryState::Open), text)
            .await?;
        Ok(number)
    }

    /// Answers, closes or cancels a query.
    ///
    /// # Errors
    /// As [`Party::open_query`]; `Refused` where there is no such query.
    pub async fn move_query(
        &mut self,
        number: u32,
        state: QueryState,
        text: &str,
    ) -> Result<(), Error> {
        let query = self.client.trial_query(self.study()?, number).await?;
        if query.slot == 0 {
            return Err(Refusal::SubjectUnknown.into());
        }
        self.enter_query((query.slot, query.cell), (number, state), text)
            .await
    }

    async fn enter_query(
        &mut self,
        (slot, cell): (u32, u32),
        (query, state): (u32, QueryState),
        text: &str,
    ) -> Result<(), Error> {
        let study = self.study()?;
        let key = self.text_key(slot)?;
        let (hash, sealed) = seal_text(&key, (study, slot), text.as_bytes());
        let call = queryCall {
            study,
            slot,
            query,
            cell,
            state: state.code(),
            text: hash,
        };
        let follow = Follow {
            texts: vec![(slot, hash, sealed)],
            ..Follow::default()
        };
        self.enter(&call, &follow).await?;
        self.sync().await
    }
}
