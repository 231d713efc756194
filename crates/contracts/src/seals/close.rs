//! A restriction of a chart closes its earlier openings, and a freeze those of all charts of a key.

use alloy_primitives::{Address, B256};

use super::state::{self, CLOSED_BEFORE, CLOSED_OF, OPENING_COUNT};
use crate::host::{Halt, Host};

/// Closes every opening of the chart so far: keepers that finalised this answer none of them. Whoever may still read opens again, and
/// the rules decide as they stand then.
///
/// # Errors
/// Any [`Halt`].
pub fn close_openings(host: &mut dyn Host, chart: B256) -> Result<(), Halt> {
    let state = &mut state::state(host);
    let count = OPENING_COUNT.load(state)?;
    CLOSED_BEFORE.at(state, chart)?.save(state, &count)
}

/// As [`close_openings`] for all charts that the account controls, however many, by one write.
pub(crate) fn close_openings_of(host: &mut dyn Host, controller: Address) -> Result<(), Halt> {
    let state = &mut state::state(host);
    let count = OPENING_COUNT.load(state)?;
    CLOSED_OF.at(state, controller)?.save(state, &count)
}
