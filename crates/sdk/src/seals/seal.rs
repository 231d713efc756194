//! The author's side: a record secret sealed to the network's key, and the blob in the vault.

use crate::{Client, Error, random};
use alloy_primitives::{Address, B256};
use theriac_contracts::seal_id;
use theriac_envelope::{
    ContentId, RecordSecret,
    seal::{SealContext, seal},
};

/// What the ledger is told of a new seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NewSeal {
    /// 32 random bytes, from which the seal id follows.
    pub(crate) salt: B256,
    /// The name of the sealed blob.
    pub(crate) sealed_key: B256,
}

/// Seals the secret of a version of a record in a chart of `controller` and puts the blob into the vault.
///
/// # Errors
/// `NodesDisagree` about the group key; those of [`Client::put_blob`].
pub(crate) async fn seal_for(
    client: &Client,
    controller: Address,
    (record, version): (B256, u32),
    secret: &RecordSecret,
) -> Result<NewSeal, Error> {
    let (chain_id, salt) = (client.chain_id().await?, B256::new(random()));
    let context = SealContext {
        chain_id,
        seal: seal_id(chain_id, (record, version), controller, salt).0,
    };
    let group_key = client.group_key().await?;
    let sealed = seal(secret, &group_key, &context, &mut rand::rng())?;
    let ContentId(sealed_key) = client.put_blob(sealed.encode()).await?;
    Ok(NewSeal {
        salt,
        sealed_key: sealed_key.into(),
    })
}
