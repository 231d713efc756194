//! Membership by vote: proposed, voted on and done, at nodes on loopback.

use crate::support::{Fault, Network, Someone};
use alloy_primitives::B256;

use theriac_contracts::{
    OrganisationKind, Refusal,
    codes::{ProposalStatus, Role},
};
use theriac_sdk::{
    Error,
    directory::NewPerson,
    members::{Change, Vote},
};

/// An Ed25519 public key: RFC 8032, section 7.1, test 1.
const IDENTITY: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

fn refusal<T>(outcome: Result<T, Error>) -> Refusal {
    match outcome {
        Err(Error::Refused(refusal)) => refusal,
        Err(other) => panic!("expected a refusal, got {other:?}"),
        Ok(_) => panic!("expected a refusal, got success"),
    }
}

fn admission(admin: &Someone) -> Change {
    Change::Admit {
        name: "Corner Pharmacy".to_owned(),
        kind: OrganisationKind::Pharmacy,
        admin: admin.account.address(),
        gas_per_block: 10_000_000,
    }
}

fn joining(organisation: u32) -> Change {
    Change::AddValidator {
        identity: IDENTITY.parse().unwrap(),
        organisation,
        location: "10.0.0.9:9000".to_owned(),
    }
}

/// Proposes as the hospital, and lets the three founders vote for it until it is done.
async fn carry(network: &Network, change: Change) {
    let client = &network.hospital.client;
    let id = client.propose(change).await.unwrap().proposal;
    for member in [&network.hospital, &network.clinic, &network.insurer] {
        if client.proposal(id).await.unwrap().status == ProposalStatus::Open {
            member.client.vote(id, true).await.unwrap();
        }
    }
    let status = client.proposal(id).await.unwrap().status;
    assert_eq!(status, ProposalStatus::Accepted);
}

#[tokio::test]
async fn an_organisation_is_admitted_acts_runs_a_validator_and_leaves() {
    let network = Network::start().await;
    let pharmacy = network.stranger();
    carry(&network, admission(&pharmacy)).await;
    let members = pharmacy.client.members().await.unwrap();
    let last = members.organisations.last().unwrap();
    assert_eq!(
        (last.id, last.name.as_str(), last.status),
        (4, "Corner Pharmacy", 1)
    );
    let pharmacist = network.enrol(&pharmacy, Role::Pharmacist).await;

    carry(&network, joining(4)).await;
    let members = pharmacist.client.members().await.unwrap();
    assert_eq!(members.active_validators().count(), 4);
    let proposal = pharmacy.client.propose(Change::Remove { organisation: 4 });
    assert_eq!(refusal(proposal.await), Refusal::OrganisationHasValidators);

    let leaving = Change::RemoveValidator {
        identity: IDENTITY.parse().unwrap(),
    };
    assert_eq!(
        refusal(pharmacy.client.propose(leaving.clone()).await),
        Refusal::TooFewValidators
    );
    let other = Change::AddValidator {
        identity: B256::repeat_byte(1),
        organisation: 1,
        location: "10.0.0.10:9000".to_owned(),
    };
    carry(&network, other).await;
    let id = carry_by_four(&network, &pharmacy, leaving).await;
    assert_eq!(
        network.clinic.client.proposal(id).await.unwrap().validators,
        5
    );
    carry(&network, Change::Remove { organisation: 4 }).await;
    let standing = network
        .hospital
        .client
        .standing(pharmacist.account.address());
    assert_eq!(standing.await.unwrap(), None);
    let new = NewPerson {
        account: network.stranger().account.address(),
        role: Role::Nurse,
        expiry: 0,
        name: "A. Person",
        licence: None,
    };
    assert!(pharmacy.client.enrol(new).await.is_err());
}

/// As [`carry`], where the hospital has two validators of five and the pharmacy one.
async fn carry_by_four(network: &Network, pharmacy: &Someone, change: Change) -> u64 {
    let submitted = network.hospital.client.propose(change).await.unwrap();
    let id = submitted.proposal;
    for member in [&network.hospital, &network.clinic] {
        member.client.vote(id, true).await.unwrap();
    }
    let open = network.insurer.client.open_proposals().await.unwrap();
    let found = open.iter().find(|proposal| proposal.id == id).unwrap();
    assert_eq!(
        (found.yes, found.no, found.validators, found.needed()),
        (3, 0, 5, 4)
    );
    pharmacy.client.vote(id, true).await.unwrap();
    id
}

