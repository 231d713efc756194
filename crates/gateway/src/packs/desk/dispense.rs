//! Dispenses a pack for one of many requests.

use theriac_contracts::codes::ExitKind;

use super::{
    Desk, RequestKey,
    clerk::{Act, Order, Outcome},
};
use crate::packs::{Error, dispense::fit, label::Label};
use tokio::sync::oneshot;

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The pack.
    pub label: Label,
    /// When it was asked for.
    pub time_ms: u64,
    /// Whether it is final on the ledger. If not, it is durable in the book, and waits for a node.
    pub is_final: bool,
    /// Whether this request was made before, and this is what became of it then.
    pub is_repeated: bool,
    /// What was not checked.
    pub unchecked: Vec<&'static str>,
}

impl Desk {
    /// Verifies the pack of a scan and dispenses it; returns when that is final, or durable in the book where no node answers.
    ///
    /// # Errors
    /// `NotFit`; `DispensedByYou` and `LeftElsewhere` for a pack that left; `RequestKeyUsed`; those of book and ledger.
    pub async fn dispense(&self, scan: &str, key: &RequestKey, now_ms: u64) -> Result<Done, Error> {
        let label = Label::scan(scan)?.label;
        let act = Act::Leave(ExitKind::Dispensed);
        if let Some(done) = self.repeated(label, act, key).await? {
            return Ok(done);
        }
        let verification = self.verify(scan, now_ms).await?;
        if let Err(refusal) = fit(&verification) {
            // The same request, made at the same time, may have come first.
            let repeated = self.repeated(label, act, key).await?;
            return repeated.ok_or_else(|| refusal.into());
        }
        let done = self.do_once(label, act, (key, now_ms)).await?;
        Ok(Done {
            unchecked: match done.is_repeated {
                true => done.unchecked,
                false => verification.unchecked,
            },
            ..done
        })
    }

    /// Gives an order, and waits until it is final or queued.
    pub(super) async fn do_once(
        &self,
        label: Label,
        act: Act,
        (key, now_ms): (&RequestKey, u64),
    ) -> Result<Done, Error> {
        let (answer, answered) = oneshot::channel();
        let order = Order {
            label,
            act,
            key: key.clone(),
            time_ms: now_ms,
            answer,
        };
        self.order(order).await?;
        let outcome = answered.await.map_err(|_| Error::Closing)??;
        let is_final = match outcome {
            Outcome::Entered => true,
            Outcome::Queued => false,
            Outcome::Repeated => {
                let repeated = self.repeated(label, act, key).await?;
                return repeated.ok_or(Error::BookFailed);
            }
        };
        Ok(Done {
            label,
            time_ms: now_ms,
            is_final,
            is_repeated: false,
            unchecked: Vec::new(),
        })
    }
}
