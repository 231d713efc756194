//! The bare engine: members with the same scheme, database, doors and bytes, whose blocks execute nothing.

use super::{
    author::Author,
    batch::{self, Plan},
    cluster::Cluster,
    load::{Pace, drive},
    phase::Phase,
    prepare,
};
use theriac_contracts::addresses::RECORDS;

/// What a saturated network came to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Saturated {
    /// Final transactions per second.
    pub(super) throughput: f64,
    /// CPU time of one node for one transaction, in microseconds.
    pub(super) cpu_us: f64,
}

impl Saturated {
    /// From the phase and the CPU seconds that all members spent in it.
    pub(super) fn new(phase: &Phase, cpu_seconds: f64, members: usize) -> Self {
        Self {
            throughput: phase.saturated(),
            cpu_us: cpu_seconds / members as f64 / phase.finals() as f64 * 1e6,
        }
    }
}

/// Saturates a network of members that execute nothing. The organisations' administrators sign, since nobody can be
/// enrolled there.
///
/// # Errors
/// Where not all transactions become final.
pub(super) async fn measure(
    cluster: &Cluster,
    (transactions, batch): (usize, usize),
    pace: Pace,
) -> anyhow::Result<(Saturated, Phase)> {
    cluster.first_block().await?;
    let doors = prepare::doors(cluster).await?;
    let mut authors = Vec::new();
    for member in 0..doors.len() {
        authors.push(Author::new(cluster.admin(member)?, member));
    }
    let plan = Plan {
        chain_id: cluster.chain_id(),
        to: RECORDS,
        transactions,
        batch,
        doors: doors.len(),
    };
    let batches = batch::sign(&mut authors, plan);
    let cpu = cluster.cpu_seconds()?;
    let phase = drive(&doors, &doors[0], &batches, pace).await?;
    anyhow::ensure!(
        phase.finals() == phase.offered && phase.gas_used == 0,
        "the bare engine did not carry its load: {} {:?}",
        phase.line(),
        phase.errors
    );
    let cpu = cluster.cpu_seconds()? - cpu;
    Ok((Saturated::new(&phase, cpu, doors.len()), phase))
}
