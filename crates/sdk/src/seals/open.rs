//! Opens sealed records: an opening on the ledger first, then the keepers' answers, then the documents.

use super::answers::{Combining, Secrets};
use crate::{
    Client, Error,
    client::event,
    records::{Document, Record, decrypt},
};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use std::sync::Arc;
use std::time::{Duration, Instant};
use theriac_contracts::{
    Refusal,
    addresses::SEALS,
    codes::{OpeningStatus, Purpose},
    interfaces::ISeals::{OpeningDecided, openCall, sealOfCall},
};
use theriac_envelope::{
    ContentId, PrivateKey, Suite,
    seal::{BadKeeper, Sealed},
};

/// Records that are fetched at the same time.
const CONCURRENT: usize = 16;

/// Sealed records that were opened.
#[derive(Clone)]
pub struct OpenedSeals {
    /// The number of the opening in the network.
    pub opening: u64,
    /// The documents, in the order of the opening.
    pub documents: Vec<Document>,
    /// Keepers whose answers were wrong. The records opened without them; their members' operators should hear of it.
    pub bad: Vec<BadKeeper>,
    /// The transaction that entered the opening into the chart's log.
    pub transaction: B256,
    /// The height of its block.
    pub height: u64,
    /// Where the time went.
    pub spent: Spent,
}

/// Where the time of an opening went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// From the wish to the plaintext.
    pub whole: Duration,
    /// Until the opening was decided, final and durable at the node that was asked.
    pub ledger: Duration,
    /// Until enough keepers had answered. What is left was spent on blobs, combining and decrypting.
    pub keepers: Duration,
}

/// What the ledger decided.
struct Decided {
    opening: u64,
    records: Vec<B256>,
    seals: Vec<B256>,
    transaction: B256,
    height: u64,
}

impl Client {
    /// Opens sealed records of one chart. With a request, under that grant; without one, as the chart's rules decide at once.
    /// A denial is in the chart's log.
    ///
    /// # Errors
    /// `Refused`: denied by rule (`OpeningDenied`), closed since (`OpeningClosed`), not sealed, not covered; `KeepersMissing`;
    /// `Amended`; `LedgerMismatch`, `Content` for what does not check; those of [`Client::send`] and [`Client::get_blob`].
    pub async fn open_sealed(
        &self,
        chart: B256,
        records: &[B256],
        purpose: Purpose,
        request: Option<B256>,
    ) -> Result<OpenedSeals, Error> {
        let key = PrivateKey::generate(Suite::XWing, &mut rand::rng());
        let call = openCall {
            chart,
            records: records.to_vec(),
            purpose: purpose.code(),
            key: key.public_key().id().0.into(),
            request: request.unwrap_or_default(),
        };
        let begun = Instant::now();
        let receipt = self.send(SEALS, &call).await?;
        self.read_opening(&receipt, begun, key).await
    }

    /// Reads what an opening admits: the keepers' answers, combined, and the documents of its records.
    pub(super) async fn read_opening(
        &self,
        receipt: &TransactionReceipt,
        begun: Instant,
        key: PrivateKey,
    ) -> Result<OpenedSeals, Error> {
        let ledger = begun.elapsed();
        let decided = decided(receipt)?;
        let records = self.records_of(&decided).await?;
        let (records, seals): (Vec<_>, Vec<_>) = records.into_iter().unzip();
        let combining = Arc::new(Combining {
            opening: decided.opening,
            seals,
            key,
        });
        let Secrets {
            secrets,
            bad,
            keepers,
        } = self.secrets_of(combining).await?;
        let each = records.into_iter().zip(&secrets);
        let documents = stream::iter(each)
            .map(|(record, secret)| decrypt(self, record, secret))
            .buffered(CONCURRENT)
            .try_collect()
            .await?;
        Ok(OpenedSeals {
            opening: decided.opening,
            documents,
            bad,
            transaction: decided.transaction,
            height: decided.height,
            spent: Spent {
                whole: begun.elapsed(),
                ledger,
                keepers,
            },
        })
    }

    /// The entries of an opening's records and their sealed blobs, in its order.
    async fn records_of(
        &self,
        decided: &Decided,
    ) -> Result<Vec<(Record, ([u8; 32], Sealed))>, Error> {
        stream::iter(decided.records.iter().zip(&decided.seals))
            .map(|(record, seal)| self.sealed_record(*record, *seal))
            .buffered(CONCURRENT)
            .try_collect()
            .await
    }

    /// The entry of a record as most nodes tell it, and the blob of its seal, which must be that of the opening.
    async fn sealed_record(
        &self,
        record: B256,
        seal: B256,
    ) -> Result<(Record, ([u8; 32], Sealed)), Error> {
        let entry = self.record(record);
        let found = async {
            let found = self.call(SEALS, &sealOfCall { record }).await?;
            if found.id != seal {
                return Err(Error::Amended);
            }
            let blob = self.get_blob(ContentId(found.sealedKey.0)).await?;
            Ok(Sealed::decode(&blob)?)
        };
        let (entry, sealed) = futures::try_join!(entry, found)?;
        Ok((entry, (seal.0, sealed)))
    }
}

/// The opening that a transaction made, where it was admitted.
fn decided(receipt: &TransactionReceipt) -> Result<Decided, Error> {
    let event: OpeningDecided = event(receipt, SEALS)?;
    if event.status != OpeningStatus::Admitted.code() {
        return Err(Refusal::OpeningDenied.into());
    }
    if event.records.len() != event.seals.len() {
        return Err(Error::MalformedAnswer("opening"));
    }
    Ok(Decided {
        opening: event.opening,
        records: event.records,
        seals: event.seals,
        transaction: receipt.transaction_hash,
        height: receipt.block_number.unwrap_or_default(),
    })
}
