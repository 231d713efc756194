//! From what book and ledger say to one answer.

use std::collections::BTreeSet;

use alloy_primitives::{Address, B256};
use theriac_contracts::{
    codes::FlagKind,
    packs::{CustodyProof, holder},
};

use super::{
    Cause, Custody, Verification,
    look::{Found, Looked},
};
use crate::packs::{
    book::{Pack, PackState},
    label::{Label, escaped},
    ledger::Told,
};

const UNCHECKED: [&str; 3] = [
    "whether it left elsewhere",
    "flags since the last watch",
    "whether its way still holds",
];

impl Looked {
    /// The answer, from what the ledger told; from the book alone where nothing is told.
    pub(in crate::packs) fn judge(&self, told: Option<&Told>, now_ms: u64) -> Verification {
        let label = self.scanned.label;
        let (mut causes, custody) = match &self.found {
            Found::Pack(known) => judge_pack(known, told),
            Found::Other(pack) => (mismatch(&label, pack), Custody::Unknown),
            Found::Lot => (vec![Cause::SerialUnknown], Custody::Unknown),
            Found::Nothing => (vec![Cause::UnknownHere], Custody::Unknown),
        };
        causes.extend(self.judge_exit(told));
        causes.extend(label.is_expired(now_ms).then_some(Cause::Expired));
        let mut flags = told.map_or_else(|| self.flags.clone(), Told::seen_flags);
        flags.retain(|flag| !flag.is_cleared);
        let kinds: BTreeSet<_> = flags.iter().map(|flag| flag.kind).collect();
        let against = kinds
            .into_iter()
            .filter(|kind| *kind != FlagKind::ExpiryExtended);
        causes.extend(against.map(|kind| Cause::Flagged { kind }));
        let exception = self.exception;
        causes.extend(exception.map(|number| Cause::InException { number }));
        Verification {
            label: Some(label),
            repairs: self.scanned.repairs.clone(),
            causes,
            custody,
            flags,
            ask: told.and_then(|told| self.address(told)),
            manufacturer: None,
            unchecked: match told {
                Some(_) => Vec::new(),
                None => UNCHECKED.into(),
            },
        }
    }

    fn judge_exit(&self, told: Option<&Told>) -> Option<Cause> {
        let Some(told) = told else {
            return match self.pack() {
                Some(pack) if pack.state == PackState::Left => Some(Cause::LeftHere {
                    kind: pack.kind,
                    time_ms: pack.left_ms,
                }),
                Some(_) | None => None,
            };
        };
        let exit = told.exits.get(&self.nullifier)?;
        let (kind, time_ms, organisation) = (exit.kind, exit.timeMs, exit.organisation);
        match kind {
            0 if exit.reservedFor != 0 && exit.reservedFor != self.organisation => {
                Some(Cause::Reserved {
                    organisation: exit.reservedFor,
                })
            }
            0 => None,
            _ if organisation == self.organisation => Some(Cause::LeftHere { kind, time_ms }),
            _ => Some(Cause::LeftElsewhere {
                organisation,
                kind,
                time_ms,
            }),
        }
    }
}

impl Looked {
    /// Where to ask the manufacturer, for a pack that the book does not have.
    fn address(&self, told: &Told) -> Option<String> {
        match self.pack() {
            Some(_) => None,
            None => address(self.responder(told)?, self.label()),
        }
    }
}

/// The question to a responder about a pack; `None` where there is no responder.
pub(in crate::packs) fn address(responder: &str, label: &Label) -> Option<String> {
    let base = responder.trim_end_matches('/');
    let (gtin, expiry) = (label.gtin(), label.expiry());
    let [lot, serial] = [label.lot(), label.serial()].map(escaped);
    let path = format!("verify/gtin/{gtin}/lot/{lot}/ser/{serial}?exp={expiry}");
    (!base.is_empty()).then(|| format!("{base}/{path}"))
}

fn judge_pack(known: &(Pack, CustodyProof), told: Option<&Told>) -> (Vec<Cause>, Custody) {
    let (pack, proof) = known;
    let mut causes = Vec::new();
    match pack.state {
        PackState::Held | PackState::Left | PackState::Returning => {}
        PackState::Made | PackState::Moving | PackState::Sent | PackState::Leaving => {
            causes.push(Cause::NotHeld(pack.state.word()));
        }
    }
    let Some(told) = told else {
        return (causes, Custody::NotChecked);
    };
    causes.extend(origin(pack, told));
    match is_proven(pack, proof, told) {
        true => {
            let steps = proof.steps.len();
            (causes, Custody::Complete { steps })
        }
        false if pack.state == PackState::Held => {
            causes.push(Cause::CustodyBroken);
            (causes, Custody::Broken)
        }
        false => (causes, Custody::Broken),
    }
}

/// Whether the lot was entered by who answers for the product.
fn origin(pack: &Pack, told: &Told) -> Option<Cause> {
    let Some(lot) = told.lots.get(&pack.root) else {
        return Some(Cause::LotNotCommissioned);
    };
    match told.products.get(&pack.label.gtin_number()) {
        None => Some(Cause::ProductUnknown),
        Some(product) if product.holder == lot.organisation => None,
        Some(_) => Some(Cause::LotOfAnother {
            organisation: lot.organisation,
        }),
    }
}

fn is_proven(pack: &Pack, proof: &CustodyProof, told: &Told) -> bool {
    let first = told
        .lots
        .get(&pack.root)
        .map_or(Address::ZERO, |lot| lot.key);
    let commitment = |key: &Address| {
        told.closings
            .get(key)
            .map_or(B256::ZERO, |closing| closing.commitment)
    };
    let commitments: Vec<_> = proof
        .steps
        .iter()
        .map(|step| commitment(&step.key))
        .collect();
    let leads_to = holder(pack.tag, proof, first, &commitments);
    leads_to == Ok(pack.key) && !told.closings.contains_key(&pack.key)
}

fn mismatch(label: &Label, pack: &Pack) -> Vec<Cause> {
    let other = &pack.label;
    match (label.lot() == other.lot(), label.expiry() == other.expiry()) {
        (false, true) => vec![Cause::LotMismatch],
        (true, false) => vec![Cause::ExpiryMismatch],
        (false, false) | (true, true) => vec![Cause::LotAndExpiryMismatch],
    }
}
