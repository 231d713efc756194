//! To follow another version of the protocol's rules from a height on.

use crate::{
    host::{Halt, Host, Stop},
    interfaces::IMembers::{UpgradeScheduled, proposeUpgradeCall},
    members::{
        schedule::required_version,
        state::{self, SCHEDULE, Schedule},
    },
    refusals::Refusal,
};

/// Blocks from the decision to the first block under the new rules.
const NOTICE: u64 = 100;

/// # Errors
/// In this order: `VersionNotNewer`, `HeightTooSoon`.
pub(super) fn check(host: &mut dyn Host, call: &proposeUpgradeCall) -> Result<(), Stop> {
    let height = host.height();
    if call.version <= required_version(host, height)? {
        return Err(Refusal::VersionNotNewer.into());
    }
    if call.height < height.saturating_add(NOTICE) {
        return Err(Refusal::HeightTooSoon.into());
    }
    Ok(())
}

/// What was scheduled and is not yet in force is replaced.
pub(super) fn apply(host: &mut dyn Host, call: &proposeUpgradeCall) -> Result<(), Halt> {
    let height = host.height();
    let schedule = Schedule {
        version: required_version(host, height)?,
        next_version: call.version,
        height: call.height,
    };
    let state = &mut state::state(host);
    SCHEDULE.save(state, &schedule)?;
    state.emit(&UpgradeScheduled {
        version: call.version,
        height: call.height,
    })
}
