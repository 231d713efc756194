//! How a desk works.

use std::time::Duration;

use crate::packs::messaging::Requester;

/// How a desk works.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Connections that read the book beside the one that writes it.
    pub readers: usize,
    /// Entries that are on their way to the ledger at once. Exits that come meanwhile are gathered into the next ones.
    pub in_flight: usize,
    /// How long exits that do not fill an entry gather while another is on its way.
    pub gather: Duration,
    /// How long the nodes may take for a question before the book answers alone.
    pub patience: Duration,
    /// The pause between two looks at the flags, and between two attempts to reach a node that was gone.
    pub pause: Duration,
    /// When the manufacturer is asked.
    pub ask: AskWhen,
    /// As whom the manufacturer is asked.
    pub requester: Requester,
}

/// When the manufacturer is asked about a pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AskWhen {
    /// Never.
    Never,
    /// Where the book does not have exactly this pack.
    #[default]
    Unknown,
    /// Always.
    Always,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            readers: 4,
            in_flight: 4,
            gather: Duration::from_millis(250),
            patience: Duration::from_secs(2),
            pause: Duration::from_millis(500),
            ask: AskWhen::default(),
            requester: Requester::default(),
        }
    }
}
