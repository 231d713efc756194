//! A subject's data are erased: the key is destroyed, position and counts stay.

use theriac_contracts::{codes::ErasureBasis, interfaces::ITrials::eraseCall};

use super::{
    Error, Party,
    book::{DocumentKind, Follow},
    register::salted,
};

impl Party {
    /// Enters the erasure, and destroys the key of the subject in this book. Other books destroy theirs when they next read the log.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn erase(
        &mut self,
        slot: u32,
        basis: ErasureBasis,
        reason: &str,
    ) -> Result<(), Error> {
        let study = self.study()?;
        let document = salted(DocumentKind::Text, reason.as_bytes());
        let call = eraseCall {
            study,
            slot,
            basis: basis.code(),
            reason: document.hash,
        };
        let follow = Follow {
            documents: vec![document],
            ..Follow::default()
        };
        self.enter(&call, &follow).await?;
        self.sync().await
    }
}
