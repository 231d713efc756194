//! The one thread that writes the book.

use std::{
    sync::mpsc::{Sender, channel},
    thread::{self, JoinHandle},
};

use tokio::sync::oneshot;

use crate::packs::Partner;

type Job = Box<dyn FnOnce(&mut Partner) + Send>;

/// The thread that owns the partner. What is to be written is done there, one after another, so that no request waits on the disk where
/// others are served.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn new(mut partner: Partner) -> std::io::Result<Self> {
        let (jobs, waiting) = channel::<Job>();
        let thread = thread::Builder::new().name("book".to_owned());
        let thread = thread.spawn(move || {
            while let Ok(job) = waiting.recv() {
                job(&mut partner);
            }
        })?;
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    /// Does something with the book, after all that was given before. It is done also where nobody waits for the answer any longer.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Partner) -> T + Send + 'static,
    ) -> T {
        let (answer, answered) = oneshot::channel();
        self.give(move |partner| {
            // Whoever asked may be gone.
            let _ = answer.send(job(partner));
        });
        answered.await.expect("a job that panics is a bug")
    }

    /// The same, for which nobody waits.
    pub(super) fn give(&self, job: impl FnOnce(&mut Partner) + Send + 'static) {
        let jobs = self.jobs.as_ref().expect("it is taken when dropped only");
        jobs.send(Box::new(job))
            .expect("the thread ends with the writer only");
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so.
            let _ = thread.join();
        }
    }
}
