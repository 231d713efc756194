//! A gateway that runs.

use crate::{
    capture::{Spool, Worker},
    config::Config,
    door::{Pages, Service, serve},
    packs::{self, desk::Desk},
    partners::{Roll, RollError},
    repository::{Repository, StorageError},
    stop::Stop,
    subscriptions::{Notifier, Sockets},
};
use std::{fs::File, io, net::SocketAddr, path::Path, sync::Arc};
use thiserror::Error;
use tokio::{
    net::TcpListener,
    sync::{Notify, Semaphore, watch},
    task::JoinHandle,
};

/// Starts gateways.
#[derive(Debug)]
pub struct Gateway;

/// A gateway that runs until it is stopped or dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    repository: Arc<Repository>,
    desk: Option<Desk>,
    _lock: File,
}

/// Why a gateway did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("{0} cannot be listened on")]
    Listen(SocketAddr, #[source] io::Error),
    /// The repository cannot be opened.
    #[error("the repository cannot be opened")]
    Storage(#[from] StorageError),
    /// The partners of the configuration cannot stand side by side.
    #[error(transparent)]
    Partners(#[from] RollError),
    /// The book of packs cannot be opened.
    #[error("the book of packs cannot be opened")]
    Packs(#[source] Box<packs::Error>),
}

impl Gateway {
    /// Opens the repository, goes on with what was acknowledged and not stored, and serves in tasks of the current Tokio
    /// runtime.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start(config: Config) -> Result<Running, StartError> {
        let roll = Arc::new(Roll::new(config.partners.clone())?);
        let lock = lock(&config.data)?;
        let repository = Arc::new(Repository::open(&config.storage, &config.data).await?);
        let spool = Spool::open(config.data.join("spool")).map_err(StorageError::Folder)?;
        clean(&repository, &spool).await?;
        let listen = config.listen;
        let listener = TcpListener::bind(listen).await;
        let listener = listener.map_err(|error| StartError::Listen(listen, error))?;
        let address = listener.local_addr();
        let address = address.map_err(|error| StartError::Listen(listen, error))?;
        let desk = open_desk(&config)?;
        let (stop, stopped) = watch::channel(false);
        let url = config.public_url.clone();
        let url = url.unwrap_or_else(|| format!("http://{address}"));
        let service = Arc::new(Service {
            public_url: url.trim_end_matches('/').to_owned(),
            roll,
            repository: repository.clone(),
            spool,
            pages: Pages::new(config.limits.page_tokens),
            receiving: Semaphore::new(config.limits.captures),
            captured: Arc::new(Notify::new()),
            subscribed: Arc::new(Notify::new()),
            sockets: Arc::new(Sockets::default()),
            desk: desk.clone(),
            stop: Stop(stopped),
            config,
        });
        let tasks = vec![
            tokio::spawn(worker(&service).run()),
            tokio::spawn(Notifier::new(&service).run()),
            tokio::spawn(serve(listener, service)),
        ];
        Ok(Running {
            address,
            stop,
            tasks,
            repository,
            desk,
            _lock: lock,
        })
    }
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The book of packs, where there is one.
    pub fn desk(&self) -> Option<&Desk> {
        self.desk.as_ref()
    }

    /// The CBV 2.0 event hash of the event of this id, of which the ledger holds a salted commitment.
    ///
    /// # Errors
    /// The repository failed.
    pub async fn event_hash(&self, event_id: &str) -> Result<Option<[u8; 32]>, StorageError> {
        self.repository.event_hash(event_id).await
    }

    /// Takes no more connections, lets requests in progress end, and returns when all work has. What was acknowledged and is
    /// not stored yet is stored after the next start.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        for task in std::mem::take(&mut self.tasks) {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task of the gateway ended early");
            }
        }
        if let Some(desk) = self.desk.take() {
            desk.close().await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

fn open_desk(config: &Config) -> Result<Option<Desk>, StartError> {
    let Some(packs) = &config.packs else {
        return Ok(None);
    };
    let (client, settings) = (packs.client.clone(), packs.settings.clone());
    let desk = Desk::open(client, &packs.book, settings);
    let desk = desk.map_err(|error| StartError::Packs(Box::new(error)))?;
    Ok(Some(desk))
}

fn lock(data: &Path) -> Result<File, StorageError> {
    std::fs::create_dir_all(data)?;
    let lock = File::create(data.join("lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(std::fs::TryLockError::WouldBlock) => Err(StorageError::InUse("the data folder")),
        Err(std::fs::TryLockError::Error(error)) => Err(StorageError::Folder(error)),
    }
}

/// Removes documents that were received and not acknowledged, or stored and not removed.
async fn clean(repository: &Repository, spool: &Spool) -> Result<(), StorageError> {
    let open = repository.spooled().await?;
    spool.keep_only(&open).map_err(StorageError::Folder)
}

fn worker(service: &Arc<Service>) -> Worker {
    Worker {
        repository: service.repository.clone(),
        spool: service.spool.clone(),
        limits: service.config.limits.reading(),
        bell: service.captured.clone(),
        stop: service.stop.clone(),
    }
}
