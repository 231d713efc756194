//! Drives requests on a runtime of the bucket's own, and waits for them on the caller's thread.

use super::BucketError;
use std::future::Future;
use std::io;
use std::sync::mpsc;
use tokio::runtime::{Builder, Runtime};

/// A runtime of one thread. A caller waits on a channel rather than in the runtime, since its thread may belong to another one.
pub(super) struct Driver(Option<Runtime>);

impl Driver {
    pub(super) fn start() -> io::Result<Self> {
        let mut runtime = Builder::new_multi_thread();
        runtime.worker_threads(1).max_blocking_threads(4);
        let runtime = runtime.thread_name("vault-bucket").enable_all();
        Ok(Self(Some(runtime.build()?)))
    }

    /// Blocks until the step has ended.
    ///
    /// # Errors
    /// [`BucketError::Stopped`].
    pub(super) fn run<F>(&self, step: F) -> Result<F::Output, BucketError>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let runtime = self.0.as_ref().ok_or(BucketError::Stopped)?;
        let (sender, receiver) = mpsc::sync_channel(1);
        runtime.spawn(async move {
            let _ = sender.send(step.await);
        });
        receiver.recv().map_err(|_| BucketError::Stopped)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A runtime that is dropped on a thread of another one would wait there, and panic.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
