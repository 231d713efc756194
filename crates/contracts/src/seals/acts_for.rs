//! Who opens records of a chart by a right of their own.

use alloy_primitives::{Address, B256};

use crate::{
    codes::{Basis, Kinds},
    delegation,
    directory::standing::check_key,
    host::{Halt, Host},
    records,
};

/// The right by which an account opens records of these kinds for this purpose without a grant or a rule: the controller's, which no kind and no purpose
/// limits, unless her key is frozen, or a delegate's within her scope. `None` when it has none.
pub(crate) fn acts_for(
    host: &mut dyn Host,
    chart: B256,
    account: Address,
    (kinds, purpose): (Kinds, u8),
) -> Result<Option<Basis>, Halt> {
    let found = records::state::chart(host, chart)?;
    if found.is_some_and(|found| found.controller == account) {
        let owns = check_key(host, account)?.is_ok();
        return Ok(owns.then_some(Basis::Owner));
    }
    let acts = delegation::acts_for(host, chart, account, kinds, purpose)?;
    Ok(acts.then_some(Basis::Delegate))
}
