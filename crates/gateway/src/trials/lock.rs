//! The data are locked, and unlocked by several.

use theriac_contracts::interfaces::ITrials::{approveUnlockCall, lockCall};

use super::{
    Error, Party,
    book::{DocumentKind, Follow, Logged},
    register::salted,
};

impl Party {
    /// Locks the data as the book's log has them.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn lock(&mut self) -> Result<Vec<Logged>, Error> {
        self.sync().await?;
        let study = self.study()?;
        let told = self.client.trial(study).await?;
        let call = lockCall {
            study,
            size: told.size,
            root: told.root,
            sums: told.sums,
        };
        let entered = self.enter(&call, &Follow::default()).await?;
        self.sync().await?;
        Ok(entered)
    }

    /// Approves that the lock in force is undone.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn approve_unlock(
        &mut self,
        reason_code: u8,
        reason: &str,
    ) -> Result<Vec<Logged>, Error> {
        let study = self.study()?;
        let told = self.client.trial(study).await?;
        let document = salted(DocumentKind::Text, reason.as_bytes());
        let call = approveUnlockCall {
            study,
            lockEntry: told.lockEntry,
            reasonCode: reason_code,
            reason: document.hash,
        };
        let follow = Follow {
            documents: vec![document],
            ..Follow::default()
        };
        let entered = self.enter(&call, &follow).await?;
        self.sync().await?;
        Ok(entered)
    }
}
