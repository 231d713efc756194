//! What a node asks of its keeper.

use crate::{OpenRequest, Opened};
use commonware_utils::channel::{mpsc, oneshot};

pub(crate) struct Command {
    pub(crate) request: OpenRequest,
    /// The epoch to begin with; the running one where none is named.
    pub(crate) epoch: Option<u64>,
    /// Whether to wait for every keeper, not for a quorum only.
    pub(crate) all: bool,
    pub(crate) reply: oneshot::Sender<Opened>,
}

/// The keeper has stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the keeper has stopped")]
pub struct Closed;

/// Sends requests to the keeper's actor. Clones speak to the same one; each call waits while it is busy.
#[derive(Clone, Debug)]
pub struct Mailbox {
    sender: mpsc::Sender<Command>,
}

impl Mailbox {
    pub(crate) fn new(sender: mpsc::Sender<Command>) -> Self {
        Self { sender }
    }

    /// Asks all keepers, this node's own first, and returns when a quorum of one epoch has answered, when no quorum can, or
    /// when the time is over. With `all`, waits for every keeper that answers in time.
    ///
    /// # Errors
    /// [`Closed`].
    pub async fn open(
        &self,
        request: OpenRequest,
        epoch: Option<u64>,
        all: bool,
    ) -> Result<Opened, Closed> {
        let (reply, opened) = oneshot::channel();
        let command = Command {
            request,
            epoch,
            all,
            reply,
        };
        self.sender.send(command).await.map_err(|_| Closed)?;
        opened.await.map_err(|_| Closed)
    }
}
