//! Tells of transactions that were admitted here.

use std::sync::Arc;

use theriac_ledger::index::IndexedTransaction;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{End, Subscriber};
use crate::{answer::RpcError, view::pending_view};

/// Follows admissions until the end of the subscription. Waiting transactions are told as far as they can
/// be: what a slow subscriber misses is not made up for.
pub(super) async fn follow(
    subscriber: &Subscriber,
    mut admitted: Receiver<Arc<IndexedTransaction>>,
    whole: bool,
) -> End {
    loop {
        let received = tokio::select! {
            () = subscriber.sink.closed() => return End::Gone,
            received = admitted.recv() => received,
        };
        let told = match received {
            Ok(transaction) => tell(subscriber, &transaction, whole).await,
            Err(RecvError::Lagged(_)) => Ok(()),
            Err(RecvError::Closed) => return End::Gone,
        };
        if let Err(end) = told {
            return end;
        }
    }
}

async fn tell(
    subscriber: &Subscriber,
    transaction: &IndexedTransaction,
    whole: bool,
) -> Result<(), End> {
    subscriber.check().await?;
    if !whole {
        return subscriber.push(&transaction.hash).await;
    }
    match subscriber
        .service
        .readers
        .waiting(subscriber.caller, transaction)
    {
        true => {
            subscriber
                .push(&pending_view(transaction).map_err(RpcError::from)?)
                .await
        }
        false => Ok(()),
    }
}
