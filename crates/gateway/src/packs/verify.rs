//! One answer to one scan: fit to be dispensed, or why not.

mod cause;

use std::collections::BTreeSet;

use alloy_primitives::{Address, B256};
use theriac_contracts::{
    codes::{FlagKind, FlagSubject},
    packs::{CustodyProof, holder},
};
use theriac_standards::gs1::scan::Repair;

use super::{
    Error, Partner,
    book::{Pack, PackState, SeenFlag},
    label::{Label, Scanned},
    ledger::{Questions, Told},
};
pub use cause::{Cause, CauseClass};

/// What became of a scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// What was scanned; `None` where it cannot be read.
    pub label: Option<Label>,
    /// What had to be undone to read it.
    pub repairs: Vec<Repair>,
    /// Why it is not fit; none where it is.
    pub causes: Vec<Cause>,
    /// The way of the pack.
    pub custody: Custody,
    /// Flags that stand on the pack, its lot, or units in which it travelled.
    pub flags: Vec<SeenFlag>,
    /// Where the product's manufacturer answers, for a pack that the book does not have.
    pub ask: Option<String>,
    /// What was not checked, since no node was asked.
    pub unchecked: Vec<&'static str>,
}

/// The way of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Custody {
    /// Proven from the lot to the partner's own key, which is open.
    Complete {
        /// How many hand-overs.
        steps: usize,
    },
    /// In the book, and not checked against the ledger.
    NotChecked,
    /// It does not lead here.
    Broken,
    /// The book has no way of this pack.
    Unknown,
}

impl Verification {
    /// Whether the pack may be dispensed.
    pub fn is_fit(&self) -> bool {
        self.causes.is_empty()
    }

    fn unreadable(text: String) -> Self {
        Self {
            label: None,
            repairs: Vec::new(),
            causes: vec![Cause::Unreadable(text)],
            custody: Custody::Unknown,
            flags: Vec::new(),
            ask: None,
            unchecked: Vec::new(),
        }
    }
}

/// What the book has of a scanned pack.
enum Found {
    /// Exactly this pack, with its way.
    Pack(Box<(Pack, CustodyProof)>),
    /// A pack with this serial number, and another lot or expiry.
    Other(Box<Pack>),
    /// The lot, and no such pack in it.
    Lot,
    /// Nothing.
    Nothing,
}

impl Partner {
    /// Verifies a scan from the book and one round of questions to the ledger.
    ///
    /// # Errors
    /// Those of book and ledger; a scan that cannot be read is an answer.
    pub async fn verify(&mut self, scan: &str, now_ms: u64) -> Result<Verification, Error> {
        let scanned = match Label::scan(scan) {
            Ok(scanned) => scanned,
            Err(fault) => return Ok(Verification::unreadable(fault.to_string())),
        };
        let found = self.find(&scanned.label)?;
        let told = self
            .questions(&scanned.label, &found)
            .ask(&self.client)
            .await?;
        let flags: Vec<_> = told
            .flags
            .values()
            .flatten()
            .filter_map(SeenFlag::of)
            .collect();
        self.book.keep_flags(&flags, None)?;
        let standing = flags.into_iter().filter(|flag| !flag.is_cleared).collect();
        self.with_exception(self.judge(scanned, &found, (Some(&told), standing), now_ms))
    }

    /// Verifies a scan from the book alone, and says what that leaves open.
    ///
    /// # Errors
    /// Those of the book.
    pub fn verify_offline(&self, scan: &str, now_ms: u64) -> Result<Verification, Error> {
        let scanned = match Label::scan(scan) {
            Ok(scanned) => scanned,
            Err(fault) => return Ok(Verification::unreadable(fault.to_string())),
        };
        let found = self.find(&scanned.label)?;
        let mut flags = Vec::new();
        for (subject, handle) in self.questions(&scanned.label, &found).flags {
            let subject = FlagSubject::from_code(subject).expect("it was asked for");
            flags.extend(self.book.standing_flags(subject, handle)?);
        }
        self.with_exception(self.judge(scanned, &found, (None, flags), now_ms))
    }

    /// A pack of an exception is not fit.
    fn with_exception(&self, mut verification: Verification) -> Result<Verification, Error> {
        if let Some(label) = &verification.label {
            let number = self.book.exception_of(label.tag())?;
            let cause = number.map(|number| Cause::InException { number });
            verification.causes.extend(cause);
        }
        Ok(verification)
    }

