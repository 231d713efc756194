//! An exit is undone, where ledger and gateway both allow it.

use theriac_contracts::codes::{ExitKind, FlagKind, FlagSubject};

use super::{
    Error, Partner, Refusal,
    book::{Entry, PackState},
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
        if pack.state != PackState::Left {
            return Err(Refusal::NotUndoable("it has not left from here").into());
        }
        if !ExitKind::from_code(pack.kind).is_some_and(ExitKind::may_be_undone) {
            return Err(Refusal::NotUndoable(
                "what is destroyed, lost or stolen does not come back",
            )
            .into());
        }
        if label.is_expired(now_ms) {
            return Err(Refusal::NotUndoable("the pack has expired").into());
        }
        let flags = self.client.flags_of(FlagSubject::Lot, pack.root).await?;
        let stands = flags.iter().filter(|flag| flag.clearedBy == 0);
        if stands
            .filter_map(|flag| FlagKind::from_code(flag.kind))
            .any(|kind| kind != FlagKind::ExpiryExtended)
        {
            return Err(Refusal::NotUndoable("a flag stands on the lot").into());
        }
        let number = self.book.put_entry(&Entry::Undo { tag: pack.tag })?;
        self.settle_these(&[number]).await?;
        Ok(label)
    }
}
