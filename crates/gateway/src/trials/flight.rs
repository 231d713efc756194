//! Calls of one account that do not depend on each other: some are on their way at once.
//!
//! ```text
//! prepare -> put in the outbox, marked as tried -> sent --+-- the oldest is final: marked, the next one is prepared
//!                                                sent --+
//!                                                sent --+
//! ```
//!
//! Each is in the book before it is sent, so that what breaks off is found again as where one follows the other.

use alloy_sol_types::SolCall;
use futures::{StreamExt as _, future::BoxFuture, stream::FuturesOrdered};
use theriac_sdk::trials::Entered;

use super::{
    Error, Party,
    book::{BookError, Follow, Logged, Waiting},
    settle::Settled,
};

/// Calls on their way at once. Blocks are full of other things too; more bring nothing where each has 128 forms.
const TOGETHER: usize = 4;

type Sent = (Waiting, Result<Vec<Entered>, theriac_sdk::Error>);

/// Calls on their way, in order.
#[derive(Default)]
pub(super) struct Flight {
    sent: FuturesOrdered<BoxFuture<'static, Sent>>,
    entered: Vec<Logged>,
}

impl Party {
    /// Puts a call with what follows from it, and sends it as soon as there is room.
    ///
    /// # Errors
    /// Those of a call before it.
    pub(super) async fn launch(
        &mut self,
        flight: &mut Flight,
        call: &impl SolCall,
        follow: &Follow,
    ) -> Result<(), Error> {
        while flight.sent.len() >= TOGETHER {
            self.land_one(flight).await?;
        }
        let actor = self.client.address();
        let number = self.book.put(actor, &call.abi_encode(), follow)?;
        let mut waiting = self.book.waiting_of(actor)?;
        let last = waiting.pop().filter(|waiting| waiting.number == number);
        let last = last.ok_or(BookError::Damaged("an entry is missing"))?;
        if flight.sent.is_empty() {
            for earlier in &waiting {
                self.settle(earlier).await?;
            }
        }
        let waiting = last;
        self.book.mark_tried(number)?;
        let client = self.client.clone();
        flight.sent.push_back(Box::pin(async move {
            let sent = client.enter_trial_bytes(waiting.call.clone()).await;
            (waiting, sent)
        }));
        Ok(())
    }

    /// Waits until all are final, and tells their entries in the order of the calls.
    ///
    /// # Errors
    /// The first that was met, `outcome` before all; the others are settled all the same.
    pub(super) async fn land(
        &mut self,
        mut flight: Flight,
        outcome: Result<(), Error>,
    ) -> Result<Vec<Logged>, Error> {
        let landed = self.land_all(&mut flight).await;
        outcome.and(landed).map(|()| flight.entered)
    }

    /// Waits until all that are on their way are final.
    ///
    /// # Errors
    /// The first that was met; the others are settled all the same.
    pub(super) async fn land_all(&mut self, flight: &mut Flight) -> Result<(), Error> {
        let mut first = Ok(());
        while !flight.sent.is_empty() {
            let landed = self.land_one(flight).await;
            first = first.and(landed);
        }
        first
    }

    async fn land_one(&mut self, flight: &mut Flight) -> Result<(), Error> {
        let Some((waiting, sent)) = flight.sent.next().await else {
            return Ok(());
        };
        match self.judge(&waiting, sent).await? {
            Settled::Done(entries) => flight.entered.extend(entries),
            Settled::Refused(error) => return Err(error),
        }
        Ok(())
    }
}
