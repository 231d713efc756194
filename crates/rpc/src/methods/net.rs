//! What network and node this is.

use alloy_primitives::{Bytes, U64, U256, keccak256};
use alloy_rpc_types_eth::{SyncInfo, SyncStatus};

use super::Call;
use crate::answer::{Answer, answer};

pub(super) async fn client_version(call: Call) -> Answer {
    call.arguments.check_finished()?;
    answer(&call.service.config.client_version)
}

pub(super) async fn sha3(mut call: Call) -> Answer {
    let data: Bytes = call.arguments.required("data")?;
    call.arguments.check_finished()?;
    answer(&keccak256(data))
}

pub(super) async fn version(call: Call) -> Answer {
    call.arguments.check_finished()?;
    answer(&call.service.config.chain_id.to_string())
}

pub(super) async fn listening(call: Call) -> Answer {
    call.arguments.check_finished()?;
    answer(&true)
}

pub(super) async fn peer_count(call: Call) -> Answer {
    call.arguments.check_finished()?;
    let status = call.service.chain.status().await?;
    let connected = status.peers.iter().filter(|peer| peer.connected).count();
    answer(&U64::from(connected))
}

pub(super) async fn chain_id(call: Call) -> Answer {
    call.arguments.check_finished()?;
    answer(&U64::from(call.service.config.chain_id))
}

pub(super) async fn syncing(call: Call) -> Answer {
    call.arguments.check_finished()?;
    let progress = call.service.chain.status().await?.syncing;
    answer(&progress.map_or(SyncStatus::None, |progress| {
        SyncStatus::Info(Box::new(SyncInfo {
            starting_block: U256::from(progress.starting),
            current_block: U256::from(progress.current),
            highest_block: U256::from(progress.highest),
            ..SyncInfo::default()
        }))
    }))
}

pub(super) async fn accounts(call: Call) -> Answer {
    call.arguments.check_finished()?;
    answer(&[(); 0])
}
