//! Hands a final block on and forgets what it settled.

use super::{Observer, Shared, version};
use theriac_ledger::Block;

pub(super) async fn finalized<O: Observer>(shared: &Shared, observer: &O, block: &Block) {
    let height = block.header().number;
    shared.applied.send_replace(height);
    let executed = shared
        .speculative
        .get(height, block.hash())
        .expect("a block is executed by this node before it is applied");
    shared.mempool.executed(
        executed
            .transactions
            .iter()
            .map(|transaction| transaction.as_ref()),
    );
    observer.finalized(executed).await;
    shared.speculative.prune(height);
    version::end_after(shared, height);
}
