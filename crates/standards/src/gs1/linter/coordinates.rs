//! Latitude and longitude in ten digits: degrees times ten million, counted from the south pole and from Greenwich.

use super::characters::digits;
use super::{LintError, LintFault};

pub(super) fn latitude(data: &[u8]) -> Result<(), LintFault> {
    if data.len() != 10 {
        return Err(LintFault::whole(LintError::LatitudeInvalidLength, data));
    }
    digits(data)?;
    if data > b"1800000000".as_slice() {
        return Err(LintFault::whole(LintError::InvalidLatitude, data));
    }
    Ok(())
}

pub(super) fn longitude(data: &[u8]) -> Result<(), LintFault> {
    if data.len() != 10 {
        return Err(LintFault::whole(LintError::LongitudeInvalidLength, data));
    }
    digits(data)?;
    if data > b"3600000000".as_slice() {
        return Err(LintFault::whole(LintError::InvalidLongitude, data));
    }
    Ok(())
}
