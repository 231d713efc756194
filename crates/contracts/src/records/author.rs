//! Who may write: an author in person, or an author's signature that someone else brings.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolStruct;

use super::state::{self, Chart, NONCES};
use crate::{
    addresses::RECORDS,
    codes::Role,
    directory::standing::standing,
    host::{Halt, Host, Stop},
    interfaces::IRecords::Authority,
    recovery,
    refusals::Refusal,
    signing::{self, SIGNATURE_LIMIT, is_signed_by},
};

/// Refuses an author who may not write into this chart: anyone enrolled writes into the chart they control, and some roles into any.
///
/// # Errors
/// In this order: `NotEnrolled`, `EnrolmentEnded`, `EnrolmentExpired`, `KeyFrozen`, `KeyReplaced`, `NotYourChart` (patients),
/// `RoleMayNotWrite`.
pub(super) fn check_may_write(
    host: &mut dyn Host,
    author: Address,
    chart: &Chart,
) -> Result<(), Stop> {
    let role = standing(host, author)?.role;
    if role.may_write() || recovery::state::holder(host, chart.controller)? == author {
        return Ok(());
    }
    Err(match role {
        Role::Patient => Refusal::NotYourChart,
        _ => Refusal::RoleMayNotWrite,
    }
    .into())
}

/// Refuses a message that its author did not sign, or that was counted before.
///
/// # Errors
/// In this order: `DeadlinePassed`, `NonceNotNext`, `SignatureTooLong`, `NotSignedByAuthor`.
pub(super) fn check_signed<T: SolStruct>(
    host: &mut dyn Host,
    authority: &Authority,
    message: &T,
) -> Result<(), Stop> {
    if host.time_ms() >= authority.deadline.saturating_mul(1_000) {
        return Err(Refusal::DeadlinePassed.into());
    }
    if authority.nonce != next_nonce(host, authority.author)? {
        return Err(Refusal::NonceNotNext.into());
    }
    if authority.signature.len() > SIGNATURE_LIMIT {
        return Err(Refusal::SignatureTooLong.into());
    }
    let digest: B256 = signing::digest(host, RECORDS, message)?;
    if !is_signed_by(host, authority.author, digest, &authority.signature)? {
        return Err(Refusal::NotSignedByAuthor.into());
    }
    Ok(())
}

/// Counts a signature of the author.
pub(super) fn use_nonce(host: &mut dyn Host, authority: &Authority) -> Result<(), Halt> {
    let state = &mut state::state(host);
    let place = NONCES.at(state, authority.author)?;
    place.save(state, &authority.nonce.saturating_add(1))
}

/// The nonce that the author's next signature must carry.
pub(super) fn next_nonce(host: &mut dyn Host, author: Address) -> Result<u64, Halt> {
    let state = &mut state::state(host);
    NONCES.at(state, author)?.load(state)
}
