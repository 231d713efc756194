//! Blocks that follow rules which this program does not know are neither proposed nor voted for nor applied.

use super::{Batches, Runtime, Shared, ask::ask, run::Stale};
use crate::state::Loaded;
use theriac_contracts::{Host, PROTOCOL_VERSION, required_version};
use theriac_execution::BlockEnvironment;

/// The members decided on rules that this program does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "from height {height} on the network follows version {version} of its rules, and this program knows versions up to \
     {PROTOCOL_VERSION}: install a release that knows it and start again"
)]
pub struct Outdated {
    /// The first height that this program cannot follow.
    pub height: u64,
    /// The version that it would need.
    pub version: u32,
}

/// Resolves when this program knows the rules of the block of `environment`. When it does not, it says so and never resolves,
/// since whatever this program made of such a block would be wrong.
pub(super) async fn require_known<E: Runtime>(
    shared: &Shared,
    environment: &BlockEnvironment,
    batches: &Batches<E>,
) -> Result<(), Stale> {
    let height = environment.number;
    let required = |host: &mut dyn Host| {
        let version = required_version(host, height)?;
        Ok((version, required_version(host, height + 1)?))
    };
    let (chain, mut loaded) = (&shared.chain, Loaded::default());
    let (version, next) = ask::<E, _>(chain, environment, &mut loaded, batches, required).await?;
    if version > PROTOCOL_VERSION {
        tell(shared, Outdated { height, version });
        futures::future::pending::<()>().await;
    }
    if next > PROTOCOL_VERSION {
        let outdated = Outdated {
            height: height + 1,
            version: next,
        };
        *shared.ending.lock() = Some(outdated);
    }
    Ok(())
}

/// After the last block that this program can follow, it says so: where nobody goes on, nobody would ask it for the next.
pub(super) fn end_after(shared: &Shared, height: u64) {
    let ending = *shared.ending.lock();
    if let Some(outdated) = ending.filter(|outdated| outdated.height == height + 1) {
        tell(shared, outdated);
    }
}

fn tell(shared: &Shared, outdated: Outdated) {
    if shared.outdated.send_replace(Some(outdated)) != Some(outdated) {
        tracing::error!("{outdated}");
    }
}
