//! Keeps background work from taking the disk away from people.

use commonware_runtime::Clock;
use std::time::Duration;

/// Work is paid for at once once so much of it has come together.
const INSTALMENT_BYTES: u64 = 1 << 20;

/// A bound on bytes per second.
pub(crate) struct Pace {
    bytes_per_second: u64,
    owed: u64,
}

impl Pace {
    pub(crate) fn new(bytes_per_second: u64) -> Self {
        Self {
            bytes_per_second: bytes_per_second.max(1),
            owed: 0,
        }
    }

    /// Waits as long as these bytes may take.
    pub(crate) async fn spend(&mut self, context: &impl Clock, bytes: u64) {
        self.owed += bytes;
        if self.owed < INSTALMENT_BYTES {
            return;
        }
        let seconds = self.owed as f64 / self.bytes_per_second as f64;
        self.owed = 0;
        context.sleep(Duration::from_secs_f64(seconds)).await;
    }
}
