//! The story: what keeps a record closed, who opens it all the same, how a pack reaches a patient, how a trial is proved, and what outlives a key, a member, a disk and the record.

mod emergency;
mod erasure;
mod evidence;
mod membership;
mod recovery;
mod refused;
mod repair;
mod rule;
mod share;
mod supply;
mod trial;

use super::{
    cast::{Person, enrol},
    narrator::Narrator,
    network::Network,
};
use alloy_primitives::B256;
use std::path::Path;
use theriac_contracts::codes::Role;

pub(super) const HOSPITAL: usize = 0;
pub(super) const CLINIC: usize = 1;
pub(super) const INSURER: usize = 2;
pub(super) const REGULATOR: usize = 3;

/// The patient's chart with the record that the story is about.
#[derive(Clone, Copy)]
struct Chart {
    id: B256,
    record: B256,
}

/// Everybody who takes part.
struct Cast<'a> {
    network: &'a Network,
    author: Person,
    doctor: Person,
    nurse: Person,
    insurer: Person,
    patient: Person,
    cardiologist: Person,
    officer: Person,
    guardians: [Person; 3],
}

/// What the story is told of.
pub(super) struct Material<'a> {
    /// The record that is shared.
    pub(super) document: &'a [u8],
    /// The folder of CDISC's pilot.
    pub(super) pilot: Option<&'a Path>,
}

/// Plays the story.
///
/// # Errors
/// Where a step fails, or does not fail as it should.
pub(super) async fn play(
    narrator: &Narrator,
    network: &Network,
    Material { document, pilot }: Material<'_>,
) -> anyhow::Result<()> {
    // First, since it takes effect some epochs later.
    let joining = membership::vote_in(narrator, network).await?;
    let cast = enrol_all(narrator, network).await?;
    let chart = share::play(narrator, &cast, document).await?;
    rule::play(narrator, &cast, chart, document).await?;
    emergency::play(narrator, &cast, chart, document).await?;
    evidence::play(narrator, &cast, chart.id).await?;
    let successor = recovery::play(narrator, &cast, chart, document).await?;
    supply::play(narrator, &cast, &successor).await?;
    trial::play(narrator, &cast, pilot).await?;
    membership::joined(narrator, &cast, joining).await?;
    repair::play(narrator, network).await?;
    erasure::play(narrator, &cast, &successor, chart).await?;
    narrator.step("Done: opened to whom the patient or her rules admitted, closed to all others, and provable to anyone.");
    Ok(())
}

async fn enrol_all<'a>(narrator: &Narrator, network: &'a Network) -> anyhow::Result<Cast<'a>> {
    narrator.step("Organisations enrol their people; each has a key of their own.");
    let cast = Cast {
        network,
        author: enrol(network, ("author", Role::Physician, HOSPITAL)).await?,
        patient: enrol(network, ("patient", Role::Patient, HOSPITAL)).await?,
        doctor: enrol(network, ("doctor", Role::Physician, CLINIC)).await?,
        nurse: enrol(network, ("nurse", Role::Nurse, CLINIC)).await?,
        insurer: enrol(network, ("insurer", Role::InsurerAgent, INSURER)).await?,
        cardiologist: enrol(network, ("cardiologist", Role::Physician, CLINIC)).await?,
        officer: enrol(network, ("officer", Role::PrivacyOfficer, CLINIC)).await?,
        guardians: [
            enrol(network, ("sister", Role::Patient, HOSPITAL)).await?,
            enrol(network, ("friend", Role::Patient, CLINIC)).await?,
            enrol(network, ("neighbour", Role::Patient, HOSPITAL)).await?,
        ],
    };
    let people = [
        ("author", &cast.author),
        ("patient", &cast.patient),
        ("doctor", &cast.doctor),
        ("nurse", &cast.nurse),
        ("insurer", &cast.insurer),
        ("cardiologist", &cast.cardiologist),
        ("officer", &cast.officer),
    ];
    for (who, person) in people {
        narrator.detail(who, person.account.address());
    }
    for guardian in &cast.guardians {
        narrator.detail("guardian", guardian.account.address());
    }
    Ok(cast)
}
