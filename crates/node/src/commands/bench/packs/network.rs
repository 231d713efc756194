//! A manufacturer and a pharmacy with a book each, in a network of four validators.

use super::super::{cluster::Cluster, people};
use crate::commands::genesis::NewOrganisation;
use serde_json::json;
use theriac_consensus::chain::Execution;
use theriac_contracts::{
    OrganisationId,
    codes::{OrganisationKind, Role},
};
use theriac_gateway::packs::Partner;
use theriac_sdk::Client;

pub(super) const GTIN: &str = "04012345123456";
pub(super) const EXPIRY: &str = "301200";
/// Places of the organisations that act, in the charter.
pub(super) const MAKER: usize = 0;
pub(super) const PHARMACY: usize = 1;
const GLNS: [&str; 2] = ["4012345000009", "4012345000023"];

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

/// An organisation's gateway account, and its book.
async fn partner(cluster: &Cluster, place: usize) -> anyhow::Result<Partner> {
    let gateway = people::enrol(cluster, place, (Role::Gateway, "A gateway")).await?;
    let folder = cluster.scratch().join(format!("book{place}"));
    Ok(Partner::begin(gateway, &folder, GLNS[place]).await?)
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
