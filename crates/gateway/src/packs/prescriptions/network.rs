//! A file of one network is of no use on another.

use theriac_sdk::Client;

use crate::packs::{Error, Refusal};

/// Whether a file is of the client's network.
pub(crate) async fn check_network(client: &Client, got: u64) -> Result<(), Error> {
    let expected = client.chain_id().await?;
    match got == expected {
        true => Ok(()),
        false => Err(Refusal::OtherNetwork { got, expected }.into()),
    }
}
