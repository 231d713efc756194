//! A third person explains a discrepancy.

use alloy_primitives::Address;

use super::{
    state::{self, Discrepancy},
    unexplained,
};
use crate::{
    codes::{DiscrepancyOutcome, Role},
    directory::standing::standing,
    host::{Halt, Host, Stop},
    interfaces::ICabinets::{Explained, explainCall},
    recovery,
    refusals::Refusal,
};

/// Explains a discrepancy, once.
///
/// # Errors
/// In this order: of [`standing`], `UnknownOutcome`, `CommitmentMissing`, `DiscrepancyUnknown`, `NotYourCabinet`, `RoleMayNotExplain`,
/// `OwnDiscrepancy`, `ExplainedAlready`.
pub(super) fn explain(
    host: &mut dyn Host,
    caller: Address,
    call: &explainCall,
) -> Result<(), Stop> {
    let mut discrepancy = decide(host, caller, call)?;
    discrepancy.document = call.document;
    discrepancy.explained_by = caller;
    discrepancy.outcome = call.outcome;
    discrepancy.explained_time_ms = host.time_ms();
    unexplained::settle(host, call.discrepancy, &discrepancy)?;
    Ok(state::state(host).emit(&Explained {
        number: call.discrepancy,
        cabinet: discrepancy.cabinet,
        organisation: discrepancy.organisation,
        account: caller,
        outcome: call.outcome,
        document: call.document,
    })?)
}

fn decide(host: &mut dyn Host, caller: Address, call: &explainCall) -> Result<Discrepancy, Stop> {
    let standing = standing(host, caller)?;
    DiscrepancyOutcome::from_code(call.outcome).ok_or(Refusal::UnknownOutcome)?;
    if call.document.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    let discrepancy = state::discrepancy(host, call.discrepancy)?;
    if discrepancy.organisation != standing.organisation.0 {
        return Err(Refusal::NotYourCabinet.into());
    }
    if !matches!(standing.role, Role::Administrator | Role::Pharmacist) {
        return Err(Refusal::RoleMayNotExplain.into());
    }
    if took_part(host, &discrepancy, caller)? {
        return Err(Refusal::OwnDiscrepancy.into());
    }
    if discrepancy.outcome != 0 {
        return Err(Refusal::ExplainedAlready.into());
    }
    Ok(discrepancy)
}

/// Whether the account counted or witnessed, or took the place of the key that did.
fn took_part(
    host: &mut dyn Host,
    discrepancy: &Discrepancy,
    account: Address,
) -> Result<bool, Halt> {
    let counter = recovery::state::holder(host, discrepancy.counter)?;
    let witness = recovery::state::holder(host, discrepancy.witness)?;
    let both = [discrepancy.counter, discrepancy.witness, counter, witness];
    Ok(both.contains(&account))
}

#[cfg(test)]
mod tests;
