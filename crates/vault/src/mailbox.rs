//! What a node asks of its vault.

use crate::VaultError;
use bytes::Bytes;
use commonware_utils::channel::{mpsc, oneshot};
use theriac_envelope::{Content, ContentId};

/// Proof to the caller that a blob is durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The blob.
    pub content: Content,
    /// Members that had made it durable when the put was acknowledged.
    pub durable_at: usize,
    /// Members in all.
    pub members: usize,
}

pub(crate) type Reply<T> = oneshot::Sender<Result<T, VaultError>>;

pub(crate) enum Command {
    Put {
        expected: Option<ContentId>,
        bytes: Bytes,
        reply: Reply<Receipt>,
    },
    Get {
        id: ContentId,
        reply: Reply<Bytes>,
    },
    Has {
        id: ContentId,
        reply: Reply<bool>,
    },
    Erase {
        id: ContentId,
        reply: Reply<bool>,
    },
    /// Fetch what was found damaged.
    Heal {
        id: ContentId,
    },
}

/// Sends commands to the vault's actor. Clones speak to the same one; each call waits while the vault is busy.
#[derive(Clone, Debug)]
pub struct Mailbox {
    sender: mpsc::Sender<Command>,
}

impl Mailbox {
    pub(crate) fn new(sender: mpsc::Sender<Command>) -> Self {
        Self { sender }
    }

    /// Stores a blob on this node and the other members. On return at least q = n - f of them hold it durably.
    ///
    /// # Errors
    /// [`VaultError::ContentIdMismatch`], [`VaultError::Store`], [`VaultError::NotDurable`] (what did come stays
    /// stored; putting again is harmless), [`VaultError::Closed`].
    pub async fn put(
        &self,
        expected: Option<ContentId>,
        bytes: Bytes,
    ) -> Result<Receipt, VaultError> {
        self.ask(|reply| Command::Put {
            expected,
            bytes,
            reply,
        })
        .await
    }

    /// The blob, from this node or another. What comes from another is kept.
    ///
    /// # Errors
    /// [`VaultError::NotFound`], [`VaultError::Store`] (erased here), [`VaultError::Closed`].
    pub async fn get(&self, id: ContentId) -> Result<Bytes, VaultError> {
        self.ask(|reply| Command::Get { id, reply }).await
    }

    /// Whether this node has the blob.
    ///
    /// # Errors
    /// [`VaultError::Store`], [`VaultError::Closed`].
    pub async fn has(&self, id: ContentId) -> Result<bool, VaultError> {
        self.ask(|reply| Command::Has { id, reply }).await
    }

    /// Erases the blob on this node, for good; returns whether it was there. No node erases at another's word, so each
    /// member erases for itself.
    ///
    /// # Errors
    /// [`VaultError::Store`], [`VaultError::Closed`].
    pub async fn erase(&self, id: ContentId) -> Result<bool, VaultError> {
        self.ask(|reply| Command::Erase { id, reply }).await
    }

    /// Fetches a damaged blob anew when there is room for that; otherwise its next reader does.
    pub(crate) fn heal(&self, id: ContentId) {
        let _ = self.sender.try_send(Command::Heal { id });
    }

    async fn ask<T>(&self, command: impl FnOnce(Reply<T>) -> Command) -> Result<T, VaultError> {
        let (reply, answer) = oneshot::channel();
        self.sender
            .send(command(reply))
            .await
            .map_err(|_| VaultError::Closed)?;
        answer.await.map_err(|_| VaultError::Closed)?
    }
}
