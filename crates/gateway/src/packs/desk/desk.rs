//! The shared service: opens a book for many requests.

use std::{fs::File, path::Path, sync::Arc};

use alloy_primitives::Address;
use theriac_sdk::Client;
use tokio::{
    runtime::Handle,
    sync::{mpsc, watch as signal},
    task::JoinHandle,
};

use super::{
    Settings, asker::Asker, clerk, facts::Facts, link::Link, readers::Readers, watch,
    writer::Writer,
};
use crate::packs::{
    Error, Partner,
    book::{self, BookError},
    card::Card,
    clock::now_ms,
};

/// How long a request is remembered: three times as long as an exit may be undone.
const REMEMBERED_MS: u64 = 30 * 86_400_000;

/// A book that many requests share. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    pub(super) shared: Arc<Shared>,
    orders: mpsc::Sender<clerk::Order>,
    tasks: Arc<Tasks>,
}

/// What all parts of a desk work with.
pub(super) struct Shared {
    pub(super) client: Client,
    pub(super) settings: Settings,
    pub(super) readers: Readers,
    pub(super) writer: Writer,
    pub(super) asker: Asker,
    pub(super) link: Link,
    pub(super) facts: Facts,
    pub(super) account: Address,
    pub(super) organisation: u32,
    pub(super) gln: String,
    pub(super) runtime: Handle,
    /// Held as long as the book is written.
    _lock: File,
}

/// What runs beside the requests, until the last clone is gone.
struct Tasks {
    stop: signal::Sender<bool>,
    running: parking_lot::Mutex<Vec<JoinHandle<()>>>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = formatter.debug_struct("Desk");
        shown
            .field("account", &self.shared.account)
            .finish_non_exhaustive()
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

impl Desk {
    /// Opens the book in a folder; `client` acts as the book's account. What was queued before is settled as soon as a node answers. No node is
    /// needed to open it. The desk works in tasks of the current Tokio runtime, which has several threads.
    ///
    /// # Errors
    /// Those of the book; `OtherOwner` where it is not of the client's account.
    pub fn open(client: Client, folder: &Path, settings: Settings) -> Result<Self, Error> {
        let lock = book::lock(folder)?;
        let mut partner = Partner::open(client.clone(), folder)?;
        let old = now_ms().saturating_sub(REMEMBERED_MS);
        partner.book.forget_requests(old)?;
        let owner = partner.book().owner().clone();
        if owner.account != client.address() {
            return Err(BookError::OtherOwner("account").into());
        }
        let writer = Writer::new(partner).map_err(|source| BookError::Folder {
            folder: folder.to_owned(),
            source,
        })?;
        let shared = Arc::new(Shared {
            readers: Readers::open(&client, folder, settings.readers)?,
            asker: Asker::new(client.clone()),
            link: Link::default(),
            facts: Facts::default(),
            account: owner.account,
            organisation: owner.organisation,
            gln: owner.gln,
            runtime: Handle::current(),
            _lock: lock,
            client,
            settings,
            writer,
        });
        let (orders, waiting) = mpsc::channel(clerk::WAITING);
        let (stop, stopped) = signal::channel(false);
        let running = vec![
            tokio::spawn(clerk::run(shared.clone(), waiting, stopped.clone())),
            tokio::spawn(watch::run(shared.clone(), stopped)),
        ];
        let running = parking_lot::Mutex::new(running);
        Ok(Self {
            shared,
            orders,
            tasks: Arc::new(Tasks { stop, running }),
        })
    }

    /// The place of business: a GLN of 13 digits.
    pub fn gln(&self) -> &str {
        &self.shared.gln
    }

    /// Whether a node answered when one was asked last.
    pub fn is_linked(&self) -> bool {
        self.shared.link.is_up()
    }

    /// The card that the partner gives to its suppliers.
    ///
    /// # Errors
    /// Those of the book.
    pub async fn card(&self) -> Result<Card, Error> {
        self.shared.readers.run(Partner::card).await
    }

    /// Does something else with the book, after what was given before and before what comes after. Requests that only read go on beside it, exits
    /// wait: whoever asks the ledger there does so by `Handle::block_on`.
    pub async fn with_book<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Partner) -> T + Send + 'static,
    ) -> T {
        self.shared.writer.run(work).await
    }

    /// Takes no more orders and returns when what is on its way is settled or queued.
    pub async fn close(&self) {
        self.tasks.stop.send_replace(true);
        let running = std::mem::take(&mut *self.tasks.running.lock());
        for task in running {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task of the desk ended early");
            }
        }
    }

    pub(super) async fn order(&self, order: clerk::Order) -> Result<(), Error> {
        let given = self.orders.send(order).await;
        given.map_err(|_| Error::Closing)
    }
}
