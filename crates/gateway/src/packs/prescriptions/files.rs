//! The three files: from the patient to the physician, back, and from the patient to the pharmacist.

use alloy_primitives::{Address, B256};
use serde::{Deserialize, Serialize};
use theriac_sdk::{
    Client,
    cabinets::{Blinding, Commitment},
    prescriptions::{Prescribed, SignedFill, Wallet},
};
use theriac_standards::fhir::{MedicationRequest, Order, read_request};

use crate::{
    book::Form,
    packs::{Error, Refusal, random},
    salted::commitment,
};

/// Domain of the commitment to a prescription's terms.
pub(super) const TERMS: &[u8] = b"theriac/prescription/terms/v1";

/// What a patient gives to her physician: the first key of the prescription to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeyFile {
    format: String,
    /// The network.
    pub chain_id: u64,
    /// 32 random bytes, from which her wallet finds the keys again.
    pub id: B256,
    /// The first key.
    pub key: Address,
}

/// What the physician gives back: the order, and what opens the ledger's commitments to it. It names the patient, and is hers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PrescriptionFile {
    format: String,
    /// The network.
    pub chain_id: u64,
    /// The wallet's identifier.
    pub id: B256,
    /// The first key.
    pub key: Address,
    /// The FHIR `MedicationRequest`, as it was committed to.
    pub request: String,
    /// Opens the commitment to the request.
    pub salt: B256,
    /// Opens the commitment to the whole amount.
    pub blinding: B256,
}

/// What the patient gives to one pharmacist, for one fill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Offer {
    format: String,
    /// The network.
    pub chain_id: u64,
    /// The FHIR `MedicationRequest`.
    pub request: String,
    /// Opens the commitment to the request.
    pub salt: B256,
    /// How much is to be handed out, in the order's unit.
    pub amount: u64,
    /// Opens the commitment to that amount.
    pub blinding: B256,
    /// The fill, signed by the prescription's key.
    pub fill: SignedFill,
}

impl Form for KeyFile {
    const FORMAT: &'static str = "theriac-prescription-key/1";

    fn format(&self) -> &str {
        &self.format
    }
}

impl Form for PrescriptionFile {
    const FORMAT: &'static str = "theriac-prescription/1";

    fn format(&self) -> &str {
        &self.format
    }
}

impl Form for Offer {
    const FORMAT: &'static str = "theriac-fill/1";

    fn format(&self) -> &str {
        &self.format
    }
}

impl KeyFile {
    /// A fresh key of a patient's.
    ///
    /// # Errors
    /// `NoAccount`; those of the ledger.
    pub async fn fresh(client: &Client) -> Result<Self, Error> {
        let id = B256::new(random());
        Ok(Self {
            format: Self::FORMAT.to_owned(),
            chain_id: client.chain_id().await?,
            id,
            key: Wallet::new(client.account()?, id).key(0).address(),
        })
    }
}

impl PrescriptionFile {
    pub(super) fn new(key: &KeyFile, request: String, (salt, blinding): (B256, Blinding)) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            chain_id: key.chain_id,
            id: key.id,
            key: key.key,
            request,
            salt,
            blinding: blinding.encode(),
        }
    }

    /// The order, and what of it the ledger holds.
    ///
    /// # Errors
    /// Where it cannot be honoured.
    pub fn order(&self) -> Result<(MedicationRequest, Order), Error> {
        honoured(&self.request)
    }

    /// The commitment to the order.
    pub fn terms(&self) -> B256 {
        commitment(TERMS, self.salt, self.request.as_bytes())
    }

    /// What was prescribed in all.
    ///
    /// # Errors
    /// Where the order cannot be honoured, or the blinding is none.
    pub fn prescribed(&self) -> Result<Prescribed, Error> {
        let (_, order) = self.order()?;
        Ok(Prescribed {
            fills: order.fills,
            quantity: whole(&order),
            blinding: decoded(self.blinding)?,
        })
    }
}

impl Offer {
    pub(super) fn new(
        file: &PrescriptionFile,
        amount: u64,
        (fill, blinding): (SignedFill, Blinding),
    ) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            chain_id: file.chain_id,
            request: file.request.clone(),
            salt: file.salt,
            amount,
            blinding: blinding.encode(),
            fill,
        }
    }

    /// The order, and what of it the ledger holds.
    ///
    /// # Errors
    /// Where it cannot be honoured.
    pub fn order(&self) -> Result<(MedicationRequest, Order), Error> {
        honoured(&self.request)
    }

    /// The commitment to the order.
    pub fn terms(&self) -> B256 {
        commitment(TERMS, self.salt, self.request.as_bytes())
    }

    /// Whether the signed fill is of the amount that the offer says.
    ///
    /// # Errors
    /// Where the blinding is none.
    pub(crate) fn opens(&self) -> Result<bool, Error> {
        let amount = i64::try_from(self.amount).unwrap_or(i64::MAX);
        let told = Commitment::of(amount, decoded(self.blinding)?);
        Ok(told.encode() == self.fill.fill.dispensed)
    }
}

fn honoured(request: &str) -> Result<(MedicationRequest, Order), Error> {
    let request = read_request(request.as_bytes())?;
    let order = request.order()?;
    Ok((request, order))
}

/// The amount of all fills.
pub(super) fn whole(order: &Order) -> i64 {
    let amount = i64::try_from(order.amount).expect("an order has at most ten thousand at a time");
    amount * i64::from(order.fills)
}

fn decoded(blinding: B256) -> Result<Blinding, Error> {
    let wrong = Refusal::NotAsPrescribed("blinding");
    Ok(Blinding::decode(blinding).map_err(|_| wrong)?)
}
