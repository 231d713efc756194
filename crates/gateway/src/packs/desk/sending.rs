//! What an exit, or its undoing, is on the ledger.

use alloy_primitives::{Address, B256};
use theriac_contracts::{
    addresses::PACKS, codes::ExitKind, interfaces::IPacks::exitCall, packs::undo_commitment,
};
use theriac_sdk::{Client, Reads};

use crate::packs::{
    Error, Partner,
    book::{BookError, Entry},
};

/// An entry with all that it needs, so that the book need not be open while it is sent.
#[derive(Clone, Debug)]
pub(in crate::packs) enum Sending {
    /// Packs leave.
    Leave {
        kind: ExitKind,
        nullifiers: Vec<B256>,
        undo: Vec<B256>,
    },
    /// An exit is undone.
    Undo { nullifier: B256, secret: B256 },
}

impl Sending {
    /// `None` where the entry is neither exit nor undoing.
    ///
    /// # Errors
    /// Those of the book.
    pub(in crate::packs) fn of(partner: &Partner, entry: &Entry) -> Result<Option<Self>, Error> {
        Ok(match entry {
            Entry::Leave { tags, kind, .. } => Some(Self::leave(partner, tags, *kind)?),
            Entry::Undo { tag } => Some(Self::Undo {
                nullifier: partner.nullifier(*tag),
                secret: partner.undo_secret(*tag)?,
            }),
            Entry::Commission { .. }
            | Entry::Close { .. }
            | Entry::Commit { .. }
            | Entry::Contest { .. }
            | Entry::Flag { .. }
            | Entry::Record { .. }
            | Entry::Fill { .. }
            | Entry::Clear { .. } => None,
        })
    }

    fn leave(partner: &Partner, tags: &[B256], kind: u8) -> Result<Self, Error> {
        let unknown = BookError::Damaged("an exit has no such code");
        let kind = ExitKind::from_code(kind).ok_or(unknown)?;
        let mut undo = Vec::with_capacity(tags.len());
        for tag in tags {
            undo.push(match kind.may_be_undone() {
                true => undo_commitment(partner.undo_secret(*tag)?),
                false => B256::ZERO,
            });
        }
        let nullifiers = tags.iter().map(|tag| partner.nullifier(*tag)).collect();
        Ok(Self::Leave {
            kind,
            nullifiers,
            undo,
        })
    }

    /// Enters it, and returns when it is final.
    ///
    /// # Errors
    /// Those of the ledger.
    pub(in crate::packs) async fn enter(self, client: &Client) -> Result<(), Error> {
        match self {
            Self::Leave {
                kind: ExitKind::Dispensed,
                nullifiers,
                undo,
            } => client.dispense_packs(nullifiers, undo).await?,
            Self::Leave {
                kind,
                nullifiers,
                undo,
            } => client.decommission_packs(nullifiers, kind, undo).await?,
            Self::Undo { nullifier, secret } => client.undo_exit(nullifier, secret).await?,
        };
        Ok(())
    }

    /// Whether the ledger has it, from this account.
    ///
    /// # Errors
    /// Those of the ledger.
    pub(in crate::packs) async fn is_entered(
        &self,
        client: &Client,
        account: Address,
    ) -> Result<bool, Error> {
        match self {
            Self::Leave {
                kind, nullifiers, ..
            } => {
                let mut reads = Reads::default();
                let exit = |nullifier: &B256| exitCall {
                    nullifier: *nullifier,
                };
                let slots: Vec<_> = nullifiers
                    .iter()
                    .map(|nullifier| reads.add(PACKS, &exit(nullifier)))
                    .collect();
                let mut answers = client.read_all(reads).await?;
                for slot in slots {
                    let exit = answers.take(slot)?;
                    if (exit.kind, exit.account) != (kind.code(), account) {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Self::Undo { nullifier, .. } => Ok(client.exit(*nullifier).await?.kind == 0),
        }
    }
}
