//! Views of requests, rules and the log, for those whom they concern.

use alloy_primitives::{Address, B256, U256};

use super::{
    approve::compose,
    state::{self, Case, LOG_ENTRY, LOG_LENGTH, REQUEST_COUNT, REQUESTS_OF, RULE_COUNT, RULES},
};
use crate::{
    addresses::ACCESS,
    delegation,
    host::{Halt, Host, Stop},
    interfaces::IAccess::{
        NumberedRule, Request, Rule, logEntriesCall, logEntriesReturn, requestsCall,
        requestsReturn, rulesCall, rulesReturn,
    },
    page::page,
    refusals::Refusal,
    signing::{self, Approval},
    standing::is_party,
};

/// A request or grant, for its requester, the controller and her delegates.
///
/// # Errors
/// In this order: `RequestUnknown`, `NotAParty`.
pub(super) fn request_by_id(
    host: &mut dyn Host,
    caller: Address,
    id: B256,
) -> Result<Request, Stop> {
    let case = concerned(host, caller, id)?;
    Ok(show(id, &case))
}

/// A page of the requests and grants of a chart, for its controller and her delegates.
///
/// # Errors
/// In this order: `ChartUnknown`, `NotTheController`, `PageOutOfRange`.
pub(super) fn requests(
    host: &mut dyn Host,
    caller: Address,
    call: &requestsCall,
) -> Result<requestsReturn, Stop> {
    if !delegation::is_delegate(host, call.chart, caller)? {
        state::check_controller(host, caller, call.chart)?;
    }
    let (ids, total) = {
        let state = &mut state::state(host);
        let total = REQUEST_COUNT.at(state, call.chart)?.load(state)?;
        let place = REQUESTS_OF.at(state, call.chart)?;
        let ids = page(call.from, call.limit, total)?
            .map(|index| place.at(state, index)?.load(state))
            .collect::<Result<Vec<B256>, Halt>>()?;
        (ids, total)
    };
    let mut page = Vec::with_capacity(ids.len());
    for id in ids {
        let case = state::case(host, id)?;
        page.push(show(id, &case));
    }
    Ok(requestsReturn { page, total })
}

/// A page of the rules of a chart, for its controller.
///
/// # Errors
/// In this order: `ChartUnknown`, `NotTheController`, `PageOutOfRange`.
pub(super) fn rules(
    host: &mut dyn Host,
    caller: Address,
    call: &rulesCall,
) -> Result<rulesReturn, Stop> {
    state::check_controller(host, caller, call.chart)?;
    let state = &mut state::state(host);
    let total = u64::from(RULE_COUNT.at(state, call.chart)?.load(state)?);
    let place = RULES.at(state, call.chart)?;
    let mut page_of_rules = Vec::new();
    for index in page(call.from, call.limit, total)? {
        let rule = place.at(state, index as u32)?.load(state)?;
        page_of_rules.push(NumberedRule {
            index: index as u32,
            rule: show_rule(&rule),
        });
    }
    Ok(rulesReturn {
        page: page_of_rules,
        total,
    })
}

/// Number of entries in the log of a chart, for its parties.
///
/// # Errors
/// `NotAParty`.
pub(super) fn log_length(host: &mut dyn Host, caller: Address, chart: B256) -> Result<u64, Stop> {
    if !is_party(host, chart, caller)? {
        return Err(Refusal::NotAParty.into());
    }
    let state = &mut state::state(host);
    Ok(LOG_LENGTH.at(state, chart)?.load(state)?)
}

/// A page of the hashes of a chart's log, for its parties.
///
/// # Errors
/// In this order: `NotAParty`, `PageOutOfRange`.
pub(super) fn log_entries(
    host: &mut dyn Host,
    caller: Address,
    call: &logEntriesCall,
) -> Result<logEntriesReturn, Stop> {
    let total = log_length(host, caller, call.chart)?;
    let state = &mut state::state(host);
    let place = LOG_ENTRY.at(state, call.chart)?;
    let page = page(call.from, call.limit, total)?
        .map(|sequence| place.at(state, sequence)?.load(state))
        .collect::<Result<Vec<B256>, Halt>>()?;
    Ok(logEntriesReturn { page, total })
}

/// Whether an account is a party of a chart, told to itself and to parties.
///
/// # Errors
/// `NotAParty`.
pub(super) fn party(
    host: &mut dyn Host,
    caller: Address,
    chart: B256,
    account: Address,
) -> Result<bool, Stop> {
    if caller != account && !is_party(host, chart, caller)? {
        return Err(Refusal::NotAParty.into());
    }
    Ok(is_party(host, chart, account)?)
}

/// What an approval says, for the requester, the controller and her delegates.
///
/// # Errors
/// In this order: `RequestUnknown`, `NotAParty`.
pub(super) fn approval(
    host: &mut dyn Host,
    caller: Address,
    id: B256,
    of: (B256, U256),
) -> Result<Approval, Stop> {
    let case = concerned(host, caller, id)?;
    Ok(compose(host, id, &case.request, of)?)
}

/// The digest of an approval, for the requester, the controller and her delegates.
///
/// # Errors
/// As [`approval`].
pub(super) fn approval_digest(
    host: &mut dyn Host,
    caller: Address,
    id: B256,
    of: (B256, U256),
) -> Result<B256, Stop> {
    let approval = approval(host, caller, id, of)?;
    Ok(signing::digest(host, ACCESS, &approval)?)
}

fn concerned(host: &mut dyn Host, caller: Address, id: B256) -> Result<Case, Stop> {
    let case = state::case(host, id)?;
    let concerned = caller == case.controller
        || caller == case.request.requester
        || delegation::is_delegate(host, case.request.chart, caller)?;
    if !concerned {
        return Err(Refusal::NotAParty.into());
    }
    Ok(case)
}

fn show(id: B256, case: &Case) -> Request {
    let request = &case.request;
    Request {
        id,
        chart: request.chart,
        record: request.record,
        reason: request.reason,
        key: request.key,
        wrap: request.wrap,
        requester: request.requester,
        organisation: request.organisation,
        kinds: request.kinds,
        purpose: request.purpose,
        status: case.status.code(),
        expiry: request.expiry,
        requestedHeight: request.requested_height,
        requestedTimeMs: request.requested_time_ms,
        decidedTimeMs: request.decided_time_ms,
    }
}

fn show_rule(rule: &state::Rule) -> Rule {
    Rule {
        who: rule.who,
        organisation: rule.organisation,
        kinds: rule.kinds,
        effect: rule.effect,
        role: rule.role,
        purpose: rule.purpose,
        from: rule.from,
        until: rule.until,
    }
}

#[cfg(test)]
mod tests;
