//! What a manufacturer says becomes part of the answer.

use super::{Cause, Looked, Verification};
use crate::packs::{
    Error, Partner,
    label::Label,
    ledger::Told,
    messaging::{ManufacturerAnswer, Requester, ask},
};

/// What is not checked where the manufacturer was to be asked, and said nothing.
const NOT_ASKED: &str = "what the manufacturer says";

impl Partner {
    /// Verifies a scan as [`Partner::verify`] does, and asks the product's manufacturer too.
    ///
    /// # Errors
    /// Those of book and ledger; a scan that cannot be read, and a manufacturer that does not answer, are answers.
    pub async fn verify_and_ask(
        &mut self,
        scan: &str,
        requester: &Requester,
        now_ms: u64,
    ) -> Result<Verification, Error> {
        let scanned = match Label::scan(scan) {
            Ok(scanned) => scanned,
            Err(fault) => return Ok(Verification::unreadable(&fault)),
        };
        let looked = self.look(scanned)?;
        let told = looked.questions().ask(&self.client).await?;
        self.book.keep_flags(&told.seen_flags(), None)?;
        let mut verification = looked.judge(Some(&told), now_ms);
        let place = (looked.label(), self.book.owner().gln.as_str());
        let answer = match looked.responder(&told) {
            Some(responder) => ask(requester, responder, place).await,
            None => None,
        };
        verification.add(answer);
        Ok(verification)
    }
}

impl Looked {
    /// Where the manufacturer answers, as the ledger tells.
    pub(in crate::packs) fn responder<'a>(&self, told: &'a Told) -> Option<&'a str> {
        let product = told.products.get(&self.label().gtin_number())?;
        Some(product.responder.as_str()).filter(|responder| !responder.is_empty())
    }
}

impl Verification {
    /// Adds what the manufacturer says, or that it was not asked.
    pub(in crate::packs) fn add(&mut self, answer: Option<ManufacturerAnswer>) {
        match &answer {
            Some(ManufacturerAnswer::Answered(response)) if !response.is_verified => {
                let reason = response.reason.unwrap_or_default();
                self.causes.push(Cause::NotVerified { reason });
            }
            Some(ManufacturerAnswer::Answered(_)) => {}
            Some(ManufacturerAnswer::Failed(_)) | None => self.unchecked.push(NOT_ASKED),
        }
        self.manufacturer = answer;
    }
}
