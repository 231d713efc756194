//! What a node asks of its vault.

use crate::erasure::ErasureReceipt;
use crate::scrub::{ScrubReport, VaultStatus};
use crate::{VaultError, Wanted};
use bytes::{Bytes, BytesMut};
use commonware_utils::channel::{mpsc, oneshot};
use futures::future::{self, Either};
use futures::stream::{self, Stream, StreamExt};
use std::ops::Range;
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

/// A blob, or a part of one, on its way out.
#[derive(Debug)]
pub struct Blob {
    /// The whole blob.
    pub content: Content,
    /// The bytes that come.
    pub range: Range<u64>,
    /// The bytes in order, each proven by the content id. They come as they are taken; an error ends them.
    pub body: mpsc::Receiver<Result<Bytes, VaultError>>,
}

/// The giver of a blob's bytes stopped before their end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Broken;

pub(crate) type Body = mpsc::Receiver<Result<Bytes, Broken>>;
pub(crate) type Reply<T> = oneshot::Sender<Result<T, VaultError>>;

pub(crate) enum Command<P> {
    Put {
        id: ContentId,
        body: Body,
        reply: Reply<Receipt>,
    },
    Read {
        id: ContentId,
        wanted: Wanted,
        /// For the node itself, which may look before it has caught up.
        is_for_node: bool,
        reply: Reply<Blob>,
    },
    Has {
        id: ContentId,
        reply: Reply<bool>,
    },
    Erase {
        id: ContentId,
        reply: Reply<bool>,
    },
    /// Receipts of all members for erasing a blob.
    Receipts {
        id: ContentId,
        reply: Reply<Vec<ErasureReceipt<P>>>,
    },
    Scrub {
        reply: Reply<ScrubReport>,
    },
    /// A scrub that nobody waits for.
    BeginScrub,
    Status {
        reply: Reply<VaultStatus>,
    },
    /// Fetch or make anew what was found damaged.
    Heal {
        id: ContentId,
    },
}

/// Sends commands to the vault's actor. Clones speak to the same one; each call waits while the vault is busy.
#[derive(Debug)]
pub struct Mailbox<P> {
    sender: mpsc::Sender<Command<P>>,
}

impl<P> Clone for Mailbox<P> {
    fn clone(&self) -> Self {
        Self {
            sender: self.sender.clone(),
        }
    }
}

impl<P> Mailbox<P> {
    pub(crate) fn new(sender: mpsc::Sender<Command<P>>) -> Self {
        Self { sender }
    }

    /// Stores a blob that is in memory; see [`Mailbox::put_stream`].
    ///
    /// # Errors
    /// As [`Mailbox::put_stream`].
    pub async fn put(
        &self,
        expected: Option<ContentId>,
        bytes: Bytes,
    ) -> Result<Receipt, VaultError> {
        let id = expected.unwrap_or_else(|| ContentId::of(&bytes));
        let body = stream::once(async move { Ok::<_, VaultError>(bytes) });
        self.put_stream(id, body.boxed()).await
    }

    /// Stores a blob over the members as its bytes come. On return at least q = n - f of them hold durably what they should.
    ///
    /// # Errors
    /// [`VaultError::Broken`] where the stream gave an error, [`VaultError::ContentIdMismatch`], [`VaultError::Store`],
    /// [`VaultError::NotDurable`] (putting again is harmless), [`VaultError::Closed`].
    pub async fn put_stream<S, E>(&self, id: ContentId, mut bytes: S) -> Result<Receipt, VaultError>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
    {
        let (parts, body) = mpsc::channel(1);
        let (reply, answer) = oneshot::channel();
        self.send(Command::Put { id, body, reply }).await?;
        let forward = async move {
            while let Some(part) = bytes.next().await {
                let is_last = part.is_err();
                if parts.send(part.map_err(|_| Broken)).await.is_err() || is_last {
                    break;
                }
            }
            drop(parts);
            future::pending::<()>().await;
        };
        match future::select(answer, Box::pin(forward)).await {
            Either::Left((answer, _)) => answer.map_err(|_| VaultError::Closed)?,
            Either::Right(_) => unreachable!("forwarding never ends by itself"),
        }
    }

