//! Verifies a scan for one of many requests.

use theriac_sdk::ErrorKind;
use tokio::time::timeout;

use super::{AskWhen, Desk, Shared};
use crate::packs::{
    Error, Partner, Verification,
    book::SeenFlag,
    label::Label,
    ledger::Told,
    messaging::{self, ManufacturerAnswer},
    verify::Looked,
};

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
            true => shared.facts.responder(looked.label().gtin_number()),
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
                (None, Some(told)) => match looked.responder(told) {
                    Some(responder) => ask(shared, responder, looked.label()).await,
                    None => None,
                },
                (None, None) => None,
            };
            verification.add(answer);
        }
        Ok(verification)
    }
}

/// What the ledger says; `None` where no node answers in time.
async fn tell(shared: &Shared, looked: &Looked) -> Result<Option<Told>, Error> {
    if !shared.link.is_up() {
        return Ok(None);
    }
    let asked = timeout(shared.settings.patience, question(shared, looked));
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
        shared.writer.give(move |partner| keep(partner, &flags));
    }
    Ok(Some(told))
}

/// The answer is not kept back for this: the ledger is asked for flags again.
fn keep(partner: &mut Partner, flags: &[SeenFlag]) {
    if let Err(error) = partner.book.keep_flags(flags, None) {
        let error = &error as &dyn std::error::Error;
        tracing::error!(error, "flags could not be kept");
    }
}

/// One round trip, with no question that the ledger has answered. Where many flags are new, a second one.
async fn question(shared: &Shared, looked: &Looked) -> Result<Told, Error> {
    let mut questions = looked.newest_questions();
    let known = shared.facts.answer(&mut questions);
    let mut told = shared.asker.ask(questions).await?;
    shared.facts.keep(&told);
    told.lots.extend(known.lots);
    told.closings.extend(known.closings);
    told.products.extend(known.products);
    match looked.sort_newer(&mut told) {
        true => Ok(told),
        false => looked.questions().ask(&shared.client).await,
    }
}

async fn ask(shared: &Shared, responder: &str, label: &Label) -> Option<ManufacturerAnswer> {
    let requester = &shared.settings.requester;
    messaging::ask(requester, responder, (label, &shared.gln)).await
}
