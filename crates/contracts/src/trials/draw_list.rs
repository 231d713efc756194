//! The random value that orders a list is drawn.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    header::prevrandao,
    lists, state,
    state::List,
    when::{WINDOW, block_hash},
};
use crate::{
    codes::{ListStatus, TrialEntry},
    directory::standing::standing,
    host::{Host, Stop},
    interfaces::ITrials::drawListCall,
    refusals::Refusal,
};

/// Longest header, in bytes.
const HEADER_MAX: usize = 2_048;

/// Takes the random value of the block at the list's height out of its header, which must be the chain's.
///
/// # Errors
/// In this order: `StudyUnknown`, of [`standing`], `ListUnknown`, `DrawnAlready`, `DrawTooEarly`, `DrawTooLate`, `HeaderDiffers`.
pub(super) fn draw_list(
    host: &mut dyn Host,
    caller: Address,
    call: &drawListCall,
) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    standing(host, caller)?;
    let list = lists::find(host, call.study, call.list)?;
    if list.status() != ListStatus::Committed {
        return Err(Refusal::DrawnAlready.into());
    }
    let value = draw(host, &list, &call.header)?;
    let body = (call.list, list.height, value).abi_encode_params();
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    draft.enter(host, TrialEntry::ListDrawn, About::study(), body)?;
    let list = List {
        status: ListStatus::Drawn.code(),
        ..list
    };
    lists::save(host, (call.study, call.list), &list)?;
    Ok(draft.write(host, &[])?)
}

fn draw(host: &mut dyn Host, list: &List, header: &[u8]) -> Result<B256, Stop> {
    if host.height() <= list.height {
        return Err(Refusal::DrawTooEarly.into());
    }
    if host.height() - list.height > WINDOW {
        return Err(Refusal::DrawTooLate.into());
    }
    if header.len() > HEADER_MAX {
        return Err(Refusal::HeaderDiffers.into());
    }
    let hash = host.keccak(header)?;
    if block_hash(host, list.height)? != Some(hash) {
        return Err(Refusal::HeaderDiffers.into());
    }
    Ok(prevrandao(header).ok_or(Refusal::HeaderDiffers)?)
}

#[cfg(test)]
mod tests;
