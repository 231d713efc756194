//! Lets a pack leave otherwise than by being dispensed, for one of many requests.

use theriac_contracts::codes::ExitKind;

use super::{Desk, Done, RequestKey, clerk::Act};
use crate::packs::{Error, label::Label};

impl Desk {
    /// Lets the pack of a scan leave in this way; returns when that is final, or durable in the book where no node answers. It must be held, and
    /// need not be fit.
    ///
    /// # Errors
    /// `PackUnknown`, `NotHeld`; `DispensedByYou` and `LeftElsewhere` for a pack that left; `RequestKeyUsed`; those of book and ledger.
    pub async fn decommission(
        &self,
        scan: &str,
        kind: ExitKind,
        (key, now_ms): (&RequestKey, u64),
    ) -> Result<Done, Error> {
        let label = Label::scan(scan)?.label;
        let act = Act::Leave(kind);
        match self.repeated(label, act, key).await? {
            Some(done) => Ok(done),
            None => self.do_once(label, act, (key, now_ms)).await,
        }
    }
}
