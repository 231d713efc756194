//! Everything before the load: physicians of every organisation, each with a chart of a patient.

use super::{
    author::Author,
    batch::Batch,
    cluster::Cluster,
    door::Door,
    load::{Pace, drive},
};
use alloy_primitives::{Address, B256};
use alloy_sol_types::SolCall as _;
use anyhow::ensure;
use theriac_contracts::{
    addresses::{DIRECTORY, RECORDS},
    codes::Role,
    interfaces::{IDirectory::enrolCall, IRecords::openChartCall},
};
use theriac_sdk::account::Account;

/// Physicians of an organisation.
const PHYSICIANS: usize = 16;
/// Gas limit of an enrolment or of the opening of a chart; each uses less than half of it.
const SETUP_GAS: u64 = 600_000;
const WINDOW: usize = 64;

/// One login for each member: that of its organisation's administrator.
///
/// # Errors
/// Where a member refuses it.
pub(super) async fn doors(cluster: &Cluster) -> anyhow::Result<Vec<Door>> {
    let mut doors = Vec::new();
    for index in 0..cluster.founded.nodes.len() {
        let admin = cluster.admin(index)?;
        doors.push(
            cluster
                .door(index)
                .login(&admin, cluster.chain_id())
                .await?,
        );
    }
    Ok(doors)
}

/// Enrols the authors and opens their charts.
///
/// # Errors
/// Where not all of that becomes final.
pub(super) async fn authors(cluster: &Cluster, doors: &[Door]) -> anyhow::Result<Vec<Author>> {
    let chain_id = cluster.chain_id();
    let (mut authors, mut enrolments, mut openings) = (Vec::new(), Vec::new(), Vec::new());
    for member in 0..doors.len() {
        let mut admin = Author::new(cluster.admin(member)?, member);
        let patient = Account::generate().address();
        enrolments.push(Batch::new(
            member,
            &[enrol(&mut admin, chain_id, (patient, Role::Patient))],
        ));
        for _ in 0..PHYSICIANS {
            let mut author = Author::new(Account::generate(), member);
            let person = (author.account.address(), Role::Physician);
            enrolments.push(Batch::new(member, &[enrol(&mut admin, chain_id, person)]));
            openings.push(Batch::new(
                member,
                &[open_chart(&mut author, chain_id, patient)],
            ));
            authors.push(author);
        }
    }
    for batches in [enrolments, openings] {
        let phase = drive(doors, &doors[0], &batches, Pace::Window(WINDOW)).await?;
        ensure!(
            phase.finals() == phase.offered,
            "not prepared: {} {:?}",
            phase.line(),
            phase.errors
        );
    }
    Ok(authors)
}

/// An administrator's enrolment of a person.
pub(super) fn enrol(
    admin: &mut Author,
    chain_id: u64,
    (person, role): (Address, Role),
) -> theriac_sdk::account::SignedTransaction {
    let call = enrolCall {
        person,
        role: role.code(),
        expiry: 0,
        nameCommitment: B256::new(rand::random()),
        licenceCommitment: B256::ZERO,
    };
    admin.sign(chain_id, (DIRECTORY.into(), SETUP_GAS, call.abi_encode()))
}

/// An author's opening of the chart into which it will write.
pub(super) fn open_chart(
    author: &mut Author,
    chain_id: u64,
    controller: Address,
) -> theriac_sdk::account::SignedTransaction {
    let call = openChartCall {
        chart: author.chart,
        controller,
    };
    author.sign(chain_id, (RECORDS.into(), SETUP_GAS, call.abi_encode()))
}
