//! Verifies a scan for one of many requests.

use theriac_sdk::ErrorKind;
use tokio::time::timeout;

use super::{AskWhen, Desk, Shared};
use crate::packs::{
    Cause, Error, Verification,
    label::Label,
    ledger::Told,
    messaging::{self, ManufacturerAnswer},
    verify::Looked,
};

/// What is not checked where the manufacturer was to be asked, and the nodes did not tell where.
const NOT_ASKED: &str = "what the manufacturer says";

impl Desk {
    /// Verifies a scan from the book and one round trip to the ledger, the manufacturer being asked meanwhile; from the book alone where no
    /// node answers in time.
    ///
    /// # Errors
    /// Those of the book, and of a node that answers otherwise; a scan that cannot be read is an answer.
    pub async fn verify(&self, scan: &str, now_ms: u64) -> Result<Verification, Error> {
        let scanned = match Label::scan(scan) {
            Ok(scanned) => scanned,
            Err(fault) => return Ok(Verification::unreadable(&fault)),
        };
        let shared = &self.shared;
        let looked = shared.readers.run(move |partner| partner.look(scanned));
        let looked = looked.await?;
        let asks = match shared.settings.ask {
            AskWhen::Never => false,
            AskWhen::Unknown => looked.pack().is_none(),
            AskWhen::Always => true,
        };
        let known = match asks {
            true => shared.products.responder(looked.label().gtin_number()),
            false => None,
        };
        let early = async {
            match &known {
                Some(responder) => ask(shared, responder, looked.label()).await,
                None => None,
            }
        };
        let (told, early) = tokio::join!(tell(shared, &looked), early);
        let told = told?;
        let mut verification = looked.judge(told.as_ref(), now_ms);
        if asks {
            let answer = match (early, &told) {
                (Some(answer), _) => Some(answer),
                (None, Some(told)) => late(shared, told, looked.label()).await,
                (None, None) => None,
            };
            add(&mut verification, answer);
        }
        Ok(verification)
    }
}

/// What the ledger says; `None` where no node answers in time.
async fn tell(shared: &Shared, looked: &Looked) -> Result<Option<Told>, Error> {
    if !shared.link.is_up() {
        return Ok(None);
    }
    let asked = timeout(
        shared.settings.patience,
        looked.questions().ask(&shared.client),
    );
    let told = match asked.await {
        Ok(Ok(told)) => told,
        Ok(Err(Error::Ledger(error))) if error.kind() == ErrorKind::Unreachable => {
            shared.link.set(false);
            return Ok(None);
        }
        Ok(Err(error)) => return Err(error),
        Err(_) => return Ok(None),
    };
    let flags = told.seen_flags();
    let is_news = |flag: &_| !looked.knows_flag(flag);
    if flags.iter().any(is_news) {
        let keep = move |partner: &mut crate::packs::Partner| partner.book.keep_flags(&flags, None);
        shared.writer.run(keep).await?;
    }
    shared.products.keep(&told);
    Ok(Some(told))
}

/// Asks the responder that the ledger named just now.
async fn late(shared: &Shared, told: &Told, label: &Label) -> Option<ManufacturerAnswer> {
    let product = told.products.get(&label.gtin_number())?;
    ask(shared, &product.responder, label).await
}

async fn ask(shared: &Shared, responder: &str, label: &Label) -> Option<ManufacturerAnswer> {
    let requester = &shared.settings.requester;
    messaging::ask(requester, responder, (label, &shared.gln)).await
}

/// Adds what the manufacturer says, or that nobody asked it.
fn add(verification: &mut Verification, answer: Option<ManufacturerAnswer>) {
    match &answer {
        Some(ManufacturerAnswer::Answered(response)) if !response.is_verified => {
            let reason = response.reason.unwrap_or_default();
            verification.causes.push(Cause::NotVerified { reason });
        }
        Some(ManufacturerAnswer::Answered(_)) => {}
        Some(ManufacturerAnswer::Failed(_)) | None => verification.unchecked.push(NOT_ASKED),
    }
    verification.manufacturer = answer;
}
