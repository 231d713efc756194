//! The way of a pack as a file, for one of many requests.

use super::Desk;
use crate::packs::{Error, evidence::Evidence};

impl Desk {
    /// The evidence of the way of a scanned pack, from the book. Anyone with access to the ledger checks it.
    ///
    /// # Errors
    /// `PackUnknown`, a scan that cannot be read; those of the book.
    pub async fn provenance(&self, scan: &str) -> Result<Evidence, Error> {
        let scan = scan.to_owned();
        let evidence = self
            .shared
            .readers
            .run(move |partner| partner.evidence(&scan));
        evidence.await
    }
}
