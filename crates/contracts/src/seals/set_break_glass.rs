//! The controller sets what break-glass may open.

use alloy_primitives::{Address, B256};

use super::{
    close::close_openings,
    state::{self, GLASS, Glass},
};
use crate::{
    access::{Entry, log, state::check_controller},
    codes::{EntryKind, Kinds},
    host::{Host, Stop},
    interfaces::ISeals::GlassScopeSet,
    refusals::Refusal,
};

/// Sets the kinds that break-glass may open; none forbids it.
///
/// # Errors
/// In this order: `UnknownKind`, `ChartUnknown`, `NotTheController`.
pub(super) fn set_break_glass(
    host: &mut dyn Host,
    caller: Address,
    chart: B256,
    kinds: u32,
) -> Result<(), Stop> {
    if kinds != 0 && !Kinds(kinds).is_valid() {
        return Err(Refusal::UnknownKind.into());
    }
    check_controller(host, caller, chart)?;
    close_openings(host, chart)?;
    let glass = Glass {
        kinds,
        is_set: true,
    };
    {
        let state = &mut state::state(host);
        GLASS.at(state, chart)?.save(state, &glass)?;
    }
    let entry = Entry {
        kind: EntryKind::GlassScopeSet,
        actor: caller,
        subject: B256::left_padding_from(&kinds.to_be_bytes()),
        detail: B256::ZERO,
    };
    log::append(host, chart, entry)?;
    Ok(state::state(host).emit(&GlassScopeSet { chart, kinds })?)
}

#[cfg(test)]
mod tests;
