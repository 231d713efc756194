//! Watches how long the network goes without a block.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};
use theriac_sdk::Client;

const PAUSE: Duration = Duration::from_millis(500);

/// A thread that asks for the height until it is told to stop.
pub(crate) struct Watch {
    is_over: Arc<AtomicBool>,
    thread: JoinHandle<Duration>,
}

impl Watch {
    /// Watches the highest block of the members that these clients ask.
    pub(crate) fn start(clients: Vec<Client>) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let until = is_over.clone();
        let thread = std::thread::spawn(move || longest_wait(&clients, &until));
        Self { is_over, thread }
    }

    /// The longest time in which no member had a new block.
    pub(crate) fn stop(self) -> Duration {
        self.is_over.store(true, Ordering::Relaxed);
        self.thread.join().expect("the watch does not panic")
    }
}

fn longest_wait(clients: &[Client], is_over: &AtomicBool) -> Duration {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    // Logs in, since strangers may ask less.
    for client in clients {
        runtime
            .block_on(client.organisations())
            .expect("the admin may read");
    }
    let (mut highest, mut since, mut longest) = (0, Instant::now(), Duration::ZERO);
    while !is_over.load(Ordering::Relaxed) {
        let heights = clients
            .iter()
            .filter_map(|client| runtime.block_on(client.height()).ok());
        if let Some(height) = heights.max().filter(|height| *height > highest) {
            (highest, since) = (height, Instant::now());
        }
        longest = longest.max(since.elapsed());
        std::thread::sleep(PAUSE);
    }
    longest
}
