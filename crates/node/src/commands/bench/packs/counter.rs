//! The pharmacy's counter: its book, shared by many requests.

use super::super::people::now_ms;
use std::{fmt, future::Future, path::Path};
use theriac_gateway::packs::{
    Cause, Error,
    desk::{Desk, RequestKey, Settings},
};
use theriac_sdk::Client;

/// A desk at which packs are verified and dispensed.
pub(super) struct Counter(Desk);

/// Why a pack was not served.
#[derive(Debug)]
pub(super) enum Failure {
    Failed(Error),
    /// It is fit, and was found not to be.
    NotFit(Vec<Cause>),
    /// No node answered in time: the book answered alone, or the exit waits.
    Alone,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(error) => error.fmt(f),
            Self::NotFit(causes) => write!(f, "the pack is not fit: {causes:?}"),
            Self::Alone => write!(f, "no node answered in time"),
        }
    }
}

impl std::error::Error for Failure {}

impl Counter {
    /// Opens the book in a folder.
    ///
    /// # Errors
    /// Those of the book.
    pub(super) fn open(client: Client, book: &Path) -> anyhow::Result<Self> {
        Ok(Self(Desk::open(client, book, Settings::default())?))
    }

    /// Verifies a pack that is fit.
    pub(super) fn verify(
        &self,
        scan: String,
    ) -> impl Future<Output = Result<(), Failure>> + Send + 'static {
        let desk = self.0.clone();
        async move {
            let verification = desk.verify(&scan, now_ms()).await;
            let verification = verification.map_err(Failure::Failed)?;
            if !verification.is_fit() {
                return Err(Failure::NotFit(verification.causes));
            }
            match verification.unchecked.is_empty() {
                true => Ok(()),
                false => Err(Failure::Alone),
            }
        }
    }

    /// Dispenses a pack, until that is final.
    pub(super) fn dispense(
        &self,
        scan: String,
    ) -> impl Future<Output = Result<(), Failure>> + Send + 'static {
        let desk = self.0.clone();
        async move {
            let key = RequestKey::new("bench", &format!("{:032x}", rand::random::<u128>()));
            let key = key.map_err(|refusal| Failure::Failed(refusal.into()))?;
            let done = desk.dispense(&scan, &key, now_ms()).await;
            match done.map_err(Failure::Failed)?.is_final {
                true => Ok(()),
                false => Err(Failure::Alone),
            }
        }
    }

    /// Returns when what is on its way is settled.
    pub(super) async fn close(self) {
        self.0.close().await;
    }
}
