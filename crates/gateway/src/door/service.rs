//! What all requests share.

use super::Pages;
use crate::{
    capture::Spool, config::Config, packs::desk::Desk, partners::Roll, repository::Repository,
    stop::Stop, subscriptions::Sockets,
};
use std::sync::Arc;
use tokio::sync::{Notify, Semaphore};

/// What all requests share.
pub(crate) struct Service {
    pub(crate) config: Config,
    /// Without a slash at its end.
    pub(crate) public_url: String,
    pub(crate) roll: Arc<Roll>,
    pub(crate) repository: Arc<Repository>,
    pub(crate) spool: Spool,
    pub(crate) pages: Pages,
    /// Documents received at once.
    pub(crate) receiving: Semaphore,
    /// Rung when a document was acknowledged.
    pub(crate) captured: Arc<Notify>,
    /// Rung when subscriptions change.
    pub(crate) subscribed: Arc<Notify>,
    pub(crate) sockets: Arc<Sockets>,
    /// The book of packs, where there is one.
    pub(crate) desk: Option<Desk>,
    pub(crate) stop: Stop,
}
