//! Which members this node is connected to, as the engine's metrics tell.

use alloy_primitives::B256;
use commonware_codec::Encode as _;
use std::{collections::BTreeSet, sync::Arc};
use theriac_ledger::block::PublicKey;
use theriac_rpc::PeerStatus;

/// The engine's metrics in the text format of Prometheus.
pub(super) type MetricsText = Arc<dyn Fn() -> String + Send + Sync>;

/// The metric that has a line for each peer while it is connected.
const CONNECTED: &str = "_connected{";

/// All `members` but `me`.
pub(super) fn peers<'a>(
    metrics: &str,
    members: impl IntoIterator<Item = &'a PublicKey>,
    me: &PublicKey,
) -> Vec<PeerStatus> {
    let connected = connected(metrics);
    members
        .into_iter()
        .filter(|member| *member != me)
        .map(|member| {
            let id = B256::from_slice(&member.encode());
            PeerStatus {
                id,
                connected: connected.contains(&id),
            }
        })
        .collect()
}

fn connected(metrics: &str) -> BTreeSet<B256> {
    let peer = |line: &str| {
        let (_, labels) = line.split_once(CONNECTED)?;
        let (_, value) = labels.split_once("peer=\"")?;
        value.split_once('"')?.0.parse().ok()
    };
    metrics.lines().filter_map(peer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use commonware_cryptography::{Signer as _, ed25519};

    #[test]
    fn peers_are_connected_while_the_metrics_have_a_line_for_them() {
        let keys = [0, 1, 2].map(|seed| ed25519::PrivateKey::from_seed(seed).public_key());
        let metrics = format!(
            "# TYPE member_network_tracker_connected gauge\n\
             member_network_tracker_connected{{peer=\"{}\"}} 1795429800000\n\
             member_network_tracker_updates_total{{peer=\"{}\"}} 3\n",
            keys[1], keys[2]
        );
        let told = peers(&metrics, &keys, &keys[0]);
        let told: Vec<_> = told.iter().map(|peer| (peer.id, peer.connected)).collect();
        let id = |key: &PublicKey| B256::from_slice(&key.encode());
        assert_eq!(told, [(id(&keys[1]), true), (id(&keys[2]), false)]);
    }
}
