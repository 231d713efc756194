//! What a manufacturer answers about a pack, from its own book and the ledger.

use std::collections::BTreeSet;

use theriac_contracts::codes::FlagKind;

use super::{Information, Reason};
use crate::packs::{
    book::{Pack, PackState},
    label::Label,
};

/// What a manufacturer knows of a pack that is asked about.
#[derive(Clone, Debug, Default)]
pub(in crate::packs) struct Known {
    /// Packs that it made with this GTIN and serial number.
    pub(in crate::packs) packs: Vec<Pack>,
    /// What the flags say that stand on the pack, its lot, or units in which it travelled.
    pub(in crate::packs) flags: BTreeSet<FlagKind>,
    /// Whether the pack left for good or for now: dispensed, destroyed.
    pub(in crate::packs) has_left: bool,
}

/// Why the pack is not verified, none where it is; and what else is said.
pub(in crate::packs) fn answer(
    label: &Label,
    known: &Known,
    now_ms: u64,
) -> (Option<Reason>, Option<Information>) {
    let exact = known.packs.iter().find(|pack| pack.label == *label);
    let Some(pack) = exact else {
        return (Some(mismatch(label, &known.packs)), None);
    };
    let is_extended = known.flags.contains(&FlagKind::ExpiryExtended);
    let mut information: BTreeSet<_> = known.flags.iter().copied().filter_map(meaning).collect();
    if label.is_expired(now_ms) && !is_extended {
        information.insert(Information::Expired);
    }
    let gravest = information.first().copied();
    match gravest {
        Some(gravest) if gravest != Information::ExpirationExtended => {
            (Some(Reason::NotForRedistribution), Some(gravest))
        }
        _ if known.has_left => (Some(Reason::NotForRedistribution), gravest),
        _ if was_never_sold(pack) => (Some(Reason::ManufacturerPolicy), gravest),
        _ => (None, gravest),
    }
}

/// A pack that is still with its maker does not come back from a customer.
fn was_never_sold(pack: &Pack) -> bool {
    match pack.state {
        PackState::Sent => false,
        PackState::Made
        | PackState::Held
        | PackState::Moving
        | PackState::Leaving
        | PackState::Left
        | PackState::Returning => true,
    }
}

fn mismatch(label: &Label, packs: &[Pack]) -> Reason {
    let same = |lot: bool, expiry: bool| {
        let mut packs = packs.iter();
        packs.any(|pack| {
            (
                pack.label.lot() == label.lot(),
                pack.label.expiry() == label.expiry(),
            ) == (lot, expiry)
        })
    };
    match packs.is_empty() {
        true => Reason::NoMatchGtinSerial,
        false if same(false, true) => Reason::NoMatchGtinSerialLot,
        false if same(true, false) => Reason::NoMatchGtinSerialExpiry,
        false => Reason::NoMatchGtinSerialLotExpiry,
    }
}

fn meaning(kind: FlagKind) -> Option<Information> {
    Some(match kind {
        FlagKind::RecallClass1
        | FlagKind::RecallClass2
        | FlagKind::RecallClass3
        | FlagKind::Withdrawn => Information::Recalled,
        FlagKind::Stolen | FlagKind::Illegitimate => Information::Illegitimate,
        FlagKind::Suspect | FlagKind::Quarantine => Information::Suspect,
        FlagKind::ExpiryExtended => Information::ExpirationExtended,
    })
}

#[cfg(test)]
mod tests;
