//! A network file round trips, and its parts cannot be exchanged one by one.

use super::*;
use crate::genesis::{SHARING_MODE, charter::tests::charter};
use commonware_cryptography::bls12381::dkg::feldman_desmedt::deal;
use commonware_glue::dkg::types::EpochOutcome;
use commonware_utils::{N3f1, TestRng};

/// A dealt key stands in for a ceremony: the file does not know the difference.
fn network(charter: Charter) -> Network {
    let participants = charter.participants();
    let players = Set::from_iter_dedup(participants.keys().cloned());
    let (output, _) =
        deal::<_, _, N3f1>(TestRng::new(1), SHARING_MODE, players.clone()).expect("dealt");
    let info = EpochInfo {
        outcome: EpochOutcome::Success,
        epoch: Epoch::zero(),
        output,
        players: players.clone(),
        next_players: players,
        directory: transport::directory(&participants),
    };
    Network::new(charter, info).expect("fits")
}

#[test]
fn a_network_file_round_trips() {
    let root = tempfile::tempdir().expect("a temporary directory");
    let path = root.path().join("network.json");
    let network = network(charter(4));
    network.write(&path).expect("write");
    let read = Network::read(&path).expect("read");
    assert_eq!(read, network);
    assert_eq!(read.digest(), network.digest());
    assert_eq!(read.group_key().len(), 96);
}

#[test]
fn the_engine_gets_the_parameters_of_the_charter() {
    let network = network(charter(4));
    let chain = network.chain();
    assert_eq!(chain.spec.chain_id, 8_421);
    assert_eq!(chain.blocks_per_epoch, network.charter.epoch_blocks);
    assert_eq!(chain.genesis_time_ms, 1_700_000_000_000);
    assert_eq!(chain.digest.0, network.digest());
    assert_eq!(
        chain.namespace,
        [
            b"theriac/".as_slice(),
            &8_421u64.to_be_bytes(),
            b"/consensus"
        ]
        .concat()
    );
    assert_eq!(chain.members, network.charter.members());
}

#[test]
fn another_key_committee_or_address_is_a_contradiction() {
    let network = network(charter(4));
    let mut moved = network.charter.clone();
    moved.validators[0].p2p.set_port(1);
    let result = Network::new(moved, network.epoch_zero.clone());
    assert!(matches!(
        result,
        Err(NetworkError::Contradiction("the directory"))
    ));

    let result = Network::new(charter(5), network.epoch_zero.clone());
    assert!(matches!(
        result,
        Err(NetworkError::Contradiction("the committee"))
    ));

    let mut ended = network.epoch_zero.clone();
    ended.epoch = Epoch::new(1);
    let result = Network::new(network.charter.clone(), ended);
    assert!(matches!(
        result,
        Err(NetworkError::Contradiction("the epoch's number"))
    ));

    let json = network.to_json();
    let key = hex::encode(network.group_key());
    let other = key.replace(&key[..4], "0000");
    let result = Network::parse(json.replacen(&key, &other, 1).as_bytes());
    assert!(matches!(
        result,
        Err(NetworkError::Contradiction("groupKey"))
    ));

    let result = Network::parse(
        json.replace("\"chainId\": 8421", "\"chainId\": 8422")
            .as_bytes(),
    );
    assert!(matches!(
        result,
        Err(NetworkError::Contradiction("namespace"))
    ));
}

#[test]
fn a_malformed_network_file_is_refused() {
    let json = network(charter(1)).to_json();
    let version = json.replacen("\"version\": 1", "\"version\": 2", 1);
    assert!(matches!(
        Network::parse(version.as_bytes()),
        Err(NetworkError::Version(2))
    ));
    let unknown = json.replacen("\"version\": 1", "\"version\": 1, \"more\": 1", 1);
    assert!(matches!(
        Network::parse(unknown.as_bytes()),
        Err(NetworkError::Syntax(_))
    ));
    let torn = json.replacen("\"epochZero\": \"00", "\"epochZero\": \"", 1);
    assert_ne!(torn, json);
    assert!(matches!(
        Network::parse(torn.as_bytes()),
        Err(NetworkError::Epoch(_))
    ));
    assert!(matches!(
        Network::parse(&json.as_bytes()[1..]),
        Err(NetworkError::Syntax(_))
    ));
    assert!(matches!(
        Network::parse(&vec![b' '; SIZE_MAX + 1]),
        Err(NetworkError::Size(_))
    ));
}
