//! Codes of closed lists.

use super::characters::is_cset64;
use super::countries::COUNTRIES;
use super::currencies::CURRENCIES;
use super::package_types::PACKAGE_TYPES;
use super::{LintError, LintFault};

/// Media types that ICCBBA assigned, then those for local and national use.
const MEDIA_TYPES: [(u8, u8); 2] = [(1, 10), (80, 99)];

pub(super) fn hyphen(data: &[u8]) -> Result<(), LintFault> {
    let hyphens = !data.is_empty() && data.iter().all(|byte| *byte == b'-');
    require(hyphens, LintError::NotHyphen, data)
}

pub(super) fn importer_index(data: &[u8]) -> Result<(), LintFault> {
    let [index] = data else {
        let error = LintError::ImporterIdxMustBeOneCharacter;
        return Err(LintFault::whole(error, data));
    };
    require(
        is_cset64(*index),
        LintError::InvalidImportIdxCharacter,
        data,
    )
}

pub(super) fn country(data: &[u8]) -> Result<(), LintFault> {
    require(is_country(data), LintError::NotIso3166, data)
}

pub(super) fn country_or_any(data: &[u8]) -> Result<(), LintFault> {
    let known = data == b"999" || is_country(data);
    require(known, LintError::NotIso3166Or999, data)
}

pub(super) fn country_letters(data: &[u8]) -> Result<(), LintFault> {
    require(has_letters(data), LintError::NotIso3166Alpha2, data)
}

/// Whether `data` are the two letters of a country.
pub(super) fn has_letters(data: &[u8]) -> bool {
    data.len() == 2 && rows(COUNTRIES).any(|row| row[..2] == *data)
}

pub(super) fn currency(data: &[u8]) -> Result<(), LintFault> {
    let known = data.len() == 3 && rows(CURRENCIES).any(|row| row == data);
    require(known, LintError::NotIso4217, data)
}

pub(super) fn package_type(data: &[u8]) -> Result<(), LintFault> {
    let known = rows(PACKAGE_TYPES).any(|row| row == data);
    require(known, LintError::InvalidPackageType, data)
}

pub(super) fn media_type(data: &[u8]) -> Result<(), LintFault> {
    let known = match data {
        [tens, units] if tens.is_ascii_digit() && units.is_ascii_digit() => {
            let number = (tens - b'0') * 10 + (units - b'0');
            let mut ranges = MEDIA_TYPES.iter();
            ranges.any(|(first, last)| (*first..=*last).contains(&number))
        }
        _ => false,
    };
    require(known, LintError::InvalidMediaType, data)
}

pub(super) fn biological_sex(data: &[u8]) -> Result<(), LintFault> {
    one_of(data, b"0129", LintError::InvalidBiologicalSexCode)
}

pub(super) fn winding(data: &[u8]) -> Result<(), LintFault> {
    one_of(data, b"019", LintError::InvalidWindingDirection)
}

pub(super) fn yes_no(data: &[u8]) -> Result<(), LintFault> {
    one_of(data, b"01", LintError::NotZeroOrOne)
}

fn is_country(data: &[u8]) -> bool {
    data.len() == 3 && rows(COUNTRIES).any(|row| row[2..] == *data)
}

fn one_of(data: &[u8], allowed: &[u8], error: LintError) -> Result<(), LintFault> {
    let known = matches!(data, [byte] if allowed.contains(byte));
    require(known, error, data)
}

fn require(holds: bool, error: LintError, data: &[u8]) -> Result<(), LintFault> {
    if holds {
        return Ok(());
    }
    Err(LintFault::whole(error, data))
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static [u8]> {
    table.split_ascii_whitespace().map(str::as_bytes)
}
