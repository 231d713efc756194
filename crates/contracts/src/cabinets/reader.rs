//! Who may read a cabinet.

use alloy_primitives::Address;

use crate::{
    codes::Role,
    directory::standing::find,
    host::{Host, Stop},
    refusals::Refusal,
};

/// Refuses an account that reads for none of the organisations: of these, who records or counts, and privacy officers.
///
/// # Errors
/// `NotACabinetReader`.
pub(super) fn check_reader(
    host: &mut dyn Host,
    caller: Address,
    organisations: [u32; 2],
) -> Result<(), Stop> {
    let standing = find(host, caller)?.map_err(|_| Refusal::NotACabinetReader)?;
    let works = standing.role.may_write() || standing.role == Role::PrivacyOfficer;
    if !works || !organisations.contains(&standing.organisation.0) {
        return Err(Refusal::NotACabinetReader.into());
    }
    Ok(())
}