    fn find(&self, label: &Label) -> Result<Found, Error> {
        if let Some(pack) = self.book.pack(label.tag())? {
            let proof = self.proof_of(&pack)?;
            return Ok(Found::Pack(Box::new((pack, proof))));
        }
        let others = self.book.packs_by_serial(label.gtin(), label.serial())?;
        if let Some(other) = others.into_iter().next() {
            return Ok(Found::Other(Box::new(other)));
        }
        let lots = self.book.lots(label.gtin(), label.lot())?;
        Ok(if lots.is_empty() {
            Found::Nothing
        } else {
            Found::Lot
        })
    }

    fn questions(&self, label: &Label, found: &Found) -> Questions {
        let mut questions = Questions::default();
        let nullifier = self.nullifier(label.tag());
        questions.exits.insert(nullifier);
        questions.products.insert(label.gtin_number());
        questions.flags_of(FlagSubject::Pack, nullifier);
        if let Found::Pack(known) = found {
            let (pack, proof) = known.as_ref();
            questions.lots.insert(proof.lot);
            questions.flags_of(FlagSubject::Lot, proof.lot);
            questions.keys.insert(pack.key);
            for step in &proof.steps {
                questions.keys.insert(step.key);
                questions.flags_of(FlagSubject::Container, step.key.into_word());
            }
            questions.flags_of(FlagSubject::Container, pack.key.into_word());
        }
        questions
    }

    fn judge(
        &self,
        scanned: Scanned,
        found: &Found,
        (told, flags): (Option<&Told>, Vec<SeenFlag>),
        now_ms: u64,
    ) -> Verification {
        let label = scanned.label;
        let (mut causes, custody) = match found {
            Found::Pack(known) => judge_pack(known, told),
            Found::Other(pack) => (mismatch(&label, pack), Custody::Unknown),
            Found::Lot => (vec![Cause::SerialUnknown], Custody::Unknown),
            Found::Nothing => (vec![Cause::UnknownHere], Custody::Unknown),
        };
        causes.extend(self.judge_exit(&label, found, told));
        causes.extend(label.is_expired(now_ms).then_some(Cause::Expired));
        let kinds: BTreeSet<_> = flags.iter().map(|flag| flag.kind).collect();
        let against = kinds
            .into_iter()
            .filter(|kind| *kind != FlagKind::ExpiryExtended);
        causes.extend(against.map(|kind| Cause::Flagged { kind }));
        let unchecked = match told {
            Some(_) => Vec::new(),
            None => vec![
                "whether it left elsewhere",
                "flags since the last watch",
                "whether its way still holds",
            ],
        };
        Verification {
            label: Some(label),
            repairs: scanned.repairs,
            causes,
            custody,
            flags,
            ask: self.responder(&label, found, told),
            unchecked,
        }
    }

    fn judge_exit(&self, label: &Label, found: &Found, told: Option<&Told>) -> Option<Cause> {
        let own = self.book.owner().organisation;
        let Some(told) = told else {
            return match found {
                Found::Pack(known) if known.0.state == PackState::Left => Some(Cause::LeftHere {
                    kind: known.0.kind,
                    time_ms: known.0.left_ms,
                }),
                Found::Pack(_) | Found::Other(_) | Found::Lot | Found::Nothing => None,
            };
        };
        let exit = told.exits.get(&self.nullifier(label.tag()))?;
        let (kind, time_ms, organisation) = (exit.kind, exit.timeMs, exit.organisation);
        match kind {
            0 if exit.reservedFor != 0 && exit.reservedFor != own => Some(Cause::Reserved {
                organisation: exit.reservedFor,
            }),
            0 => None,
            _ if organisation == own => Some(Cause::LeftHere { kind, time_ms }),
            _ => Some(Cause::LeftElsewhere {
                organisation,
                kind,
                time_ms,
            }),
        }
    }

    /// Where the manufacturer answers: GS1 Lightweight Verification Messaging.
    fn responder(&self, label: &Label, found: &Found, told: Option<&Told>) -> Option<String> {
        if matches!(found, Found::Pack(_)) {
            return None;
        }
        let product = told?.products.get(&label.gtin_number())?;
        let base = product.responder.trim_end_matches('/');
        let (gtin, lot, serial, expiry) =
            (label.gtin(), label.lot(), label.serial(), label.expiry());
        let [lot, serial] = [lot, serial].map(super::label::escaped);
        let path = format!("verify/gtin/{gtin}/lot/{lot}/ser/{serial}?exp={expiry}");
        (!base.is_empty()).then(|| format!("{base}/{path}"))
    }
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
