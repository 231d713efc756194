//! No signature over a seal is one for anything else: the namespaces of a network are disjoint, and none starts another.

use theriac_envelope::seal::namespace as seal_namespace;
use theriac_evidence::certificate::{Purpose, base_namespace, namespace};

/// Everything that a network signs under, by share or by identity key.
fn namespaces(chain_id: u64) -> Vec<Vec<u8>> {
    let own = |purpose: &str| {
        let chain_id = chain_id.to_be_bytes();
        [b"theriac/".as_slice(), &chain_id, purpose.as_bytes()].concat()
    };
    let votes = Purpose::ALL.map(|purpose| namespace(chain_id, purpose));
    let others = ["/reshare", "/bootstrap/", "/votes", "/partials", "/p2p"].map(own);
    let mut all = vec![seal_namespace(chain_id)];
    all.extend(votes.into_iter().chain(others));
    all
}

#[test]
fn the_namespace_of_seals_is_apart_from_all_others_of_this_and_every_other_network() {
    // One network's id ends as another's name could begin.
    let networks = [0, 1, 7, 256, 0x2f73_6561_6c00_0000, u64::MAX];
    let all: Vec<_> = networks.into_iter().flat_map(namespaces).collect();
    for (index, one) in all.iter().enumerate() {
        for other in &all[index + 1..] {
            assert!(!one.starts_with(other) && !other.starts_with(one));
        }
    }
}

#[test]
fn the_namespace_of_seals_is_not_the_base_of_votes() {
    for network in [1, 8_421] {
        let (seal, base) = (seal_namespace(network), base_namespace(network));
        assert!(!seal.starts_with(&base) && !base.starts_with(&seal));
        assert_eq!(
            seal,
            [b"theriac/".as_slice(), &network.to_be_bytes(), b"/seal"].concat()
        );
    }
}
