//! What the old key had announced is dropped when its recovery begins to run.

use alloy_primitives::Address;

use super::state::{self, GUARDIANSHIPS, Guardianship, HAND_OVERS, HandOver};
use crate::{
    host::{Halt, Host},
    interfaces::IRecovery::AnnouncementDropped,
};

/// Drops guardians to come and a successor of the old key's own.
pub(super) fn drop_announcements(host: &mut dyn Host, account: Address) -> Result<(), Halt> {
    let guardianship = state::guardianship(host, account)?;
    let state = &mut state::state(host);
    let place = HAND_OVERS.at(state, account)?;
    let hand_over = place.load(state)?;
    if guardianship.next == 0 && hand_over.successor.is_zero() {
        return Ok(());
    }
    let kept = Guardianship {
        next: 0,
        next_from_ms: 0,
        ..guardianship
    };
    GUARDIANSHIPS.at(state, account)?.save(state, &kept)?;
    place.save(
        state,
        &HandOver {
            successor: Address::ZERO,
            from_ms: 0,
        },
    )?;
    state.emit(&AnnouncementDropped { account })
}
