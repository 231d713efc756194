//! The study is unblinded, and the lists of this book are published in it.

use theriac_evidence::trial::list::secrets_root;

use super::commit::to_bytes;
use crate::trials::{Error, Party};

impl Party {
    /// Unblinds the locked study under a plan, and publishes the secrets of this book's lists.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn unblind(&mut self, plan: u16) -> Result<(), Error> {
        let mut secrets = Vec::new();
        for list in 1..=self.client.trial(self.study()?).await?.lists {
            secrets.push((list, self.kept_list(list).await?.secret));
        }
        self.enter_unblinding(plan, secrets_root(&secrets)).await?;
        for (list, _) in secrets {
            let kept = self.kept_list(list).await?;
            self.book.publish_list(list, &to_bytes(&kept))?;
        }
        Ok(())
    }
}
