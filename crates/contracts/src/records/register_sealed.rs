//! A sealed record is registered in a chart, together with its seal.

use alloy_primitives::Address;

use super::{
    author::{check_signed, use_nonce},
    register::add,
};
use crate::{
    codes::Protection,
    host::{Host, Stop},
    interfaces::IRecords::{registerCall, registerSealedCall, registerSealedSignedCall},
    seals::NewSeal,
    signing::SealedRegistration,
};

/// Registers a sealed record; `author` is who sent it.
///
/// # Errors
/// Of [`add`].
pub(super) fn register_sealed(
    host: &mut dyn Host,
    author: Address,
    call: &registerSealedCall,
) -> Result<(), Stop> {
    let plain = registerCall {
        record: call.record,
        chart: call.chart,
        commitment: call.commitment,
        contentId: call.contentId,
        wrapId: call.wrapId,
        kind: call.kind,
        protection: Protection::Sealed.code(),
    };
    let seal = NewSeal {
        salt: call.salt,
        sealed_key: call.sealedKey,
    };
    add(host, author, &plain, Some(&seal))
}

/// Registers a sealed record for the author who signed it.
///
/// # Errors
/// Of [`check_signed`], then of [`add`].
pub(super) fn register_sealed_signed(
    host: &mut dyn Host,
    call: &registerSealedSignedCall,
) -> Result<(), Stop> {
    let registration = SealedRegistration {
        record: call.record,
        chart: call.chart,
        commitment: call.commitment,
        contentId: call.contentId,
        wrapId: call.wrapId,
        kind: call.kind,
        salt: call.salt,
        sealedKey: call.sealedKey,
        nonce: call.authority.nonce,
        deadline: call.authority.deadline,
    };
    check_signed(host, &call.authority, &registration)?;
    let in_person = registerSealedCall {
        record: call.record,
        chart: call.chart,
        commitment: call.commitment,
        contentId: call.contentId,
        wrapId: call.wrapId,
        kind: call.kind,
        salt: call.salt,
        sealedKey: call.sealedKey,
    };
    register_sealed(host, call.authority.author, &in_person)?;
    Ok(use_nonce(host, &call.authority)?)
}

#[cfg(test)]
mod tests;
