//! How the network and the node that answers are doing.

use crate::{Client, Error, watch::Head};
use serde_json::{Value, json};

impl Client {
    /// What the node tells of itself: `theriac_status`.
    ///
    /// # Errors
    /// Those of a call.
    pub async fn node_status(&self) -> Result<Value, Error> {
        self.nodes().request("theriac_status", &[]).await
    }

    /// What the vault of the node that answers holds, and what scrubs found: `theriac_vaultStatus`.
    ///
    /// # Errors
    /// Those of a call.
    pub async fn vault_status(&self) -> Result<Value, Error> {
        self.nodes().request("theriac_vaultStatus", &[]).await
    }

    /// Has the node that answers read and repair everything it holds, in the background: `theriac_vaultScrub`.
    ///
    /// # Errors
    /// Those of a call.
    pub async fn scrub_vault(&self) -> Result<(), Error> {
        let begun: bool = self.nodes().request("theriac_vaultScrub", &[]).await?;
        match begun {
            true => Ok(()),
            false => Err(Error::MalformedAnswer("answer to theriac_vaultScrub")),
        }
    }

    /// The last final block.
    ///
    /// # Errors
    /// Those of a call.
    pub async fn head(&self) -> Result<Head, Error> {
        self.nodes()
            .request("eth_getBlockByNumber", &[json!("latest"), json!(false)])
            .await
    }
}
