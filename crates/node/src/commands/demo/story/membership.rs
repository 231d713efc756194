//! A fifth organisation is admitted by vote, and its machine becomes a validator.

use super::{Cast, HOSPITAL};
use crate::commands::demo::{
    cast::{account_of, administrator},
    narrator::Narrator,
    network::{Machine, Network, Starting},
};
use alloy_primitives::B256;
use anyhow::{Context as _, ensure};
use futures::future::try_join_all;
use std::{sync::Arc, time::Instant};
use theriac_contracts::{OrganisationKind, codes::ProposalStatus};
use theriac_sdk::{Client, members::Change};

/// Organisations that run a validator at the beginning.
const FOUNDERS: usize = 4;
/// Gas per block of the new member.
const QUOTA: u64 = 20_000_000;

/// A machine on its way into the committee.
pub(super) struct Joining {
    starting: Starting,
    group_key: Vec<u8>,
}

/// Plays the vote and starts the machine, which waits to be let in.
///
/// # Errors
/// Where a step fails.
pub(super) async fn vote_in(narrator: &Narrator, network: &Network) -> anyhow::Result<Joining> {
    narrator.step("The members vote: a patients' organisation joins, with a validator of its own.");
    let admin = network.new_admin(
        "Patients of the River",
        OrganisationKind::PatientOrganisation,
    )?;
    let admit = Change::Admit {
        name: admin.name.clone(),
        kind: admin.kind,
        admin: admin.address,
        gas_per_block: QUOTA,
    };
    decide(narrator, network, admit).await?;
    let machine: Machine = network.new_machine()?;
    let add = Change::AddValidator {
        identity: B256::from_slice(machine.identity.public_key().as_ref()),
        organisation: admin.organisation,
        location: machine.identity.p2p_listen.to_string(),
    };
    decide(narrator, network, add).await?;
    let voter = Client::new(
        &network.rpcs_from(HOSPITAL),
        Some(Arc::new(account_of(&admin)?)),
    )?;
    ensure!(
        voter.members().await?.active_validators().count() == FOUNDERS + 1,
        "there is no fifth validator"
    );
    narrator.detail(
        "its machine",
        "waits for its first share of the key, which the next epochs bring",
    );
    Ok(Joining {
        starting: network.start_machine(&machine),
        group_key: network.group_key(),
    })
}

/// Proposes a change and has the founders vote until it is accepted.
///
/// # Errors
/// Where a step fails, or it is not accepted.
pub(super) async fn decide(
    narrator: &Narrator,
    network: &Network,
    change: Change,
) -> anyhow::Result<()> {
    let first = administrator(network, HOSPITAL)?;
    let kind = change.kind();
    let proposed = first.propose(change).await.context("propose")?;
    network.in_step().await?;
    let proposal = first.proposal(proposed.proposal).await?;
    let votes = (0..proposal.needed() as usize).map(async |founder| {
        let founder = administrator(network, founder)?;
        founder.vote(proposed.proposal, true).await.context("vote")
    });
    try_join_all(votes).await?;
    network.in_step().await?;
    let proposal = first.proposal(proposed.proposal).await?;
    ensure!(
        proposal.status == ProposalStatus::Accepted,
        "the proposal was not accepted"
    );
    narrator.detail(
        kind.word(),
        format!(
            "accepted by {} of {}, more than two thirds",
            proposal.yes, proposal.validators
        ),
    );
    Ok(())
}

/// Waits until the machine votes.
///
/// # Errors
/// Where it does not come in.
pub(super) async fn joined(
    narrator: &Narrator,
    cast: &Cast<'_>,
    joining: Joining,
) -> anyhow::Result<()> {
    narrator.step("The shares of the key are dealt anew: the fifth machine holds one and votes. The key is the same.");
    let begun = Instant::now();
    let progress = narrator.progress("two epochs pass");
    let [sister, friend, neighbour] = &cast.guardians;
    let people = [
        &cast.author,
        &cast.doctor,
        &cast.nurse,
        &cast.insurer,
        &cast.cardiologist,
        &cast.officer,
        sister,
        friend,
        neighbour,
    ];
    let clients = people.map(|person| &person.client);
    cast.network
        .busy_until(&clients, |status| status["committee"] == "0x5")
        .await?;
    cast.network.take_in(joining.starting)?;
    cast.network.in_step().await?;
    drop(progress);
    let status = cast.author.client.node_status().await?;
    let key = format!("0x{}", hex::encode(&joining.group_key));
    ensure!(status["groupKey"] == key.as_str(), "the group key changed");
    narrator.detail("committee", "five; one may fail, four must agree");
    narrator.detail("group key", "unchanged");
    narrator.detail(
        "waited",
        format!("{:.1} s more", begun.elapsed().as_secs_f32()),
    );
    Ok(())
}
