//! Flags: recalls of lots, thefts and suspicions of units and packs.

use std::collections::BTreeSet;

use alloy_primitives::B256;
use theriac_contracts::codes::{FlagKind, FlagSubject};

use super::{Error, Partner, Refusal, book::Entry, label::Label};

/// On what a flag is raised, as people name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A lot by its root.
    Root(B256),
    /// A lot by its number, and the product where several lots have it.
    Lot {
        /// The product.
        gtin: Option<String>,
        /// The lot's number.
        lot: String,
    },
    /// A logistic unit that was sent or received.
    Unit(String),
    /// The pack of a scan, whether the book has it or not.
    Pack(String),
}

/// A flag that was raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raised {
    /// Its number.
    pub number: u64,
    /// What it stands on.
    pub subject: FlagSubject,
    /// The root, key or nullifier.
    pub handle: B256,
}

impl Partner {
    /// Raises a flag on each handle of the target: one for a lot or a pack, one for each key of a unit.
    ///
    /// # Errors
    /// `LotUnknown`, `LotAmbiguous`, `UnitUnknown`, a scan that cannot be read; those of book and ledger.
    pub async fn flag(&mut self, target: &Target, kind: FlagKind) -> Result<Vec<Raised>, Error> {
        let mut raised = Vec::new();
        for (subject, handle) in self.handles(target)? {
            let entry = Entry::Flag {
                subject: subject.code(),
                handle,
                kind: kind.code(),
                notice: B256::ZERO,
            };
            let number = self.book.put_entry(&entry)?;
            self.settle_these(&[number]).await?;
            let newest = self.client.flags_of(subject, handle).await?;
            let own = self.book.owner().organisation;
            let newest = newest.iter().find(|flag| flag.organisation == own);
            raised.extend(newest.map(|flag| Raised {
                number: flag.number,
                subject,
                handle,
            }));
        }
        Ok(raised)
    }

    /// Clears a flag.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn clear(&mut self, number: u64) -> Result<(), Error> {
        let notice = B256::ZERO;
        let put = self.book.put_entry(&Entry::Clear { number, notice })?;
        self.settle_these(&[put]).await
    }

    fn handles(&self, target: &Target) -> Result<Vec<(FlagSubject, B256)>, Error> {
        Ok(match target {
            Target::Root(root) => vec![(FlagSubject::Lot, *root)],
            Target::Lot { gtin, lot } => {
                vec![(FlagSubject::Lot, self.root_of(gtin.as_deref(), lot)?)]
            }
            Target::Unit(sscc) => {
                let packs = self.book.packs_of_unit(sscc)?;
                let keys: BTreeSet<_> = packs.iter().map(|pack| pack.key).collect();
                if keys.is_empty() {
                    return Err(Refusal::UnitUnknown(sscc.clone()).into());
                }
                let handle =
                    |key: alloy_primitives::Address| (FlagSubject::Container, key.into_word());
                keys.into_iter().map(handle).collect()
            }
            Target::Pack(scan) => {
                let tag = Label::scan(scan)?.label.tag();
                vec![(FlagSubject::Pack, self.nullifier(tag))]
            }
        })
    }

    /// Root of the one lot with this number.
    pub(super) fn root_of(&self, gtin: Option<&str>, lot: &str) -> Result<B256, Error> {
        let lots = self.book.lots_of_number(lot)?;
        let of_product =
            |known: &&super::book::KnownLot| gtin.is_none_or(|gtin| known.gtin == gtin);
        let roots: Vec<_> = lots
            .iter()
            .filter(of_product)
            .map(|known| known.root)
            .collect();
        match roots.as_slice() {
            [root] => Ok(*root),
            [] => Err(Refusal::LotUnknown(lot.to_owned()).into()),
            several => Err(Refusal::LotAmbiguous(several.len()).into()),
        }
    }
}
