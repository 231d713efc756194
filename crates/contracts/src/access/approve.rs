//! The controller or a delegate approves a request: in person, or by a signature that anyone may bring.

use alloy_primitives::{Address, B256, U256};

use super::{
    log::{self, Entry},
    state::{self, Case, NONCES_USED, Request},
};
use crate::{
    addresses::ACCESS,
    codes::{EntryKind, Kinds, Purpose, RequestStatus},
    directory::standing::check_key,
    host::{Halt, Host, Stop},
    interfaces::IAccess::{approveSignedByDelegateCall, approveSignedCall},
    members,
    refusals::Refusal,
    signing::{self, Approval, SIGNATURE_LIMIT, is_signed_by},
};

/// Approves a pending request; the caller controls the chart or acts for who does.
///
/// # Errors
/// In this order: `RequestUnknown`, `NotTheController`, `KeyFrozen`, then of [`check_pending`].
pub(super) fn approve(
    host: &mut dyn Host,
    caller: Address,
    id: B256,
    wrap: B256,
) -> Result<(), Stop> {
    let case = state::own_case(host, caller, id)?;
    check_pending(&case, wrap)?;
    Ok(write(host, (id, caller), case, wrap)?)
}

/// Approves a pending request with the controller's signature, whoever brings it.
///
/// # Errors
/// In this order: `RequestUnknown`, then of [`check_pending`], `KeyFrozen`, `SignatureTooLong`, `ApprovalReplayed`,
/// `NotSignedByController`.
pub(super) fn approve_signed(host: &mut dyn Host, call: &approveSignedCall) -> Result<(), Stop> {
    let case = state::case(host, call.id)?;
    check_pending(&case, call.wrap)?;
    let controller = case.controller;
    check_key(host, controller)??;
    if !has_signed(host, controller, &case, call)? {
        return Err(Refusal::NotSignedByController.into());
    }
    use_nonce(host, controller, call.nonce)?;
    Ok(write(host, (call.id, controller), case, call.wrap)?)
}

/// Approves a pending request with a delegate's signature, whoever brings it.
///
/// # Errors
/// In this order: `RequestUnknown`, then of [`check_pending`], `NotADelegate`, `SignatureTooLong`, `ApprovalReplayed`,
/// `NotSignedByDelegate`.
pub(super) fn approve_signed_by_delegate(
    host: &mut dyn Host,
    call: approveSignedByDelegateCall,
) -> Result<(), Stop> {
    let case = state::case(host, call.id)?;
    check_pending(&case, call.wrap)?;
    let delegate = call.delegate;
    if !state::may_decide_for(host, delegate, &case)? {
        return Err(Refusal::NotADelegate.into());
    }
    let plain = approveSignedCall {
        id: call.id,
        wrap: call.wrap,
        nonce: call.nonce,
        signature: call.signature,
    };
    if !has_signed(host, delegate, &case, &plain)? {
        return Err(Refusal::NotSignedByDelegate.into());
    }
    use_nonce(host, delegate, plain.nonce)?;
    Ok(write(host, (plain.id, delegate), case, plain.wrap)?)
}

/// Whether `signer` signed exactly this approval.
///
/// # Errors
/// In this order: `SignatureTooLong`, `ApprovalReplayed`.
fn has_signed(
    host: &mut dyn Host,
    signer: Address,
    case: &Case,
    call: &approveSignedCall,
) -> Result<bool, Stop> {
    if call.signature.len() > SIGNATURE_LIMIT {
        return Err(Refusal::SignatureTooLong.into());
    }
    if nonce_used(host, signer, call.nonce)? {
        return Err(Refusal::ApprovalReplayed.into());
    }
    let approval = compose(host, call.id, &case.request, (call.wrap, call.nonce))?;
    let digest = signing::digest(host, ACCESS, &approval)?;
    Ok(is_signed_by(host, signer, digest, &call.signature)?)
}

/// What the controller signs, composed from what is stored: nobody can make her sign other words than those that count.
pub(super) fn compose(
    host: &mut dyn Host,
    id: B256,
    request: &Request,
    (wrap, nonce): (B256, U256),
) -> Result<Approval, Halt> {
    let purpose = Purpose::from_code(request.purpose).map_or("", Purpose::word);
    Ok(Approval {
        organisation: members::state::organisation_name(host, request.organisation)?,
        purpose: purpose.into(),
        kinds: Kinds(request.kinds).words(),
        expiry: request.expiry,
        request: id,
        requester: request.requester,
        wrap,
        nonce,
    })
}

/// Whether an approval of this controller or delegate with this nonce was counted.
pub(super) fn nonce_used(
    host: &mut dyn Host,
    controller: Address,
    nonce: U256,
) -> Result<bool, Halt> {
    let state = &mut state::state(host);
    let word = NONCES_USED
        .at(state, controller)?
        .at(state, nonce >> 8usize)?
        .load(state)?;
    Ok(word.bit(usize::from(nonce.byte(0))))
}

/// Refuses a request that waits for no decision.
///
/// # Errors
/// In this order: `RequestDecided`, `RequestExpired`, `WrapMissing`.
fn check_pending(case: &Case, wrap: B256) -> Result<(), Refusal> {
    match case.status {
        RequestStatus::Pending => {}
        RequestStatus::Expired => return Err(Refusal::RequestExpired),
        RequestStatus::Admitted
        | RequestStatus::Granted
        | RequestStatus::Denied
        | RequestStatus::Revoked => return Err(Refusal::RequestDecided),
    }
    if wrap.is_zero() {
        return Err(Refusal::WrapMissing);
    }
    Ok(())
}

fn use_nonce(host: &mut dyn Host, controller: Address, nonce: U256) -> Result<(), Halt> {
    let state = &mut state::state(host);
    let place = NONCES_USED
        .at(state, controller)?
        .at(state, nonce >> 8usize)?;
    let mut word = place.load(state)?;
    word.set_bit(usize::from(nonce.byte(0)), true);
    place.save(state, &word)
}

fn write(
    host: &mut dyn Host,
    (id, actor): (B256, Address),
    case: Case,
    wrap: B256,
) -> Result<(), Halt> {
    let request = Request {
        wrap,
        status: RequestStatus::Granted.code(),
        decided_time_ms: host.time_ms(),
        ..case.request
    };
    state::save_decision(host, id, &request)?;
    let entry = Entry {
        kind: EntryKind::Approved,
        actor,
        subject: id,
        detail: wrap,
    };
    log::append(host, request.chart, entry)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_signed;
