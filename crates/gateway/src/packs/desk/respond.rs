//! Answers a holder's question about a pack, as its manufacturer.

use std::collections::BTreeSet;

use alloy_primitives::B256;
use theriac_contracts::codes::{FlagKind, FlagSubject};
use tokio::time::timeout;

use super::{Desk, Shared};
use crate::packs::{
    Error, Partner,
    book::Pack,
    clock::utc,
    label::Label,
    ledger::Questions,
    messaging::{Known, Question, Response, answer},
};

impl Desk {
    /// The answer to a question, from the book and, where a node answers in time, the ledger; `None` for a product of which this organisation has
    /// made nothing.
    ///
    /// # Errors
    /// Those of the book, and of a node that answers otherwise.
    pub async fn respond(
        &self,
        question: &Question,
        now_ms: u64,
    ) -> Result<Option<Response>, Error> {
        let label = question.label;
        let read = move |partner: &Partner| partner.made(&label);
        let Some(packs) = self.shared.readers.run(read).await? else {
            return Ok(None);
        };
        let known = self.know(label, packs).await?;
        let (reason, information) = answer(&label, &known, now_ms);
        Ok(Some(Response {
            timestamp: utc(now_ms),
            responder: self.shared.gln.clone(),
            correlation: question.correlation.clone(),
            is_verified: reason.is_none(),
            reason,
            information,
        }))
    }

    /// Whether this organisation made something of a product.
    ///
    /// # Errors
    /// Those of the book.
    pub async fn makes(&self, gtin: &str) -> Result<bool, Error> {
        let (gtin, own) = (gtin.to_owned(), self.shared.organisation);
        let read = move |partner: &Partner| partner.book.makes(&gtin, own);
        Ok(self.shared.readers.run(read).await?)
    }

    async fn know(&self, label: Label, packs: Vec<Pack>) -> Result<Known, Error> {
        let shared = &self.shared;
        let Some(pack) = packs.iter().find(|pack| pack.label == label).cloned() else {
            return Ok(Known {
                packs,
                ..Known::default()
            });
        };
        let read = move |partner: &Partner| partner.concerns(&pack);
        let (nullifier, handles, flags) = shared.readers.run(read).await?;
        let told = tell(shared, nullifier, &handles).await?;
        let (flags, has_left) = told.unwrap_or((flags, false));
        Ok(Known {
            packs,
            flags,
            has_left,
        })
    }
}

type Handles = Vec<(FlagSubject, B256)>;

/// Flags that stand, and whether the pack left; `None` where no node answers in time.
async fn tell(
    shared: &Shared,
    nullifier: B256,
    handles: &Handles,
) -> Result<Option<(BTreeSet<FlagKind>, bool)>, Error> {
    if !shared.link.is_up() {
        return Ok(None);
    }
    let mut questions = Questions::default();
    questions.exits.insert(nullifier);
    for (subject, handle) in handles {
        questions.flags_of(*subject, *handle);
    }
    let told = match timeout(shared.settings.patience, questions.ask(&shared.client)).await {
        Ok(Ok(told)) => told,
        Ok(Err(error)) if super::link::is_passing(&error) => {
            shared.link.set(false);
            return Ok(None);
        }
        Ok(Err(error)) => return Err(error),
        Err(_) => return Ok(None),
    };
    let mut flags = told.seen_flags();
    flags.retain(|flag| !flag.is_cleared);
    let kinds = flags.iter().map(|flag| flag.kind).collect();
    let exit = told.exits.get(&nullifier);
    Ok(Some((kinds, exit.is_some_and(|exit| exit.kind != 0))))
}

impl Partner {
    /// Packs of own making with the label's product and serial number; `None` where nothing of the product was made here.
    fn made(&self, label: &Label) -> Result<Option<Vec<Pack>>, Error> {
        let own = self.book.owner().organisation;
        if !self.book.makes(label.gtin(), own)? {
            return Ok(None);
        }
        let mut made = Vec::new();
        for pack in self.book.packs_by_serial(label.gtin(), label.serial())? {
            let lot = self.book.lot(pack.root)?;
            made.extend(lot.filter(|lot| lot.organisation == own).map(|_| pack));
        }
        Ok(Some(made))
    }

    /// How a pack leaves, on what a flag would concern it, and what flags said when they were last seen.
    fn concerns(&self, pack: &Pack) -> Result<(B256, Handles, BTreeSet<FlagKind>), Error> {
        let nullifier = self.nullifier(pack.tag);
        let mut handles = vec![
            (FlagSubject::Pack, nullifier),
            (FlagSubject::Lot, pack.root),
        ];
        let steps = self.book.steps(pack.tag)?;
        let keys = steps.iter().map(|step| step.key).chain([pack.key]);
        handles.extend(keys.map(|key| (FlagSubject::Container, key.into_word())));
        let mut kinds = BTreeSet::new();
        for (subject, handle) in &handles {
            let flags = self.book.standing_flags(*subject, *handle)?;
            kinds.extend(flags.iter().map(|flag| flag.kind));
        }
        Ok((nullifier, handles, kinds))
    }
}
