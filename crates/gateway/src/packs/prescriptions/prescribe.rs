//! A physician prescribes: her order becomes commitments on the ledger, and a file for the patient.

use alloy_primitives::B256;
use theriac_sdk::{
    Client,
    cabinets::{Blinding, Commitment},
    prescriptions::NewPrescription,
};
use theriac_standards::fhir::read_request;

use super::{
    check_network,
    files::{KeyFile, PrescriptionFile, TERMS, whole},
};
use crate::{
    packs::{Error, random},
    salted::commitment,
};

/// A prescription that is about to be entered. The file is to be kept before: it alone opens what the ledger will have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prescribing {
    /// For the patient.
    pub file: PrescriptionFile,
    new: NewPrescription,
}

impl Prescribing {
    /// Prepares a prescription from a FHIR `MedicationRequest`, for the key of a patient's wallet.
    ///
    /// # Errors
    /// Where the request is none, or cannot be honoured.
    pub fn prepare(request: &str, key: &KeyFile, now_ms: u64) -> Result<Self, Error> {
        let order = read_request(request.as_bytes())?.order()?;
        let (salt, blinding) = (B256::new(random()), Blinding::from_random(&random()));
        let new = NewPrescription {
            key: key.key,
            terms: commitment(TERMS, salt, request.as_bytes()),
            fills: order.fills,
            quantity: Commitment::of(whole(&order), blinding).encode(),
            from: order.from.unwrap_or(now_ms / 1_000),
            until: order.until,
        };
        let file = PrescriptionFile::new(key, request.to_owned(), (salt, blinding));
        Ok(Self { file, new })
    }

    /// Enters it, as the client's account.
    ///
    /// # Errors
    /// Where the key is of another network; those of the ledger.
    pub async fn enter(&self, client: &Client) -> Result<(), Error> {
        check_network(client, self.file.chain_id).await?;
        client.prescribe(self.new).await?;
        Ok(())
    }
}
