//! Randomisation lists by number.

use alloy_primitives::B256;

use super::state::{self, LISTS, List, PLACES};
use crate::{
    codes::ListStatus,
    host::{Halt, Host, Stop},
    refusals::Refusal,
};

/// A list of a study.
///
/// # Errors
/// `ListUnknown`.
pub(super) fn find(host: &mut dyn Host, study: B256, number: u16) -> Result<List, Stop> {
    let list = load(host, study, number)?;
    match list.length {
        0 => Err(Refusal::ListUnknown.into()),
        _ => Ok(list),
    }
}

/// A list; zeros where there is none.
pub(super) fn load(host: &mut dyn Host, study: B256, number: u16) -> Result<List, Halt> {
    let state = &mut state::state(host);
    LISTS.at(state, study)?.at(state, number)?.load(state)
}

/// Writes a list.
pub(super) fn save(
    host: &mut dyn Host,
    (study, number): (B256, u16),
    list: &List,
) -> Result<(), Halt> {
    let state = &mut state::state(host);
    LISTS.at(state, study)?.at(state, number)?.save(state, list)
}

/// One more than the index that a subject has of a list; 0 for none.
pub(super) fn place(
    host: &mut dyn Host,
    (study, number): (B256, u16),
    slot: u32,
) -> Result<u32, Halt> {
    let state = &mut state::state(host);
    PLACES
        .at(state, study)?
        .at(state, number)?
        .at(state, slot)?
        .load(state)
}

impl List {
    /// Where it stands.
    pub(super) fn status(&self) -> ListStatus {
        ListStatus::from_code(self.status).expect("only codes of the list are written")
    }
}
