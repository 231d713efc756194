//! Who opens records of a chart by a right of their own.

use alloy_primitives::{Address, B256};

use crate::{
    codes::{Basis, Kinds},
    host::{Halt, Host},
    records,
};

/// The right by which an account opens records of these kinds for this purpose without a grant or a rule: the controller's, which no kind and no purpose
/// limits. `None` when it has none.
pub(crate) fn acts_for(
    host: &mut dyn Host,
    chart: B256,
    account: Address,
    (_kinds, _purpose): (Kinds, u8),
) -> Result<Option<Basis>, Halt> {
    let chart = records::state::chart(host, chart)?;
    let controls = chart.is_some_and(|chart| chart.controller == account);
    Ok(controls.then_some(Basis::Owner))
}
