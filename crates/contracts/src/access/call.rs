//! Functions of access by selector.

use alloy_primitives::{B256, Bytes, U256};

use super::{approve, deny, fulfil, grant, open, request, revoke, rule, views};
use crate::{
    addresses::ACCESS,
    dispatch::{done, enter, mutating, returns},
    host::{Call, Host, Stop},
    interfaces::IAccess::{self, IAccessCalls, approvalFieldsReturn, eip712DomainReturn},
    signing,
};

pub(crate) fn call(host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
    let caller = call.caller;
    match enter(host, call)? {
        IAccessCalls::setRule(c) => {
            mutating(call)?;
            done(rule::set_rule(host, caller, &c))
        }
        IAccessCalls::removeRule(c) => {
            mutating(call)?;
            done(rule::remove_rule(host, caller, c.chart, c.index))
        }
        IAccessCalls::request(c) => {
            mutating(call)?;
            let value = request::request(host, caller, &c)?;
            returns::<IAccess::requestCall>(host, &value)
        }
        IAccessCalls::approve(c) => {
            mutating(call)?;
            done(approve::approve(host, caller, c.id, c.wrap))
        }
        IAccessCalls::approveSigned(c) => {
            mutating(call)?;
            done(approve::approve_signed(host, &c))
        }
        IAccessCalls::approveSignedByDelegate(c) => {
            mutating(call)?;
            done(approve::approve_signed_by_delegate(host, c))
        }
        IAccessCalls::fulfil(c) => {
            mutating(call)?;
            done(fulfil::fulfil(host, caller, c.id, c.wrap))
        }
        IAccessCalls::deny(c) => {
            mutating(call)?;
            done(deny::deny(host, caller, c.id))
        }
        IAccessCalls::grant(c) => {
            mutating(call)?;
            let value = grant::grant(host, caller, &c)?;
            returns::<IAccess::grantCall>(host, &value)
        }
        IAccessCalls::open(c) => {
            mutating(call)?;
            done(open::open(host, caller, c.id, c.record))
        }
        IAccessCalls::revoke(c) => {
            mutating(call)?;
            done(revoke::revoke(host, caller, c.id))
        }
        IAccessCalls::requestById(c) => {
            let value = views::request_by_id(host, caller, c.id)?;
            returns::<IAccess::requestByIdCall>(host, &value)
        }
        IAccessCalls::requests(c) => {
            let value = views::requests(host, caller, &c)?;
            returns::<IAccess::requestsCall>(host, &value)
        }
        IAccessCalls::rules(c) => {
            let value = views::rules(host, caller, &c)?;
            returns::<IAccess::rulesCall>(host, &value)
        }
        IAccessCalls::logLength(c) => {
            let value = views::log_length(host, caller, c.chart)?;
            returns::<IAccess::logLengthCall>(host, &value)
        }
        IAccessCalls::logEntries(c) => {
            let value = views::log_entries(host, caller, &c)?;
            returns::<IAccess::logEntriesCall>(host, &value)
        }
        IAccessCalls::isParty(c) => {
            let value = views::party(host, caller, c.chart, c.account)?;
            returns::<IAccess::isPartyCall>(host, &value)
        }
        IAccessCalls::approvalFields(c) => {
            let value = approval_fields(host, call, c.id)?;
            returns::<IAccess::approvalFieldsCall>(host, &value)
        }
        IAccessCalls::approvalDigest(c) => {
            let value = views::approval_digest(host, caller, c.id, (c.wrap, c.nonce))?;
            returns::<IAccess::approvalDigestCall>(host, &value)
        }
        IAccessCalls::nonceUsed(c) => {
            let value = approve::nonce_used(host, c.controller, c.nonce)?;
            returns::<IAccess::nonceUsedCall>(host, &value)
        }
        IAccessCalls::eip712Domain(_) => {
            let value = domain(host);
            returns::<IAccess::eip712DomainCall>(host, &value)
        }
    }
}

fn approval_fields(
    host: &mut dyn Host,
    call: &Call<'_>,
    id: B256,
) -> Result<approvalFieldsReturn, Stop> {
    let approval = views::approval(host, call.caller, id, (B256::ZERO, U256::ZERO))?;
    Ok(approvalFieldsReturn {
        organisation: approval.organisation,
        purpose: approval.purpose,
        kinds: approval.kinds,
        expiry: approval.expiry,
        requester: approval.requester,
    })
}

fn domain(host: &dyn Host) -> eip712DomainReturn {
    let (fields, name, version, chain_id, contract) = signing::domain_fields(host, ACCESS);
    eip712DomainReturn {
        fields,
        name,
        version,
        chainId: chain_id,
        verifyingContract: contract,
        salt: Default::default(),
        extensions: Vec::new(),
    }
}
