//! The North American coupon code (GS1 General Specifications, application identifier 8110).

use super::characters::digits;
use super::company_prefix::at_first;
use super::coupon::{CouponField, CouponProblem, Cursor, Purchase, coupon};
use super::date::{self, Day};
use super::{CompanyPrefixes, LintFault};

const VALUE_LENGTHS: &[u8] = b"12345";
const REQUIREMENT_CODES: &[u8] = b"012349";
/// A company prefix has six digits more than its length indicator says.
const PREFIX_BASE: usize = 6;
const NO_PREFIX: u8 = b'9';

pub(super) fn lint(data: &[u8], prefixes: CompanyPrefixes<'_>) -> Result<(), LintFault> {
    digits(data)?;
    let mut cursor = Cursor::new(data);
    company_prefix(
        &mut cursor,
        CouponField::CompanyPrefix,
        b"0123456",
        prefixes,
    )?;
    cursor.take(CouponField::OfferCode, 6)?;
    let length = cursor.length(CouponField::SaveValue, VALUE_LENGTHS)?;
    cursor.take(CouponField::SaveValue, usize::from(length - b'0'))?;
    purchase(&mut cursor, Purchase::First)?;
    if cursor.takes(b'1') {
        cursor.code(CouponField::AdditionalRules, b"0123")?;
        further_purchase(&mut cursor, Purchase::Second, prefixes)?;
    }
    if cursor.takes(b'2') {
        further_purchase(&mut cursor, Purchase::Third, prefixes)?;
    }
    dates(&mut cursor)?;
    if cursor.takes(b'5') {
        let length = cursor.length(CouponField::SerialNumber, b"0123456789")?;
        cursor.take(
            CouponField::SerialNumber,
            usize::from(length - b'0') + PREFIX_BASE,
        )?;
    }
    if cursor.takes(b'6') {
        company_prefix(&mut cursor, CouponField::Retailer, b"1234567", prefixes)?;
    }
    if cursor.takes(b'9') {
        cursor.code(CouponField::SaveValueCode, b"01256")?;
        cursor.code(CouponField::SaveValueAppliesTo, b"012")?;
        cursor.code(CouponField::StoreCoupon, b"0123456789")?;
        cursor.code(CouponField::DontMultiply, b"01")?;
    }
    cursor.finish()
}

fn purchase(cursor: &mut Cursor<'_>, which: Purchase) -> Result<(), LintFault> {
    let length = cursor.length(CouponField::Requirement(which), VALUE_LENGTHS)?;
    cursor.take(CouponField::Requirement(which), usize::from(length - b'0'))?;
    cursor.code(CouponField::RequirementCode(which), REQUIREMENT_CODES)?;
    cursor.take(CouponField::FamilyCode(which), 3)?;
    Ok(())
}

fn further_purchase(
    cursor: &mut Cursor<'_>,
    which: Purchase,
    prefixes: CompanyPrefixes<'_>,
) -> Result<(), LintFault> {
    purchase(cursor, which)?;
    let field = CouponField::PurchasePrefix(which);
    company_prefix(cursor, field, b"01234569", prefixes)
}

fn company_prefix(
    cursor: &mut Cursor<'_>,
    field: CouponField,
    lengths: &[u8],
    prefixes: CompanyPrefixes<'_>,
) -> Result<(), LintFault> {
    let length = cursor.length(field, lengths)?;
    if length == NO_PREFIX {
        return Ok(());
    }
    let count = usize::from(length - b'0') + PREFIX_BASE;
    let (place, prefix) = cursor.take(field, count)?;
    at_first(prefix, prefixes).map_err(|fault| LintFault::new(fault.error, place, count))
}

/// Expiration in optional field 3, start in optional field 4.
fn dates(cursor: &mut Cursor<'_>) -> Result<(), LintFault> {
    let fields_start = cursor.place();
    let mut expiration = None;
    if cursor.takes(b'3') {
        expiration = Some(day(cursor, CouponField::ExpirationDate)?);
    }
    if cursor.takes(b'4') {
        let start = day(cursor, CouponField::StartDate)?;
        if expiration.is_some_and(|expiration| start > expiration) {
            let error = coupon(CouponField::ExpirationDate, CouponProblem::BeforeStart);
            let length = cursor.place() - fields_start;
            return Err(LintFault::new(error, fields_start, length));
        }
    }
    Ok(())
}

fn day<'a>(cursor: &mut Cursor<'a>, field: CouponField) -> Result<&'a [u8], LintFault> {
    let (place, day) = cursor.take(field, 6)?;
    date::lint(day, 2, Day::Needed)
        .map_err(|_| LintFault::new(coupon(field, CouponProblem::Invalid), place, 6))?;
    Ok(day)
}
