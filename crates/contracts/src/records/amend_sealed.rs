//! A sealed record's content is replaced by a new version under a new seal.

use alloy_primitives::Address;

use super::{
    amend::replace,
    author::{check_signed, use_nonce},
};
use crate::{
    host::{Host, Stop},
    interfaces::IRecords::{amendCall, amendSealedCall, amendSealedSignedCall},
    seals::NewSeal,
    signing::SealedAmendment,
};

/// Amends a sealed record; `author` is who sent it.
///
/// # Errors
/// Of [`replace`].
pub(super) fn amend_sealed(
    host: &mut dyn Host,
    author: Address,
    call: &amendSealedCall,
) -> Result<(), Stop> {
    let plain = amendCall {
        record: call.record,
        commitment: call.commitment,
        contentId: call.contentId,
        wrapId: call.wrapId,
    };
    let seal = NewSeal {
        salt: call.salt,
        sealed_key: call.sealedKey,
    };
    replace(host, author, &plain, Some(&seal))
}

/// Amends a sealed record for the author who signed it.
///
/// # Errors
/// Of [`check_signed`], then of [`replace`].
pub(super) fn amend_sealed_signed(
    host: &mut dyn Host,
    call: &amendSealedSignedCall,
) -> Result<(), Stop> {
    let amendment = SealedAmendment {
        record: call.record,
        commitment: call.commitment,
        contentId: call.contentId,
        wrapId: call.wrapId,
        salt: call.salt,
        sealedKey: call.sealedKey,
        nonce: call.authority.nonce,
        deadline: call.authority.deadline,
    };
    check_signed(host, &call.authority, &amendment)?;
    let in_person = amendSealedCall {
        record: call.record,
        commitment: call.commitment,
        contentId: call.contentId,
        wrapId: call.wrapId,
        salt: call.salt,
        sealedKey: call.sealedKey,
    };
    amend_sealed(host, call.authority.author, &in_person)?;
    Ok(use_nonce(host, &call.authority)?)
}

#[cfg(test)]
mod tests;
