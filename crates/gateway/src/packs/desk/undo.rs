//! Undoes an exit, for one of many requests.

use theriac_contracts::codes::FlagSubject;

use super::{Desk, Done, RequestKey, clerk::Act};
use crate::packs::{
    Error, Refusal,
    label::Label,
    undo::{forbids, undoable},
};

impl Desk {
    /// Undoes the exit of the pack of a scan; returns when that is final. A node must answer, since a recall forbids it.
    ///
    /// # Errors
    /// `PackUnknown`, `NotUndoable`, `RequestKeyUsed`; those of book and ledger.
    pub async fn undo(&self, scan: &str, key: &RequestKey, now_ms: u64) -> Result<Done, Error> {
        let label = Label::scan(scan)?.label;
        if let Some(done) = self.repeated(label, Act::Undo, key).await? {
            return Ok(done);
        }
        let pack = self
            .shared
            .readers
            .run(move |partner| partner.book.pack(label.tag()));
        let pack = pack.await?.ok_or(Refusal::PackUnknown)?;
        undoable(&pack, now_ms)?;
        let client = &self.shared.client;
        if client
            .flags_of(FlagSubject::Lot, pack.root)
            .await?
            .iter()
            .any(forbids)
        {
            return Err(Refusal::NotUndoable("a flag stands on the lot").into());
        }
        self.do_once(label, Act::Undo, (key, now_ms)).await
    }
}
