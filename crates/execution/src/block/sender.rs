//! Who may send, and how much gas its organisation has left in the block.

use crate::evm::Machine;
use crate::transaction::{Transaction, TransactionRefusal};
use alloy_primitives::map::HashMap;
use theriac_contracts::{Halt, OrganisationId, may_send, quota};

/// Gas used in this block, by organisation.
pub(super) type Usage = HashMap<OrganisationId, u64>;

/// What was found out about the sender before execution.
pub(super) enum Standing {
    /// It may send on account of this organisation.
    Admitted(OrganisationId),
    /// State that decides is not loaded.
    Unknown,
}

/// Asks the contracts about the sender of `transaction`.
///
/// # Errors
/// `NotEnrolled` or `QuotaExhausted`; or the text of a failure to read.
pub(super) fn check(
    machine: &mut Machine,
    usage: &Usage,
    transaction: &Transaction,
) -> Result<Standing, Result<TransactionRefusal, String>> {
    let organisation = ask(machine, |view| may_send(view, transaction.sender))?;
    if machine.journal().database.is_missing() {
        return Ok(Standing::Unknown);
    }
    let organisation = organisation
        .flatten()
        .ok_or(Ok(TransactionRefusal::NotEnrolled))?;
    let quota = ask(machine, |view| quota(view, organisation))?.unwrap_or(0);
    if machine.journal().database.is_missing() {
        return Ok(Standing::Unknown);
    }
    let left = quota.saturating_sub(usage.get(&organisation).copied().unwrap_or(0));
    let got = transaction.gas_limit();
    if got > left {
        return Err(Ok(TransactionRefusal::QuotaExhausted { got, left }));
    }
    Ok(Standing::Admitted(organisation))
}

/// `None` where state that decides is not loaded.
fn ask<T>(
    machine: &mut Machine,
    question: impl FnOnce(&mut dyn theriac_contracts::Host) -> Result<T, Halt>,
) -> Result<Option<T>, Result<TransactionRefusal, String>> {
    match question(&mut machine.view()) {
        Ok(answer) => Ok(Some(answer)),
        Err(Halt::StateMissing) => Ok(None),
        Err(halt @ (Halt::OutOfGas | Halt::Database)) => Err(Err(format!(
            "the sender's standing cannot be read: {halt:?}"
        ))),
    }
}
