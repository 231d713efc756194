//! A report's commitment is entered by itself, where no explanation of a discrepancy carries it.

use super::LossReport;
use crate::{
    book::Form as _,
    packs::{Error, Opening, Partner, book::Paper, commit_report},
};

impl Partner {
    /// Enters a salted commitment to a report; the book keeps report and salt.
    ///
    /// # Errors
    /// Where the text is no report; those of book and ledger.
    pub async fn commit_loss(&mut self, report: &str) -> Result<Opening, Error> {
        LossReport::read(report.as_bytes())?;
        let opening = commit_report(report.as_bytes());
        let paper = Paper {
            commitment: opening.commitment,
            salt: opening.salt,
            event: report.to_owned(),
        };
        let number = self.book.put_document(&paper)?;
        self.settle_these(&[number]).await?;
        Ok(opening)
    }
}
