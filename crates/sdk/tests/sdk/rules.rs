//! A patient chooses rules that are contracts, by what nodes show of their code.

use crate::support::{Fault, Network, Node, Someone};
use alloy_primitives::{Address, B256};
use theriac_contracts::codes::{Kind, Kinds, Role};
use theriac_sdk::{Error, ErrorKind, rules::Finding};

const RULE: Address = Address::repeat_byte(0xaa);
/// Reads a slot and returns nothing.
const CODE: [u8; 4] = [0x5f, 0x54, 0x5f, 0xf3];

/// A network with a contract on it, a patient, and her chart.
async fn scene(nodes: usize) -> (Network, Someone, B256) {
    let mut network = Network::start().await;
    while network.nodes.len() < nodes {
        network.nodes.push(Node::start(&network.ledger).await);
    }
    network.ledger.lock().unwrap().place(RULE, &CODE);
    let patient = network.enrol(&network.hospital, Role::Patient).await;
    let all: Vec<_> = network.nodes.iter().collect();
    let patient = patient.again(&all);
    let address = patient.account.address();
    let opened = patient.client.open_chart(address).await.unwrap();
    (network, patient, opened.chart)
}

fn laboratory() -> Kinds {
    Kind::Laboratory.bit()
}

/// The contracts at which a kind of the chart is pointed.
async fn pointed(patient: &Someone, chart: B256) -> Vec<(u8, Address)> {
    let pointers = patient.client.rule_pointers(chart).await.unwrap();
    let pointers = pointers
        .into_iter()
        .filter(|pointer| !pointer.rule.is_zero());
    pointers
        .map(|pointer| (pointer.kind, pointer.rule))
        .collect()
}

#[tokio::test]
async fn kinds_are_pointed_at_a_contract_and_back() {
    let (_network, patient, chart) = scene(2).await;
    let told = patient.client.inspect_rule(RULE).await.unwrap();
    assert_eq!(told.findings, [Finding::NotARule, Finding::FixedStorage]);
    let kinds = Kinds(laboratory().0 | Kind::Imaging.bit().0);
    patient
        .client
        .point_rule(chart, kinds, Some(RULE))
        .await
        .unwrap();
    let both = [Kind::Laboratory, Kind::Imaging].map(|kind| (kind.code(), RULE));
    assert_eq!(pointed(&patient, chart).await, both);
    patient.client.point_rule(chart, kinds, None).await.unwrap();
    assert_eq!(pointed(&patient, chart).await, []);
}

#[tokio::test]
async fn account_without_code_is_not_pointed_at() {
    let (network, patient, chart) = scene(2).await;
    let nobody = network.stranger().account.address();
    let refused = patient
        .client
        .point_rule(chart, laboratory(), Some(nobody))
        .await;
    let refused = refused.unwrap_err();
    assert!(matches!(refused, Error::RuleForbidden(Finding::NoCode)));
    assert_eq!(
        (refused.kind(), refused.code()),
        (ErrorKind::Refused, Some("RuleForbidden"))
    );
    assert_eq!(pointed(&patient, chart).await, []);
}

/// Only the patient points, whatever the contract.
#[tokio::test]
async fn nobody_else_points_the_kinds_of_a_chart() {
    let (network, patient, chart) = scene(2).await;
    let other = network.enrol(&network.hospital, Role::Patient).await;
    let refused = other
        .client
        .point_rule(chart, laboratory(), Some(RULE))
        .await;
    assert_eq!(refused.unwrap_err().code(), Some("NotTheController"));
    assert_eq!(pointed(&patient, chart).await, []);
}

/// One of three nodes shows harmless code; two do not, and they decide.
#[tokio::test]
async fn node_that_lies_about_code_is_outvoted() {
    let (network, patient, _) = scene(3).await;
    network.nodes[0].set(Fault::LiesAboutCode);
    let told = patient.client.inspect_rule(RULE).await.unwrap();
    assert!(told.finds(Finding::FixedStorage));
}

/// The only node that is asked shows other code than the ledger pins: the client sees it by the hash, and takes the choice back.
#[tokio::test]
async fn code_that_was_not_the_pinned_one_is_not_left_in_charge() {
    let (network, patient, chart) = scene(2).await;
    network.nodes[0].set(Fault::LiesAboutCode);
    let alone = patient.again(&[&network.nodes[0]]);
    let error = alone
        .client
        .point_rule(chart, laboratory(), Some(RULE))
        .await;
    assert!(matches!(error, Err(Error::CodeChanged)));
    assert_eq!(pointed(&patient, chart).await, []);
}
