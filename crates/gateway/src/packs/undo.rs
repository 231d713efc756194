//! An exit is undone, where ledger and gateway both allow it.

use theriac_contracts::codes::{ExitKind, FlagKind, FlagSubject};
use theriac_sdk::packs::Flag;

use super::{
    Error, Partner, Refusal,
    book::{Entry, Pack, PackState},
    label::Label,
};

impl Partner {
    /// Undoes the exit of the pack of a scan. The ledger checks time, organisation and secret; here it is checked what the ledger cannot know: that
    /// the lot is not recalled and the pack not expired.
    ///
    /// # Errors
    /// `PackUnknown`, `NotHeld`, `NotUndoable`; those of book and ledger.
    pub async fn undo(&mut self, scan: &str, now_ms: u64) -> Result<Label, Error> {
        let label = Label::scan(scan)?.label;
        let pack = self.book.pack(label.tag())?.ok_or(Refusal::PackUnknown)?;
        undoable(&pack, now_ms)?;
        let flags = self.client.flags_of(FlagSubject::Lot, pack.root).await?;
        if flags.iter().any(forbids) {
            return Err(Refusal::NotUndoable("a flag stands on the lot").into());
        }
        let number = self.book.put_entry(&Entry::Undo { tag: pack.tag })?;
        self.settle_these(&[number]).await?;
        Ok(label)
    }
}

/// Whether the book has an exit of this pack that may be undone.
pub(super) fn undoable(pack: &Pack, now_ms: u64) -> Result<(), Refusal> {
    if pack.state != PackState::Left {
        return Err(Refusal::NotUndoable("it has not left from here"));
    }
    if !ExitKind::from_code(pack.kind).is_some_and(ExitKind::may_be_undone) {
        let final_ = "what is destroyed, lost or stolen does not come back";
        return Err(Refusal::NotUndoable(final_));
    }
    match pack.label.is_expired(now_ms) {
        true => Err(Refusal::NotUndoable("the pack has expired")),
        false => Ok(()),
    }
}

/// Whether a flag on the lot forbids that a pack comes back.
pub(super) fn forbids(flag: &Flag) -> bool {
    let kind = FlagKind::from_code(flag.kind);
    flag.clearedBy == 0 && kind.is_some_and(|kind| kind != FlagKind::ExpiryExtended)
}
