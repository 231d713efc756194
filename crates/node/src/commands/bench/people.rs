//! People of the organisations of a network, and the clients with which they act.

use super::cluster::Cluster;
use anyhow::ensure;
use serde_json::json;
use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use theriac_contracts::codes::Role;
use theriac_sdk::{Client, account::Account, directory::NewPerson};

/// Longest wait until a member has a block that another one has.
const BEHIND: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(20);

/// A client that asks the member of its organisation first.
pub(super) fn client(cluster: &Cluster, first: usize, account: Account) -> anyhow::Result<Client> {
    let validators = &cluster.founded.network.charter.validators;
    let address = |number: usize| format!("http://{}", validators[number].rpc);
    let mut nodes: Vec<_> = (0..validators.len()).map(address).collect();
    nodes.rotate_left(first);
    Ok(Client::new(&nodes, Some(Arc::new(account)))?)
}

/// Someone new in an organisation, by its place in the charter.
///
/// # Errors
/// Where the enrolment is refused, or the member of the organisation stays behind.
pub(super) async fn enrol(
    cluster: &Cluster,
    place: usize,
    (role, name): (Role, &str),
) -> anyhow::Result<Client> {
    let admin = client(cluster, place, cluster.admin(place)?)?;
    let person = client(cluster, place, Account::generate())?;
    let new = NewPerson {
        account: person.address(),
        role,
        expiry: 0,
        name,
        licence: None,
    };
    let height = admin.enrol(new).await?.height;
    wait_for_height(&person, height).await?;
    Ok(person)
}

/// Waits until the member that a client asks has a block.
///
/// # Errors
/// Where that takes too long.
pub(super) async fn wait_for_height(client: &Client, height: u64) -> anyhow::Result<()> {
    let begun = Instant::now();
    while client.height().await? < height {
        ensure!(begun.elapsed() < BEHIND, "a member stays behind the others");
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

/// How many final transactions a client's account has.
///
/// # Errors
/// Where no member answers.
pub(super) async fn entries(client: &Client) -> anyhow::Result<u64> {
    let params = [json!(client.address()), json!("latest")];
    let nodes = client.nodes();
    let count: alloy_primitives::U64 = nodes.request("eth_getTransactionCount", &params).await?;
    Ok(count.to())
}

/// Unix milliseconds.
pub(super) fn now_ms() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.map_or(0, |elapsed| elapsed.as_millis() as u64)
}