/// A vote costs more where others made it the deciding one between its estimate and its block.
#[tokio::test]
async fn a_vote_that_ran_out_of_gas_is_sent_again() {
    let network = Network::start().await;
    let submitted = network.clinic.client.propose(joining(2)).await.unwrap();
    let vote = || network.insurer.client.vote(submitted.proposal, true);
    network.ledger.lock().unwrap().out_of_gas = 3;
    let given_up = vote().await;
    assert!(
        matches!(&given_up, Err(Error::Reverted(data)) if data.is_empty()),
        "{given_up:?}"
    );
    network.ledger.lock().unwrap().out_of_gas = 2;
    vote().await.unwrap();
    let proposal = network.clinic.client.proposal(submitted.proposal).await;
    assert_eq!(proposal.unwrap().yes, 1);
}

#[tokio::test]
async fn a_proposal_is_read_as_it_was_made_and_votes_as_they_were_cast() {
    let network = Network::start().await;
    let change = joining(2);
    let submitted = network.clinic.client.propose(change.clone()).await.unwrap();
    network
        .insurer
        .client
        .vote(submitted.proposal, true)
        .await
        .unwrap();
    network
        .hospital
        .client
        .vote_as(submitted.proposal, 0, true)
        .await
        .unwrap();
    let read = network
        .hospital
        .client
        .proposal(submitted.proposal)
        .await
        .unwrap();
    assert_eq!(read.change, Some(change));
    assert_eq!(read.status, ProposalStatus::Open);
    assert_eq!((read.yes, read.no, read.needed()), (2, 0, 3));
    assert_eq!(
        (read.deadline, read.decided_height),
        (submitted.deadline, None)
    );
    assert_eq!(read.by, network.clinic.account.address());
    let votes = network
        .hospital
        .client
        .votes(submitted.proposal)
        .await
        .unwrap();
    let vote = |validator| Vote {
        validator,
        support: true,
    };
    assert_eq!(votes, [vote(0), vote(2)]);
    let again = network.insurer.client.vote(submitted.proposal, false).await;
    assert_eq!(refusal(again), Refusal::VotedAlready);
    let settled = network.insurer.client.settle(submitted.proposal).await;
    assert_eq!(refusal(settled), Refusal::VotesUndecided);
}

#[tokio::test]
async fn each_kind_of_change_reads_back_and_one_vote_against_of_three_rejects() {
    let network = Network::start().await;
    let pharmacy = network.stranger();
    let client = &network.hospital.client;
    let mut parameters = client.parameters().await.unwrap();
    parameters.requestsPerDay = 7;
    let changes = [
        admission(&pharmacy),
        joining(3),
        Change::Quota {
            organisation: 2,
            gas_per_block: 9,
        },
        Change::Parameters(parameters),
        Change::Upgrade {
            version: 2,
            height: 1_000_000,
        },
        Change::MoveValidator {
            identity: B256::with_last_byte(3),
            location: "[2001:db8::3]:9000".to_owned(),
        },
        Change::RemoveValidator {
            identity: B256::with_last_byte(3),
        },
    ];
    for change in &changes {
        let id = client.propose(change.clone()).await.unwrap().proposal;
        network.insurer.client.vote(id, false).await.unwrap();
    }
    let all = client.proposals().await.unwrap();
    let read: Vec<_> = all.iter().flat_map(|one| one.change.clone()).collect();
    assert_eq!(read, changes);
    assert!(all.iter().all(|one| one.status == ProposalStatus::Rejected));
    assert!(client.open_proposals().await.unwrap().is_empty());
}

#[tokio::test]
async fn who_runs_no_validator_neither_proposes_nor_votes() {
    let network = Network::start().await;
    let doctor = network.enrol(&network.hospital, Role::Physician).await;
    let proposal = doctor.client.propose(joining(1)).await;
    assert_eq!(refusal(proposal), Refusal::NotAValidatorsAdmin);
    let id = network
        .hospital
        .client
        .propose(joining(1))
        .await
        .unwrap()
        .proposal;
    assert_eq!(
        refusal(doctor.client.vote(id, true).await),
        Refusal::NotAValidatorsAdmin
    );
}

#[tokio::test]
async fn what_a_single_node_tells_of_a_proposal_is_not_believed_alone() {
    let network = Network::start().await;
    let id = network
        .hospital
        .client
        .propose(joining(1))
        .await
        .unwrap()
        .proposal;
    *network.nodes[0].state.fault.lock().unwrap() = Fault::LiesAboutVotes;
    let voter = network
        .clinic
        .again(&[&network.nodes[0], &network.nodes[1]]);
    let told = voter.client.proposal(id).await;
    assert!(matches!(told, Err(Error::NodesDisagree)), "{told:?}");
}
