//! What waits in the book for a node.

use super::Desk;
use crate::packs::{
    Error, Partner,
    book::{Entry, Waiting},
    label::Label,
};

/// What waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Whether a node answered when one was asked last.
    pub is_linked: bool,
    /// Entries, in the order in which they were put there.
    pub entries: Vec<Queued>,
}

/// An entry that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Its number.
    pub number: i64,
    /// A word for what it is.
    pub entry: &'static str,
    /// How packs leave with it: a code of `ExitKind`; 0 where it is no exit.
    pub kind: u8,
    /// When it was asked for; 0 where it is no exit.
    pub time_ms: u64,
    /// The packs that leave or come back with it.
    pub packs: Vec<Label>,
}

impl Desk {
    /// What waits in the book, what is on its way included.
    ///
    /// # Errors
    /// Those of the book.
    pub async fn queue(&self) -> Result<Queue, Error> {
        let read = |partner: &Partner| {
            let waiting = partner.book.waiting()?;
            waiting
                .into_iter()
                .map(|one| queued(partner, one))
                .collect()
        };
        let entries: Result<_, Error> = self.shared.readers.run(read).await;
        Ok(Queue {
            is_linked: self.is_linked(),
            entries: entries?,
        })
    }
}

fn queued(partner: &Partner, waiting: Waiting) -> Result<Queued, Error> {
    let (tags, kind, time_ms) = match &waiting.entry {
        Entry::Leave {
            tags,
            kind,
            time_ms,
        } => (tags.clone(), *kind, *time_ms),
        Entry::Undo { tag } | Entry::Contest { tag } => (vec![*tag], 0, 0),
        Entry::Commission { .. }
        | Entry::Close { .. }
        | Entry::Commit { .. }
        | Entry::Flag { .. }
        | Entry::Record { .. }
        | Entry::Fill { .. }
        | Entry::Clear { .. } => (Vec::new(), 0, 0),
    };
    let mut packs = Vec::with_capacity(tags.len());
    for tag in tags {
        packs.extend(partner.book.pack(tag)?.map(|pack| pack.label));
    }
    Ok(Queued {
        number: waiting.number,
        entry: waiting.entry.word(),
        kind,
        time_ms,
        packs,
    })
}
