//! Versions of the protocol's rules by height.

use super::state::{self, SCHEDULE};
use crate::{
    host::{Halt, Host},
    interfaces::IMembers::Upgrade,
};

/// The newest version of the rules that this code follows.
pub const PROTOCOL_VERSION: u32 = 1;
/// The version at genesis.
const FIRST: u32 = 1;

/// The version of the rules that the block at `height` follows, as far as is decided now.
///
/// # Errors
/// Any [`Halt`].
pub fn required_version(host: &mut dyn Host, height: u64) -> Result<u32, Halt> {
    let schedule = SCHEDULE.load(&mut state::state(host))?;
    if schedule.next_version != 0 && height >= schedule.height {
        return Ok(schedule.next_version);
    }
    Ok(schedule.version.max(FIRST))
}

/// The version in force in this block, and the next one that is decided.
///
/// # Errors
/// Any [`Halt`].
pub fn schedule(host: &mut dyn Host) -> Result<Upgrade, Halt> {
    let height = SCHEDULE.load(&mut state::state(host))?.height;
    let now = host.height();
    Ok(Upgrade {
        version: required_version(host, now)?,
        nextVersion: required_version(host, u64::MAX)?,
        height,
    })
}
