//! Sends what waits in the book, and marks it when it is final: once each, whatever broke off in between.

use alloy_sol_types::{SolCall as _, SolInterface as _};
use theriac_contracts::{
    interfaces::ITrials::{ITrialsCalls, registerCall},
    trials::{Made, made},
};
use theriac_sdk::trials::Entered;

use super::{
    Error, Party,
    book::{BookError, Follow, Logged, Waiting, WaitingState},
};

/// What became of a call.
#[derive(Debug)]
pub enum Settled {
    /// It is on the ledger, with these entries.
    Done(Vec<Logged>),
    /// The ledger refused it, and the book is as before.
    Refused(Error),
}

impl Party {
    /// Settles all that waits of this account, in order; each with what became of it.
    ///
    /// # Errors
    /// Where no node answers, or an answer came too late: the rest waits on.
    pub async fn settle_all(&mut self) -> Result<Vec<(Waiting, Settled)>, Error> {
        let mut settled = Vec::new();
        for waiting in self.book.waiting_of(self.client.address())? {
            let outcome = self.settle(&waiting).await?;
            settled.push((waiting, outcome));
        }
        Ok(settled)
    }

    /// Puts a call with what follows from it, and settles it.
    pub(super) async fn enter(
        &mut self,
        call: &impl alloy_sol_types::SolCall,
        follow: &Follow,
    ) -> Result<Vec<Logged>, Error> {
        let actor = self.client.address();
        let number = self.book.put(actor, &call.abi_encode(), follow)?;
        self.settle_one(number).await
    }

    /// Settles one of those that wait, after those before it.
    pub(super) async fn settle_one(&mut self, number: i64) -> Result<Vec<Logged>, Error> {
        for waiting in self.book.waiting_of(self.client.address())? {
            let outcome = self.settle(&waiting).await?;
            if waiting.number != number {
                continue;
            }
            return match outcome {
                Settled::Done(entries) => Ok(entries),
                Settled::Refused(error) => Err(error),
            };
        }
        Err(BookError::Damaged("an entry is missing").into())
    }

    /// Sends a call, unless the ledger has its entries.
    pub(super) async fn settle(&mut self, waiting: &Waiting) -> Result<Settled, Error> {
        let was_tried = waiting.state == WaitingState::Tried;
        if was_tried && let Some(entries) = self.found(waiting).await? {
            self.finish(waiting, &entries)?;
            return Ok(Settled::Done(entries));
        }
        self.book.mark_tried(waiting.number)?;
        let sent = self.client.enter_trial_bytes(waiting.call.clone()).await;
        self.judge(waiting, sent).await
    }

    /// What became of a call that was sent.
    pub(super) async fn judge(
        &mut self,
        waiting: &Waiting,
        sent: Result<Vec<Entered>, theriac_sdk::Error>,
    ) -> Result<Settled, Error> {
        let was_tried = waiting.state == WaitingState::Tried;
        let entries = match sent.map_err(Error::from) {
            Ok(entries) => Self::logged(&entries)?,
            Err(error) => {
                let Some(refusal) = error.ledger_refusal() else {
                    return Err(error);
                };
                // An earlier sending of it may have become final in the meantime.
                let found = match was_tried {
                    true => self.found(waiting).await?,
                    false => None,
                };
                let Some(entries) = found else {
                    self.book.refuse(waiting.number, refusal.name())?;
                    return Ok(Settled::Refused(error));
                };
                entries
            }
        };
        self.finish(waiting, &entries)?;
        Ok(Settled::Done(entries))
    }

    fn finish(&mut self, waiting: &Waiting, entries: &[Logged]) -> Result<(), Error> {
        if waiting.call.starts_with(&registerCall::SELECTOR)
            && let Some(first) = entries.first()
        {
            self.book.set_study(first.entry.study)?;
        }
        Ok(self.book.complete(waiting.number, entries)?)
    }

    /// The entries that the call made, where the ledger has all of them.
    async fn found(&mut self, waiting: &Waiting) -> Result<Option<Vec<Logged>>, Error> {
        let damaged = |_| BookError::Damaged("a call cannot be read");
        let call = ITrialsCalls::abi_decode(&waiting.call).map_err(damaged)?;
        if let ITrialsCalls::register(register) = &call
            && self.book.study()?.is_none()
            && !self.adopt(register).await?
        {
            return Ok(None);
        }
        self.sync().await?;
        let log = self.book.log_from(waiting.size, u32::MAX)?;
        let mut own = log
            .into_iter()
            .filter(|logged| logged.entry.actor == waiting.actor);
        let mut found = Vec::new();
        for one in made(&call) {
            match own.find(|logged| is(logged, &one)) {
                Some(logged) => found.push(logged),
                None => return Ok(None),
            }
        }
        Ok((!found.is_empty()).then_some(found))
    }

    /// Takes a study that was registered by a sending of which nothing was heard; false where there is none.
    async fn adopt(&mut self, call: &registerCall) -> Result<bool, Error> {
        let organisation = self.book.owner().organisation;
        if self.client.registered_studies(organisation).await? < call.number {
            return Ok(false);
        }
        let study = self.client.study_id(organisation, call.number).await?;
        let first = self.client.trial_entries(study, 0).await?;
        let first = Self::logged(&first)?.into_iter().next();
        let own = self.client.address();
        let wanted = made(&ITrialsCalls::register(call.clone()));
        let is_own = first.is_some_and(|first| first.entry.actor == own && is(&first, &wanted[0]));
        if is_own {
            self.book.set_study(study)?;
        }
        Ok(is_own)
    }
}

fn is(logged: &Logged, made: &Made) -> bool {
    let entry = &logged.entry;
    let is_body = made
        .body
        .as_ref()
        .is_none_or(|body| *body == logged.body.as_ref());
    (entry.kind, entry.slot) == (made.kind.code(), made.slot) && is_body
}
