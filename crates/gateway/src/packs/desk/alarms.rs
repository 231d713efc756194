//! What is to be pulled from the shelf, and what went wrong while no node answered.

use super::Desk;
use crate::packs::{Alarm, Error, Partner, book, label::Label};

/// Collisions that are told at most, the newest first.
const COLLISIONS: usize = 1_000;

/// What a pharmacist must know of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alarms {
    /// Flags that stand on packs in stock.
    pub flags: Vec<Alarm>,
    /// Queued exits that the ledger refused, the newest first.
    pub collisions: Vec<Collision>,
    /// When the flags were looked at last, in Unix milliseconds; 0 where they were not since the start.
    pub looked_ms: u64,
}

/// A queued exit that the ledger refused: the pack was given away here, and the ledger has it otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// The pack.
    pub label: Label,
    /// What is kept of it.
    pub kept: book::Collision,
}

impl Desk {
    /// What is to be pulled, and what collided.
    ///
    /// # Errors
    /// Those of the book.
    pub async fn alarms(&self) -> Result<Alarms, Error> {
        let read = |partner: &Partner| {
            let mut collisions = Vec::new();
            for kept in partner.book.collisions(COLLISIONS)? {
                let pack = partner.book.pack(kept.tag)?;
                collisions.extend(pack.map(|pack| Collision {
                    label: pack.label,
                    kept,
                }));
            }
            Ok::<_, Error>((partner.alarms()?, collisions))
        };
        let (flags, collisions) = self.shared.readers.run(read).await?;
        Ok(Alarms {
            flags,
            collisions,
            looked_ms: self.shared.link.looked_ms(),
        })
    }
}
