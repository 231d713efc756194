//! A devnet is founded over real sockets, and its files are what a node needs.

use std::{collections::BTreeSet, os::unix::fs::PermissionsExt as _};

use commonware_consensus::types::Epoch;
use theriac_consensus::{genesis::Network, secrets::FileSecretStore};
use theriac_sdk::account::{Keystore, Password};

use super::*;

#[test]
fn four_members_on_loopback_found_a_network() {
    let root = tempfile::tempdir().expect("a temporary directory");
    let directory = root.path().join("devnet");
    let founded = Devnet::new(&directory).found().expect("a network");

    assert_eq!(founded.nodes.len(), 4);
    let mut keys = BTreeSet::new();
    for (node, validator) in founded
        .nodes
        .iter()
        .zip(&founded.network.charter.validators)
    {
        assert_eq!(
            Network::read(&node.network()).expect("a network file"),
            founded.network
        );
        let identity = Identity::read(&node.identity()).expect("an identity");
        assert_eq!(identity.public_key(), validator.identity);
        assert_eq!(identity.p2p_listen, validator.p2p);
        keys.insert(identity.public_key());
        let secrets = FileSecretStore::open(node.secrets()).expect("secrets");
        assert_eq!(secrets.epochs().expect("readable"), [Epoch::zero()]);
        assert!(
            !node.root().join("ceremony").exists(),
            "nothing of the ceremony remains"
        );
    }
    assert_eq!(keys.len(), 4);
    assert!(founded.network.epoch_zero.output.revealed().is_empty());
    println!("ceremony of four on loopback: {:?}", founded.ceremony);
}

#[test]
fn each_organisation_gets_an_account_that_its_password_file_opens() {
    let root = tempfile::tempdir().expect("a temporary directory");
    let organisation: NewOrganisation = "St. Mary: Main:clinic".parse().expect("well formed");
    let admin = new_admin(root.path(), 3, &organisation).expect("an account");
    assert_eq!(
        (admin.organisation, admin.name.as_str(), admin.kind),
        (3, "St. Mary: Main", OrganisationKind::Clinic)
    );
    let password = Password::from_file(&admin.password).expect("a password");
    let account = Keystore::read(&admin.keystore)
        .expect("a keystore")
        .open(&password)
        .expect("opens");
    assert_eq!(account.address(), admin.address);
    for file in [&admin.keystore, &admin.password] {
        assert_eq!(
            fs::metadata(file).expect("there").permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn a_directory_with_anything_in_it_is_left_alone() {
    let root = tempfile::tempdir().expect("a temporary directory");
    fs::write(root.path().join("precious"), "kept").expect("write");
    let error = Devnet::new(root.path()).found().expect_err("not empty");
    assert!(error.to_string().contains("is not empty"), "{error}");
    assert_eq!(fs::read_dir(root.path()).expect("there").count(), 1);
}

#[test]
fn a_taken_port_is_named() {
    let root = tempfile::tempdir().expect("a temporary directory");
    let taken = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let port = taken.local_addr().expect("bound").port();
    let devnet = Devnet {
        base_port: Some(port),
        ..Devnet::new(root.path())
    };
    let error = devnet.found().expect_err("taken");
    assert!(
        error.to_string().contains(&format!("port {port} is taken")),
        "{error}"
    );
}
