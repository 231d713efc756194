//! Discrepancies that nobody has explained, listed for the organisation and for the auditor.

use super::state::{
    self, DISCREPANCIES, DISCREPANCY_COUNT, Discrepancy, OPEN_COUNT, OPEN_OF, PLACE_OF,
};
use crate::{
    host::{Halt, Host},
    storage::State,
};

/// Enters a discrepancy under the next number, which is returned.
pub(super) fn enter(host: &mut dyn Host, discrepancy: &Discrepancy) -> Result<u64, Halt> {
    let state = &mut state::state(host);
    let number = DISCREPANCY_COUNT.load(state)?;
    DISCREPANCY_COUNT.save(state, &(number + 1))?;
    DISCREPANCIES.at(state, number)?.save(state, discrepancy)?;
    for list in lists(discrepancy) {
        let count = OPEN_COUNT.at(state, list)?;
        let place = count.load(state)?;
        OPEN_OF
            .at(state, list)?
            .at(state, place)?
            .save(state, &number)?;
        PLACE_OF
            .at(state, list)?
            .at(state, number)?
            .save(state, &place)?;
        count.save(state, &(place + 1))?;
    }
    Ok(number)
}

/// Writes a discrepancy that was explained, and takes it from the lists.
pub(super) fn settle(
    host: &mut dyn Host,
    number: u64,
    discrepancy: &Discrepancy,
) -> Result<(), Halt> {
    let state = &mut state::state(host);
    DISCREPANCIES.at(state, number)?.save(state, discrepancy)?;
    for list in lists(discrepancy) {
        remove(state, list, number)?;
    }
    Ok(())
}

/// Takes a discrepancy from a list; the last one takes its place.
fn remove(state: &mut State<'_>, list: u32, number: u64) -> Result<(), Halt> {
    let (count, open) = (OPEN_COUNT.at(state, list)?, OPEN_OF.at(state, list)?);
    let places = PLACE_OF.at(state, list)?;
    let place_of = places.at(state, number)?;
    let place = place_of.load(state)?;
    let last = count.load(state)?.saturating_sub(1);
    let last_item = open.at(state, last)?;
    let moved = last_item.load(state)?;
    open.at(state, place)?.save(state, &moved)?;
    places.at(state, moved)?.save(state, &place)?;
    last_item.save(state, &0)?;
    place_of.save(state, &0)?;
    count.save(state, &last)
}

/// The organisations that it concerns.
fn lists(discrepancy: &Discrepancy) -> impl Iterator<Item = u32> {
    let concerned = [discrepancy.organisation, discrepancy.auditor];
    concerned.into_iter().filter(|list| *list != 0)
}

/// How many of the open discrepancies of an organisation are past their time.
pub(super) fn overdue(host: &mut dyn Host, list: u32) -> Result<u64, Halt> {
    let time_ms = host.time_ms();
    let state = &mut state::state(host);
    let count = OPEN_COUNT.at(state, list)?.load(state)?;
    let open = OPEN_OF.at(state, list)?;
    let mut overdue = 0;
    for place in 0..count {
        let number = open.at(state, place)?.load(state)?;
        let found = DISCREPANCIES.at(state, number)?.load(state)?;
        overdue += u64::from(time_ms >= found.due().saturating_mul(1_000));
    }
    Ok(overdue)
}
