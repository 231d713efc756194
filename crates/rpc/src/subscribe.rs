//! Subscriptions: new blocks, logs and waiting transactions, pushed over a WebSocket.
//!
//! Before each push the subscriber's token and enrolment are looked at again, so that a subscription does not
//! outlive the right to it. A subscriber that falls behind misses no block: what the channel dropped is read
//! from the chain.

mod blocks;
mod transactions;

use std::sync::Arc;

use jsonrpsee::{
    Extensions, PendingSubscriptionSink, SubscriptionCloseResponse, SubscriptionSink,
    core::SubscriptionError,
    types::{ErrorObjectOwned, Params},
};
use serde::Serialize;
use serde_json::value::to_raw_value;
use theriac_ledger::index::LogFilter;

use crate::{
    Refusal,
    answer::RpcError,
    params::{Arguments, LogQuery},
    read::{Caller, Visit},
    service::Service,
};

/// What is subscribed to.
enum Topic {
    Heads,
    Logs(LogFilter),
    /// Hashes, or whole transactions.
    Transactions(bool),
}

/// Someone who is told, and what is needed to tell whether it still may be.
struct Subscriber {
    service: Arc<Service>,
    visit: Visit,
    caller: Caller,
    sink: SubscriptionSink,
}

/// Why a subscription ends.
enum End {
    /// The other side left, or the node stops.
    Gone,
    /// The subscriber may read no longer, or the node failed.
    Error(RpcError),
}

impl From<RpcError> for End {
    fn from(error: RpcError) -> Self {
        Self::Error(error)
    }
}

/// Runs a subscription to its end.
pub(crate) async fn run(
    params: Params<'static>,
    pending: PendingSubscriptionSink,
    service: Arc<Service>,
    extensions: Extensions,
) -> SubscriptionCloseResponse {
    let visit = *extensions
        .get::<Visit>()
        .expect("the door notes every visit");
    let caller = *extensions
        .get::<Caller>()
        .expect("the gate notes every caller");
    let topic = match read_topic(&params) {
        Ok(topic) => topic,
        Err(error) => {
            pending.reject(ErrorObjectOwned::from(error)).await;
            return SubscriptionCloseResponse::None;
        }
    };
    // Taken before the subscriber learns its id: from then on it misses nothing.
    let finalised = service.chain.finalised();
    let admitted = service.chain.admitted();
    let Ok(sink) = pending.accept().await else {
        return SubscriptionCloseResponse::None;
    };
    let subscriber = Subscriber {
        service,
        visit,
        caller,
        sink,
    };
    let end = match topic {
        Topic::Heads => blocks::follow(&subscriber, finalised, None).await,
        Topic::Logs(filter) => blocks::follow(&subscriber, finalised, Some(&filter)).await,
        Topic::Transactions(whole) => transactions::follow(&subscriber, admitted, whole).await,
    };
    match end {
        End::Gone => SubscriptionCloseResponse::None,
        End::Error(error) => {
            let message = ErrorObjectOwned::from(error).message().to_owned();
            SubscriptionCloseResponse::NotifErr(SubscriptionError::from(message))
        }
    }
}

fn read_topic(params: &Params<'_>) -> Result<Topic, RpcError> {
    let mut arguments = Arguments::new(params)?;
    let kind: String = arguments.required("kind")?;
    let topic = match kind.as_str() {
        "newHeads" => Topic::Heads,
        "logs" => {
            let query: Option<LogQuery> = arguments.optional("filter")?;
            Topic::Logs(query.unwrap_or_default().filter)
        }
        "newPendingTransactions" => {
            Topic::Transactions(arguments.optional("whole")?.unwrap_or(false))
        }
        _ => return Err(Refusal::SubscriptionUnknown.into()),
    };
    arguments.check_finished()?;
    Ok(topic)
}

impl Subscriber {
    /// Whether the subscriber may still read.
    async fn check(&self) -> Result<(), RpcError> {
        let caller = self.service.identify(&self.visit)?;
        self.service.require_enrolled(caller).await
    }

    async fn push(&self, message: &impl Serialize) -> Result<(), End> {
        let json =
            to_raw_value(message).expect("views have string keys and no failing serializers");
        self.sink.send(json).await.map_err(|_| End::Gone)
    }
}
