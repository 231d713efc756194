//! A manufacturer and a pharmacy with a book each, in a network of four validators.

use super::super::cluster::Cluster;
use crate::commands::genesis::NewOrganisation;
use anyhow::ensure;
use serde_json::json;
use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use theriac_consensus::chain::Execution;
use theriac_contracts::{
    OrganisationId,
    codes::{OrganisationKind, Role},
};
use theriac_gateway::packs::Partner;
use theriac_sdk::{Client, account::Account, directory::NewPerson};

pub(super) const GTIN: &str = "04012345123456";
pub(super) const EXPIRY: &str = "301200";
/// Places of the organisations that act, in the charter.
pub(super) const MAKER: usize = 0;
pub(super) const PHARMACY: usize = 1;
const GLNS: [&str; 2] = ["4012345000009", "4012345000023"];
/// Longest wait until a member has a block that another one has.
const BEHIND: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(20);

/// Four members and two partners.
pub(super) struct Network {
    pub(super) cluster: Cluster,
    pub(super) maker: Partner,
    pub(super) pharmacy: Partner,
}

impl Network {
    /// Founds the network, begins the books, and enters the product.
    ///
    /// # Errors
    /// Where the network does not start, or an entry is refused.
    pub(super) async fn start() -> anyhow::Result<Self> {
        let organisations = [
            ("Maker", OrganisationKind::Manufacturer),
            ("Pharmacy", OrganisationKind::Pharmacy),
            ("Wholesaler", OrganisationKind::Wholesaler),
            ("Authority", OrganisationKind::Regulator),
        ];
        let organisations = organisations.map(|(name, kind)| NewOrganisation {
            name: name.to_owned(),
            kind,
        });
        let cluster = Cluster::of(organisations.into(), Execution::Full)?;
        cluster.first_block().await?;
        let maker = partner(&cluster, MAKER).await?;
        let pharmacy = partner(&cluster, PHARMACY).await?;
        let holder = OrganisationId(MAKER as u32 + 1);
        let product = maker.client().set_product(GTIN.parse()?, holder, "");
        product.await?;
        Ok(Self {
            cluster,
            maker,
            pharmacy,
        })
    }
}

/// A client that asks the member of its organisation first.
pub(super) fn client(cluster: &Cluster, first: usize, account: Account) -> anyhow::Result<Client> {
    let validators = &cluster.founded.network.charter.validators;
    let address = |number: usize| format!("http://{}", validators[number].rpc);
    let mut nodes: Vec<_> = (0..validators.len()).map(address).collect();
    nodes.rotate_left(first);
    Ok(Client::new(&nodes, Some(Arc::new(account)))?)
}

/// An organisation's gateway account, and its book.
async fn partner(cluster: &Cluster, place: usize) -> anyhow::Result<Partner> {
    let admin = client(cluster, place, cluster.admin(place)?)?;
    let gateway = client(cluster, place, Account::generate())?;
    let new = NewPerson {
        account: gateway.address(),
        role: Role::Gateway,
        expiry: 0,
        name: "A gateway",
        licence: None,
    };
    let height = admin.enrol(new).await?.height;
    wait_for_height(&gateway, height).await?;
    let folder = cluster.scratch().join(format!("book{place}"));
    Ok(Partner::begin(gateway, &folder, GLNS[place]).await?)
}

/// Waits until the member that a client asks has a block.
async fn wait_for_height(client: &Client, height: u64) -> anyhow::Result<()> {
    let begun = Instant::now();
    while client.height().await? < height {
        ensure!(begun.elapsed() < BEHIND, "a member stays behind the others");
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

/// The signed bytes of the newest transaction of a client's account, found in the newest blocks.
///
/// # Errors
/// Where none of the last blocks has one.
pub(super) async fn newest_transaction(client: &Client) -> anyhow::Result<Vec<u8>> {
    const BLOCKS: u64 = 50;
    let nodes = client.nodes();
    let height = client.height().await?;
    let own = json!(client.address());
    for number in (height.saturating_sub(BLOCKS)..=height).rev() {
        let params = [json!(format!("{number:#x}")), json!(false)];
        let block: serde_json::Value = nodes.request("eth_getBlockByNumber", &params).await?;
        let hashes = block["transactions"].as_array().cloned();
        for hash in hashes.unwrap_or_default().into_iter().rev() {
            let params = [hash];
            let found: serde_json::Value =
                nodes.request("eth_getTransactionByHash", &params).await?;
            if found["from"] == own {
                let raw: alloy_primitives::Bytes =
                    nodes.request("debug_getRawTransaction", &params).await?;
                return Ok(raw.to_vec());
            }
        }
    }
    anyhow::bail!("the last {BLOCKS} blocks have no transaction of this account")
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
