//! The North American positive offer coupon (GS1 General Specifications, application identifier 8112).

use super::LintFault;
use super::characters::digits;
use super::coupon::{CouponField, Cursor};

/// Funder and serial number have six digits more than their length indicators say.
const BASE: usize = 6;

pub(super) fn lint(data: &[u8]) -> Result<(), LintFault> {
    digits(data)?;
    let mut cursor = Cursor::new(data);
    cursor.code(CouponField::FormatCode, b"01")?;
    let length = cursor.length(CouponField::Funder, b"0123456")?;
    cursor.take(CouponField::Funder, usize::from(length - b'0') + BASE)?;
    cursor.take(CouponField::OfferCode, 6)?;
    let length = cursor.length(CouponField::SerialNumber, b"0123456789")?;
    cursor.take(CouponField::SerialNumber, usize::from(length - b'0') + BASE)?;
    cursor.finish()
}
