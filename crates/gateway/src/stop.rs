//! The end of a gateway, as its tasks hear of it.

use tokio::sync::watch;

/// Tells that the gateway is to stop.
#[derive(Clone, Debug)]
pub(crate) struct Stop(pub(crate) watch::Receiver<bool>);

impl Stop {
    /// Whether the gateway is to stop.
    pub(crate) fn is_requested(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns when the gateway is to stop.
    pub(crate) async fn requested(&mut self) {
        // An error is that it was dropped, which ends it too.
        let _ = self.0.wait_for(|stop| *stop).await;
    }
}
