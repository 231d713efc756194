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
