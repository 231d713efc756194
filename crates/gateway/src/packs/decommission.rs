//! Packs leave otherwise than by being dispensed.

use theriac_contracts::codes::ExitKind;

use super::{Error, Partner, label::Label};

impl Partner {
    /// Lets the pack of a scan leave in this way. It must be held, and need not be fit.
    ///
    /// # Errors
    /// `PackUnknown`, `NotHeld`; `DispensedByYou` and `LeftElsewhere` for a pack that left; those of book and ledger.
    pub async fn decommission(
        &mut self,
        scan: &str,
        kind: ExitKind,
        now_ms: u64,
    ) -> Result<Label, Error> {
        let label = Label::scan(scan)?.label;
        let number = self.put_leaving(label.tag(), kind, now_ms)?;
        match self.settle_these(&[number]).await {
            Ok(()) => Ok(label),
            Err(error) => Err(self.why_refused(label.tag(), error).await),
        }
    }
}
