//! The ceremony on sockets and disks, compiled here once, so that the binary stays thin.

use commonware_runtime::tokio::Context;
use futures::future::BoxFuture;

use super::{CeremonyError, Completed, ParticipantConfig, participate};
use crate::secrets::FileSecretStore;

/// Takes part in a ceremony as [`participate`] says.
///
/// The future is boxed so that its code, an engine of its own, is generated in this crate.
pub fn participate_on_sockets(
    context: Context,
    config: ParticipantConfig<FileSecretStore>,
) -> BoxFuture<'static, Result<Completed, CeremonyError>> {
    Box::pin(participate(context, config))
}
