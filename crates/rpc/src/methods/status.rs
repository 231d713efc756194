//! How the node is doing.

use alloy_primitives::U64;
use serde_json::{Value, json};

use super::Call;
use crate::{
    ProtocolStatus,
    answer::{Answer, RpcError, answer},
};

/// Everybody learns which network this is and how far the node is; enrolled callers learn more.
pub(super) async fn status(call: Call) -> Answer {
    call.arguments.check_finished()?;
    let service = &call.service;
    let head = service.chain.head().await?;
    let status = service.chain.status().await?;
    let mut told = json!({
        "chainId": U64::from(service.config.chain_id),
        "clientVersion": service.config.client_version,
        "height": U64::from(head.header.number),
        "hash": head.hash,
        "time": U64::from(head.header.timestamp),
        "epoch": U64::from(status.epoch),
        "groupKey": status.group_key,
        "syncing": status.syncing.is_some(),
        "sharesRevealed": status.shares_revealed.map(U64::from),
        "protocol": protocol(&status.protocol),
    });
    match service.require_enrolled(call.caller).await {
        Ok(()) => {}
        Err(RpcError::Refused(_)) => return answer(&told),
        Err(failure) => return Err(failure),
    }
    let peer = |peer: &crate::PeerStatus| json!({ "id": peer.id, "connected": peer.connected });
    let peers: Vec<Value> = status.peers.iter().map(peer).collect();
    told["account"] = json!(call.caller.account());
    told["floor"] = json!(U64::from(status.floor));
    told["pending"] = json!(U64::from(status.pending));
    told["doubleVotes"] = json!(U64::from(status.double_votes));
    told["committee"] = json!(U64::from(status.committee));
    told["validators"] = json!(U64::from(status.validators));
    told["openProposals"] = json!(U64::from(status.open_proposals));
    told["diskBytes"] = json!(U64::from(status.disk_bytes));
    told["peers"] = json!(peers);
    answer(&told)
}

/// Which version of the rules the network follows, which this node knows, and from which height on another is decided.
fn protocol(protocol: &ProtocolStatus) -> Value {
    let next = |(version, height): (u64, u64)| json!({ "version": U64::from(version), "height": U64::from(height) });
    json!({
        "version": U64::from(protocol.version),
        "known": U64::from(protocol.known),
        "next": protocol.next.map(next),
    })
}
