//! The patient's wallet: what is left of a prescription, and the next fill offered to one pharmacist.

use alloy_primitives::Address;
use theriac_sdk::{
    Client,
    prescriptions::{Prescription, Remaining, Wallet},
};

use super::{Offer, PrescriptionFile, check_network};
use crate::packs::{Error, Refusal};

/// How a prescription stands, as its patient sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// As the ledger has it.
    pub prescription: Prescription,
    /// What is left.
    pub remaining: Remaining,
}

/// How a prescription of this account stands.
///
/// # Errors
/// `NotYourPrescription`; `NotAsPrescribed` where the ledger has another than the file; those of the ledger.
pub async fn standing(client: &Client, file: &PrescriptionFile) -> Result<Standing, Error> {
    check_network(client, file.chain_id).await?;
    let wallet = Wallet::new(client.account()?, file.id);
    if wallet.key(0).address() != file.key {
        return Err(Refusal::NotYourPrescription.into());
    }
    let prescription = client.prescription(file.key).await?;
    if prescription.terms != file.terms() {
        return Err(Refusal::NotAsPrescribed("order").into());
    }
    let remaining = client.remaining(&wallet, &file.prescribed()?).await?;
    let is_same = remaining.fills == prescription.fillsLeft;
    if !is_same || remaining.fills > 0 && remaining.commitment() != prescription.quantity {
        return Err(Refusal::NotAsPrescribed("amount").into());
    }
    Ok(Standing {
        prescription,
        remaining,
    })
}

/// Offers the next fill to a pharmacist: what the order says, or this amount.
///
/// # Errors
/// Those of [`standing`]; `AmountAboveOrder`, `NothingLeft`.
pub async fn offer(
    client: &Client,
    file: &PrescriptionFile,
    (pharmacist, amount): (Address, Option<u64>),
) -> Result<Offer, Error> {
    let remaining = standing(client, file).await?.remaining;
    let (_, order) = file.order()?;
    let left = u64::try_from(remaining.amount).unwrap_or_default();
    let amount = amount.unwrap_or_else(|| order.amount.min(left));
    if amount > order.amount {
        return Err(Refusal::AmountAboveOrder(order.amount).into());
    }
    let wallet = Wallet::new(client.account()?, file.id);
    let wanted = i64::try_from(amount).unwrap_or(i64::MAX);
    let agreed = wallet.agree(&remaining, (pharmacist, wanted), file.chain_id);
    let agreed = agreed.ok_or(Refusal::NothingLeft)?;
    Ok(Offer::new(file, amount, (agreed.signed, agreed.blinding)))
}
