//! A node that is behind is waited for, so that what it does not know yet is not taken for what nobody entered.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{Error, Partner, Refusal};

/// How long the node may be behind: some blocks.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(100);

impl Partner {
    /// Waits until the node that is asked has this block.
    ///
    /// # Errors
    /// `NodeBehind` where it does not come; those of the ledger.
    pub(super) async fn catch_up(&self, expected: u64) -> Result<(), Error> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let got = self.client.height().await?;
            if got >= expected {
                return Ok(());
            }
            if Instant::now() >= deadline {
                return Err(Refusal::NodeBehind { got, expected }.into());
            }
            sleep(PAUSE).await;
        }
    }
}
