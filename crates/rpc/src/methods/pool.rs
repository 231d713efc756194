//! Transactions that wait: the caller's own.

use std::collections::BTreeMap;

use alloy_consensus::Transaction;
use alloy_primitives::{Address, U64};
use serde_json::json;

use super::Call;
use crate::{
    answer::{Answer, answer},
    read::Caller,
    view::pending_view,
};

pub(super) async fn content(call: Call) -> Answer {
    call.arguments.check_finished()?;
    let sender = match call.caller {
        Caller::Anyone(_) => None,
        Caller::Nobody | Caller::Account(_) => Some(call.account()?),
    };
    let mut pending: BTreeMap<Address, BTreeMap<String, _>> = BTreeMap::new();
    for transaction in call.service.chain.pending(sender).await? {
        let view = pending_view(&transaction)?;
        let nonce = view.inner.nonce().to_string();
        pending
            .entry(transaction.sender)
            .or_default()
            .insert(nonce, view);
    }
    answer(&json!({ "pending": pending, "queued": {} }))
}

pub(super) async fn status(call: Call) -> Answer {
    call.arguments.check_finished()?;
    let status = call.service.chain.status().await?;
    answer(&json!({ "pending": U64::from(status.pending), "queued": U64::ZERO }))
}
