//! Views of validators, the committee that they make, and how one is entered.

use alloy_primitives::B256;

use super::{
    seats,
    state::{self, VALIDATOR_COUNT, VALIDATOR_LOCATION, VALIDATOR_OF, VALIDATORS},
};
use crate::{
    codes::MemberStatus,
    host::{Halt, Host, Stop},
    interfaces::IMembers::{Validator, validatorsReturn},
    page::page,
    storage::State,
};

/// Validators that one committee may have: the engine's messages are bounded by it.
pub const VALIDATORS_LIMIT: u32 = 64;

/// Enters an active validator under the next index, which is returned.
pub(crate) fn insert(
    state: &mut State<'_>,
    fields: &state::Validator,
    location: &str,
) -> Result<u64, Halt> {
    let index = VALIDATOR_COUNT.load(state)?;
    VALIDATOR_COUNT.save(state, &(index + 1))?;
    let entry = VALIDATORS.at(state, index)?;
    entry.fields.save(state, fields)?;
    entry.text(VALIDATOR_LOCATION).save(state, location)?;
    VALIDATOR_OF
        .at(state, fields.identity)?
        .save(state, &(index + 1))?;
    seats::set_active(state, index, true)?;
    Ok(index)
}

/// Whether an active validator is reached at this location.
pub(super) fn is_location_taken(host: &mut dyn Host, location: &str) -> Result<bool, Halt> {
    for index in seats::active(host)? {
        if load(host, index)?.location == location {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A page of validators.
///
/// # Errors
/// `PageOutOfRange`.
pub(super) fn validators(
    host: &mut dyn Host,
    from: u64,
    limit: u32,
) -> Result<validatorsReturn, Stop> {
    let total = VALIDATOR_COUNT.load(&mut state::state(host))?;
    let indexes = page(from, limit, total)?;
    let page = indexes
        .map(|index| load(host, index))
        .collect::<Result<_, _>>()?;
    Ok(validatorsReturn { page, total })
}

/// A validator as consensus needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Ed25519 public key of its identity.
    pub identity: B256,
    /// Where it listens for the others, `host:port`.
    pub location: String,
}

/// The validators that are to take part in the epochs after the next: the active ones, in order of index.
///
/// # Errors
/// Any [`Halt`].
pub fn committee(host: &mut dyn Host) -> Result<Vec<Seat>, Halt> {
    seats::active(host)?
        .into_iter()
        .map(|index| {
            let validator = load(host, index)?;
            Ok(Seat {
                identity: validator.identity,
                location: validator.location,
            })
        })
        .collect()
}

fn load(host: &mut dyn Host, index: u64) -> Result<Validator, Halt> {
    let state = &mut state::state(host);
    let entry = VALIDATORS.at(state, index)?;
    let fields = entry.fields.load(state)?;
    let location = entry.text(VALIDATOR_LOCATION).load(state)?;
    let status = if seats::is_active(host, index)? {
        MemberStatus::Active
    } else {
        MemberStatus::Removed
    };
    Ok(Validator {
        index,
        identity: fields.identity,
        organisation: fields.organisation,
        status: status.code(),
        addedHeight: fields.added_height,
        removedHeight: fields.removed_height,
        location,
    })
}
