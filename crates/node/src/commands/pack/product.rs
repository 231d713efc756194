//! `theriac pack product`.

use super::Desk;
use crate::errors::UsageError;
use clap::Args;
use serde_json::json;
use theriac_contracts::OrganisationId;
use theriac_standards::gs1::key::Gtin;

/// Claim a product for a manufacturer, or see who answers for it.
///
/// Only packs of lots that the product's manufacturer commissioned are authentic. Claimed products are changed by their holder or a regulator.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack product 04012345123456 --claim --account maker.json\n  theriac pack product 04012345123456 --holder 5 --account regulator.json\n  theriac pack product 04012345123456\n\nNext:\n  theriac pack commission --gtin GTIN --lot LOT --expiry YYMMDD --count N"
)]
pub(super) struct Product {
    /// The product's GTIN.
    #[arg(value_name = "GTIN")]
    gtin: String,
    /// Claim it for your organisation.
    #[arg(long, conflicts_with = "holder")]
    claim: bool,
    /// Give it to this manufacturer.
    #[arg(long, value_name = "ORGANISATION")]
    holder: Option<u32>,
    /// Where others ask about its packs: an https address.
    #[arg(long, value_name = "URL", default_value = "")]
    responder: String,
}

impl Product {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let gtin = Gtin::parse(&self.gtin).map_err(|error| UsageError(format!("GTIN: {error}")))?;
        let number: u64 = gtin.as_str().parse()?;
        let client = &desk.person.client;
        let holder = match (self.claim, self.holder) {
            (true, _) => {
                let standing = client.standing(client.address()).await?;
                let refused = theriac_sdk::Error::Refused(theriac_contracts::Refusal::NotEnrolled);
                Some(standing.ok_or(refused)?.organisation)
            }
            (false, holder) => holder.map(OrganisationId),
        };
        if let Some(holder) = holder {
            client.set_product(number, holder, &self.responder).await?;
        }
        let product = client.product(number).await?;
        let value = json!({
            "gtin": gtin.as_str(), "holder": product.as_ref().map(|product| product.holder),
            "responder": product.as_ref().map(|product| &product.responder),
        });
        let text = match &product {
            Some(product) => format!(
                "{gtin}  held by organisation {}  {}",
                product.holder, product.responder
            ),
            None => format!("{gtin}  claimed by nobody"),
        };
        desk.output().result(&value, &text)
    }
}
