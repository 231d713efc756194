//! Views of validators, and the committee that they make.

use alloy_primitives::B256;

use super::state::{self, VALIDATOR_COUNT, VALIDATOR_LOCATION, VALIDATORS};
use crate::{
    host::{Halt, Host, Stop},
    interfaces::IMembers::{Validator, validatorsReturn},
    page::page,
};

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

/// The validators that are to take part in the epochs after the next.
///
/// # Errors
/// Any [`Halt`].
pub fn committee(host: &mut dyn Host) -> Result<Vec<Seat>, Halt> {
    let count = VALIDATOR_COUNT.load(&mut state::state(host))?;
    (0..count)
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
    Ok(Validator {
        identity: fields.identity,
        organisation: fields.organisation,
        location: entry.text(VALIDATOR_LOCATION).load(state)?,
    })
}
