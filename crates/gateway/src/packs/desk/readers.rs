//! Connections that read the book beside the one that writes it.

use std::path::Path;

use parking_lot::Mutex;
use theriac_sdk::Client;
use tokio::sync::Semaphore;

use crate::packs::{Error, Partner};

/// Partners that only read. SQLite's journal lets each see the last committed state, whatever is being written.
pub(super) struct Readers {
    idle: std::sync::Arc<Mutex<Vec<Partner>>>,
    free: Semaphore,
}

impl Readers {
    pub(super) fn open(client: &Client, folder: &Path, count: usize) -> Result<Self, Error> {
        let count = count.max(1);
        let open = |_| Partner::open(client.clone(), folder);
        let idle = (0..count).map(open).collect::<Result<_, _>>()?;
        Ok(Self {
            idle: std::sync::Arc::new(Mutex::new(idle)),
            free: Semaphore::new(count),
        })
    }

    /// Reads something, where blocking is allowed.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Partner) -> T + Send + 'static,
    ) -> T {
        let permit = self.free.acquire().await;
        let _permit = permit.expect("the semaphore is not closed");
        let idle = self.idle.clone();
        let done = tokio::task::spawn_blocking(move || {
            let partner = idle.lock().pop().expect("there is one for each permit");
            let read = read(&partner);
            idle.lock().push(partner);
            read
        });
        done.await.expect("reading does not panic")
    }
}