    /// A blob or a part of it, from this node and the others.
    ///
    /// # Errors
    /// [`VaultError::NotFound`], [`VaultError::OutOfRange`], [`VaultError::CatchingUp`], [`VaultError::Store`] (erased here),
    /// [`VaultError::Closed`].
    pub async fn read(&self, id: ContentId, wanted: Wanted) -> Result<Blob, VaultError> {
        let is_for_node = false;
        self.ask(|reply| Command::Read {
            id,
            wanted,
            is_for_node,
            reply,
        })
        .await
    }

    /// As [`Mailbox::get`], before this node has caught up too: for the node, which looks at what it may have to erase.
    ///
    /// # Errors
    /// As [`Mailbox::get`].
    pub async fn examine(&self, id: ContentId) -> Result<Bytes, VaultError> {
        let (wanted, is_for_node) = (Wanted::All, true);
        let blob = self.ask(|reply| Command::Read {
            id,
            wanted,
            is_for_node,
            reply,
        });
        collect(blob.await?).await
    }

    /// A whole blob in memory.
    ///
    /// # Errors
    /// As [`Mailbox::read`], and [`VaultError::NotRestored`].
    pub async fn get(&self, id: ContentId) -> Result<Bytes, VaultError> {
        collect(self.read(id, Wanted::All).await?).await
    }

    /// Whether this node holds the blob or a shard of it.
    ///
    /// # Errors
    /// [`VaultError::Store`], [`VaultError::Closed`].
    pub async fn has(&self, id: ContentId) -> Result<bool, VaultError> {
        self.ask(|reply| Command::Has { id, reply }).await
    }

    /// Erases the blob on this node, for good; returns whether anything of it was there. No node erases at another's word, so each
    /// member erases for itself, and signs a receipt where it was given a key for that.
    ///
    /// # Errors
    /// [`VaultError::Store`], [`VaultError::Closed`].
    pub async fn erase(&self, id: ContentId) -> Result<bool, VaultError> {
        self.ask(|reply| Command::Erase { id, reply }).await
    }

    /// The receipts of the members that erased the blob and can be reached, this node's first. Each is verified.
    ///
    /// # Errors
    /// [`VaultError::Store`], [`VaultError::Closed`].
    pub async fn receipts(&self, id: ContentId) -> Result<Vec<ErasureReceipt<P>>, VaultError> {
        self.ask(|reply| Command::Receipts { id, reply }).await
    }

    /// Reads everything that this node holds, and repairs what is damaged or missing. One scrub runs at a time; a second waits.
    ///
    /// # Errors
    /// [`VaultError::Store`], [`VaultError::Closed`].
    pub async fn scrub(&self) -> Result<ScrubReport, VaultError> {
        self.ask(|reply| Command::Scrub { reply }).await
    }

    /// Begins a scrub in the background, unless one runs.
    ///
    /// # Errors
    /// [`VaultError::Closed`].
    pub async fn begin_scrub(&self) -> Result<(), VaultError> {
        self.send(Command::BeginScrub).await
    }

    /// What is held, and what scrubs found.
    ///
    /// # Errors
    /// [`VaultError::Closed`].
    pub async fn status(&self) -> Result<VaultStatus, VaultError> {
        self.ask(|reply| Command::Status { reply }).await
    }

    /// Repairs a damaged blob when there is room for that; otherwise the next scrub does.
    pub(crate) fn heal(&self, id: ContentId) {
        let _ = self.sender.try_send(Command::Heal { id });
    }

    async fn ask<T>(&self, command: impl FnOnce(Reply<T>) -> Command<P>) -> Result<T, VaultError> {
        let (reply, answer) = oneshot::channel();
        self.send(command(reply)).await?;
        answer.await.map_err(|_| VaultError::Closed)?
    }

    async fn send(&self, command: Command<P>) -> Result<(), VaultError> {
        let sent = self.sender.send(command).await;
        sent.map_err(|_| VaultError::Closed)
    }
}

async fn collect(mut blob: Blob) -> Result<Bytes, VaultError> {
    let mut bytes = BytesMut::new();
    while let Some(part) = blob.body.recv().await {
        bytes.extend_from_slice(&part?);
    }
    match bytes.len() as u64 == blob.content.length {
        true => Ok(bytes.freeze()),
        false => Err(VaultError::Closed),
    }
}
