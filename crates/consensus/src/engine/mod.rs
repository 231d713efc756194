//! One validator: every actor of the engine, wired.
//!
//! ```text
//!   votes, certificates ──▶ orchestrator ─ simplex (one per epoch)
//!                                │ propose, verify
//!                                ▼
//!        Observed ▶ Deferred ▶ reshare::Application ▶ Stateful ▶ Application
//!                                ▲                       │
//!   blocks ──▶ marshal ── final blocks ──────────────────┘──▶ Observer
//! ```

mod archives;
mod channels;
mod epochs;
mod members;
mod settings;
mod start;

pub use channels::{Channel, Channels, channel_quotas, max_message_bytes, quota};
pub(crate) use members::identity;
pub use settings::Timeouts;
pub use start::{Config, Engine};
