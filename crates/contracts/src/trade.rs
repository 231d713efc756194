//! Who acts in the trade of medicines.

use alloy_primitives::Address;

use crate::{
    codes::{OrganisationKind, Role},
    directory::standing::standing,
    host::{Host, Stop},
    members,
    refusals::Refusal,
};

/// An account with its organisation, what that is, and the role in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Actor {
    pub(crate) account: Address,
    pub(crate) organisation: u32,
    pub(crate) kind: OrganisationKind,
    pub(crate) role: Role,
}

/// What the account acts as now.
///
/// # Errors
/// Of [`standing`].
pub(crate) fn actor(host: &mut dyn Host, account: Address) -> Result<Actor, Stop> {
    let standing = standing(host, account)?;
    let kind = members::state::kind(host, standing.organisation)?;
    Ok(Actor {
        account,
        organisation: standing.organisation.0,
        kind: kind.ok_or(Refusal::NoLongerAMember)?,
        role: standing.role,
    })
}

impl Actor {
    /// Refuses who does not trade in medicines.
    ///
    /// # Errors
    /// `NotATradingPartner`.
    pub(crate) fn check_partner(&self) -> Result<(), Refusal> {
        match self.kind.is_trading_partner() {
            true => Ok(()),
            false => Err(Refusal::NotATradingPartner),
        }
    }

    /// Refuses a role that does not act for the organisation in packs.
    ///
    /// # Errors
    /// `RoleMayNotHandlePacks`.
    pub(crate) fn check_role(&self) -> Result<(), Refusal> {
        match self.role.may_handle_packs() {
            true => Ok(()),
            false => Err(Refusal::RoleMayNotHandlePacks),
        }
    }

    /// Whether the account acts for a regulator.
    pub(crate) fn is_regulator(&self) -> bool {
        self.kind == OrganisationKind::Regulator
    }
}

/// A trading partner's account that acts in packs.
///
/// # Errors
/// Of [`standing`], then `NotATradingPartner`, `RoleMayNotHandlePacks`.
pub(crate) fn partner(host: &mut dyn Host, account: Address) -> Result<Actor, Stop> {
    let actor = actor(host, account)?;
    actor.check_partner()?;
    actor.check_role()?;
    Ok(actor)
}
