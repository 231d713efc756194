//! The holder of a pack strikes the exit that another organisation entered for it.

use super::{
    Error, Partner, Refusal,
    book::{Entry, PackState},
    label::Label,
};

impl Partner {
    /// Strikes the exit that another organisation entered for the pack of a scan, by proving that the partner holds it. This tells the ledger the pack's
    /// tag and its way.
    ///
    /// # Errors
    /// `PackUnknown`, `NotHeld`; those of book and ledger.
    pub async fn contest(&mut self, scan: &str) -> Result<Label, Error> {
        let label = Label::scan(scan)?.label;
        let pack = self.book.pack(label.tag())?.ok_or(Refusal::PackUnknown)?;
        if pack.state != PackState::Held {
            return Err(Refusal::NotHeld(pack.state.word()).into());
        }
        let number = self.book.put_entry(&Entry::Contest { tag: pack.tag })?;
        self.settle_these(&[number]).await?;
        Ok(label)
    }
}
