//! The tag of a pack and its nullifier: hashes of what is printed on it. `docs/protocol/packs.md`, section 2.

use alloy_primitives::{B256, U256, b256, keccak256};

/// keccak256("theriac/pack/tag/v1").
const TAG_DOMAIN: B256 = b256!("9bd00780e334631cf395911e4f660015cf23411ec7ac576d23f6e7abd82a88ca");
/// keccak256("theriac/pack/nullifier/v1").
const NULLIFIER_DOMAIN: B256 =
    b256!("6312f5b8c8c1cac41d61e8189f21b2910a5a65e1f82857d79ac129b50251626d");
/// keccak256("theriac/pack/undo/v1").
const UNDO_DOMAIN: B256 = b256!("4a353bc2fe699e7b3301580f75d316502681c66a75dab06ff8f333f5d66d1735");
/// Version of the encoding of a label.
const LABEL_VERSION: u8 = 1;
/// Longest serial and lot number, in characters (GS1 General Specifications, AI 21 and AI 10).
const TEXT_MAX: usize = 20;
/// What GS1's character set 82 has besides letters and digits.
const SET_82_SIGNS: &[u8] = b"!\"%&'()*+,-./_:;<=>?";

/// What is printed on a pack, in the one form that is hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackLabel {
    gtin: u64,
    serial: String,
    lot: String,
    expiry: [u8; 6],
}

/// Why something printed cannot be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// The number is no GTIN.
    #[error("expected a GTIN of 14 digits with its check digit")]
    Gtin,
    /// The serial number is too long, empty, or has other characters.
    #[error("expected a serial number of 1 to 20 characters of GS1 set 82, got {0} bytes")]
    Serial(usize),
    /// The lot number is too long, empty, or has other characters.
    #[error("expected a lot number of 1 to 20 characters of GS1 set 82, got {0} bytes")]
    Lot(usize),
    /// The expiry is no date of six digits.
    #[error("expected an expiry of six digits, YYMMDD with 00 for no day")]
    Expiry,
}

impl PackLabel {
    /// The label of these four values. Serial and lot number are taken as printed, upper and lower case apart; the expiry too, with 00
    /// for a day that is not given.
    ///
    /// # Errors
    /// In this order: [`LabelError::Gtin`], [`LabelError::Serial`], [`LabelError::Lot`], [`LabelError::Expiry`].
    pub fn new(gtin: &str, serial: &str, lot: &str, expiry: &str) -> Result<Self, LabelError> {
        let is_long = gtin.len() == 14 && is_digits(gtin);
        let gtin = gtin.parse().ok().filter(|gtin| is_long && is_gtin(*gtin));
        let gtin = gtin.ok_or(LabelError::Gtin)?;
        if !is_text(serial) {
            return Err(LabelError::Serial(serial.len()));
        }
        if !is_text(lot) {
            return Err(LabelError::Lot(lot.len()));
        }
        Ok(Self {
            gtin,
            serial: serial.into(),
            lot: lot.into(),
            expiry: expiry_of(expiry).ok_or(LabelError::Expiry)?,
        })
    }

    /// 01 || GTIN as 14 digits || length || serial || length || lot || expiry as 6 digits.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![LABEL_VERSION];
        bytes.extend_from_slice(format!("{:014}", self.gtin).as_bytes());
        for text in [&self.serial, &self.lot] {
            bytes.push(text.len() as u8);
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes.extend_from_slice(&self.expiry);
        bytes
    }

    /// The pack's tag. It stays off the ledger until the pack has left: who knows the tag knows the nullifier.
    pub fn tag(&self) -> B256 {
        keccak256([TAG_DOMAIN.as_slice(), &self.encode()].concat())
    }
}

/// What is written when the pack with this tag leaves, on this chain.
pub fn nullifier(chain_id: u64, tag: B256) -> B256 {
    let chain_id = U256::from(chain_id).to_be_bytes::<32>();
    keccak256([NULLIFIER_DOMAIN.as_slice(), &chain_id, tag.as_slice()].concat())
}

/// What an exit keeps of the secret that undoes it.
pub fn undo_commitment(secret: B256) -> B256 {
    keccak256([UNDO_DOMAIN, secret].concat())
}

/// Whether the number is a GTIN: not zero, at most 14 digits, the last being the check digit (GS1 General Specifications: weights 3
/// and 1 from the right).
pub fn is_gtin(number: u64) -> bool {
    if number == 0 || number >= 100_000_000_000_000 {
        return false;
    }
    let (mut rest, mut sum, mut weight) = (number / 10, 0, 3);
    while rest > 0 {
        sum += rest % 10 * weight;
        rest /= 10;
        weight = 4 - weight;
    }
    (sum + number % 10).is_multiple_of(10)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_text(text: &str) -> bool {
    let in_set = |byte: u8| byte.is_ascii_alphanumeric() || SET_82_SIGNS.contains(&byte);
    (1..=TEXT_MAX).contains(&text.len()) && text.bytes().all(in_set)
}

fn expiry_of(text: &str) -> Option<[u8; 6]> {
    let digits: [u8; 6] = text.as_bytes().try_into().ok()?;
    if !is_digits(text) {
        return None;
    }
    let (month, day) = (&text[2..4], &text[4..]);
    (("01"..="12").contains(&month) && day <= "31").then_some(digits)
}

#[cfg(test)]
mod tests;
