//! What the book has of a scanned pack, and what is to be asked of it.

use alloy_primitives::B256;
use theriac_contracts::{codes::FlagSubject, packs::CustodyProof};

use crate::packs::{
    Error, Partner,
    book::{Pack, SeenFlag},
    label::{Label, Scanned},
    ledger::{NEWER, Questions, Told},
};

/// What the book has of a scanned pack.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// Exactly this pack, with its way.
    Pack(Box<(Pack, CustodyProof)>),
    /// A pack with this serial number, and another lot or expiry.
    Other(Box<Pack>),
    /// The lot, and no such pack in it.
    Lot,
    /// Nothing.
    Nothing,
}

/// A scan that was looked up in a book.
#[derive(Clone, Debug)]
pub(in crate::packs) struct Looked {
    pub(super) scanned: Scanned,
    pub(super) found: Found,
    pub(super) nullifier: B256,
    /// Whose book it is.
    pub(super) organisation: u32,
    /// Flags that stood when they were last seen.
    pub(super) flags: Vec<SeenFlag>,
    /// The number of the first flag of the network that was not seen yet.
    pub(super) seen: u64,
    /// The exception for which the pack is kept apart.
    pub(super) exception: Option<i64>,
}

impl Partner {
    /// Looks a scan up in the book.
    ///
    /// # Errors
    /// Those of the book.
    pub(in crate::packs) fn look(&self, scanned: Scanned) -> Result<Looked, Error> {
        let found = self.find(&scanned.label)?;
        // Before the flags themselves: what is added in between is seen twice, and not never.
        let seen = self.book.flags_seen()?;
        let tag = scanned.label.tag();
        let mut looked = Looked {
            nullifier: self.nullifier(tag),
            exception: self.book.exception_of(tag)?,
            organisation: self.book.owner().organisation,
            scanned,
            found,
            flags: Vec::new(),
            seen,
        };
        for (subject, handle) in looked.handles() {
            looked
                .flags
                .extend(self.book.standing_flags(subject, handle)?);
        }
        Ok(looked)
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
}

impl Looked {
    /// The label.
    pub(in crate::packs) fn label(&self) -> &Label {
        &self.scanned.label
    }

    /// The pack, where the book has exactly this.
    pub(in crate::packs) fn pack(&self) -> Option<&Pack> {
        match &self.found {
            Found::Pack(known) => Some(&known.0),
            Found::Other(_) | Found::Lot | Found::Nothing => None,
        }
    }

    /// Whether the book has this flag as it is.
    pub(in crate::packs) fn knows_flag(&self, flag: &SeenFlag) -> bool {
        flag.is_cleared && !self.flags.iter().any(|known| known.number == flag.number)
            || self.flags.contains(flag)
    }

    /// On what a flag would concern the pack.
    pub(in crate::packs) fn handles(&self) -> Vec<(FlagSubject, B256)> {
        let mut handles = vec![(FlagSubject::Pack, self.nullifier)];
        if let Found::Pack(known) = &self.found {
            let (pack, proof) = known.as_ref();
            handles.push((FlagSubject::Lot, proof.lot));
            let keys = proof.steps.iter().map(|step| step.key).chain([pack.key]);
            handles.extend(keys.map(|key| (FlagSubject::Container, key.into_word())));
        }
        handles
    }

    /// All that the ledger is to be asked.
    pub(in crate::packs) fn questions(&self) -> Questions {
        let mut questions = Questions::default();
        questions.exits.insert(self.nullifier);
        questions.products.insert(self.label().gtin_number());
        if let Found::Pack(known) = &self.found {
            let (pack, proof) = known.as_ref();
            questions.lots.insert(proof.lot);
            questions.keys.insert(pack.key);
            questions
                .keys
                .extend(proof.steps.iter().map(|step| step.key));
        }
        for (subject, handle) in self.handles() {
            questions.flags_of(subject, handle);
        }
        questions
    }

    /// What the ledger is to be asked beside what the book has of flags: those that are new in the network, and whether those that stand here
    /// still do.
    pub(in crate::packs) fn newest_questions(&self) -> Questions {
        let mut questions = self.questions();
        let standing = self.flags.iter();
        questions.flags = standing
            .map(|flag| (flag.subject.code(), flag.handle))
            .collect();
        questions.newer = Some(self.seen);
        questions
    }

    /// Sorts new flags under what they stand on; false where there may be more of them.
    pub(in crate::packs) fn sort_newer(&self, told: &mut Told) -> bool {
        let is_all = told.newer.len() < NEWER as usize;
        let handles = self.handles();
        for flag in std::mem::take(&mut told.newer) {
            let concerns = |(subject, handle): &(FlagSubject, B256)| {
                (subject.code(), *handle) == (flag.subject, flag.handle)
            };
            if !handles.iter().any(concerns) {
                continue;
            }
            let of_handle = told.flags.entry((flag.subject, flag.handle)).or_default();
            if !of_handle.iter().any(|known| known.number == flag.number) {
                of_handle.push(flag);
            }
        }
        is_all
    }
}
