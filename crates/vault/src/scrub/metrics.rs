//! Counts for operators, among the node's metrics.

use super::report::ScrubReport;
use commonware_runtime::Metrics;
use commonware_runtime::telemetry::metrics::{Registered, raw::Counter};

/// One counter for each number of a report.
pub(crate) struct Counters {
    checked: Registered<Counter>,
    checked_bytes: Registered<Counter>,
    damaged: Registered<Counter>,
    missing: Registered<Counter>,
    repaired: Registered<Counter>,
    failed: Registered<Counter>,
    moved: Registered<Counter>,
}

impl Counters {
    pub(crate) fn new(context: &impl Metrics) -> Self {
        let counter = |name: &str, help: &str| context.register(name, help, Counter::default());
        Self {
            checked: counter("scrub_checked", "blobs and shards read whole"),
            checked_bytes: counter("scrub_checked_bytes", "bytes of blobs and shards read"),
            damaged: counter("scrub_damaged", "blobs and shards found damaged"),
            missing: counter("scrub_missing", "blobs and shards found missing"),
            repaired: counter("scrub_repaired", "blobs and shards repaired"),
            failed: counter(
                "scrub_failed",
                "blobs and shards that could not be repaired",
            ),
            moved: counter("scrub_moved", "shards of earlier committees dropped"),
        }
    }

    pub(crate) fn add(&self, report: &ScrubReport) {
        self.checked.inc_by(report.checked);
        self.checked_bytes.inc_by(report.checked_bytes);
        self.damaged.inc_by(report.damaged);
        self.missing.inc_by(report.missing);
        self.repaired.inc_by(report.repaired);
        self.failed.inc_by(report.failed);
        self.moved.inc_by(report.moved);
    }
}
