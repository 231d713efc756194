//! The book of a request's study, and what of it is the caller's.

use std::collections::BTreeSet;

use alloy_primitives::B256;

use super::problem;
use crate::{
    config::{SiteReach, Trials},
    door::{Call, Problem, ProblemKind},
    partners::{Caller, Reach},
    trials::{Error, Party, book},
};

/// The sites of a study that a caller reaches: none, some, or all.
pub(super) fn reach(trials: &Trials, caller: &Caller) -> Option<Option<BTreeSet<u16>>> {
    if caller.0.reach == Reach::Everything {
        return Some(None);
    }
    match trials.partners.get(caller.name())? {
        SiteReach::All => Some(None),
        SiteReach::Sites(sites) => Some(Some(sites.clone())),
    }
}

/// The study that the path names, where the caller reaches it.
///
/// # Errors
/// There is none for this caller.
pub(super) fn named(call: &Call) -> Result<(Trials, Option<BTreeSet<u16>>), Problem> {
    let unknown = || Problem::from(ProblemKind::StudyUnknown);
    let study: B256 = call.parameter("study").parse().map_err(|_| unknown())?;
    let all = &call.service.config.trials;
    let trials = all.iter().find(|trials| trials.study == study);
    let trials = trials.ok_or_else(unknown)?;
    let sites = reach(trials, call.caller()).ok_or_else(unknown)?;
    Ok((trials.clone(), sites))
}

/// Does something with a study's book, where blocking is allowed. The book is opened for this alone, so that its people work with it too.
///
/// # Errors
/// Another work with the book is going on, or it cannot be opened; what the work says.
pub(super) async fn with_book<T, W>(trials: Trials, work: W) -> Result<T, Problem>
where
    T: Send + 'static,
    W: AsyncFnOnce(&mut Party) -> Result<T, Problem> + Send + 'static,
{
    let runtime = tokio::runtime::Handle::current();
    let done = tokio::task::spawn_blocking(move || {
        let held = book::lock(&trials.book);
        let _held = held.map_err(|error| problem::of(&Error::from(error)))?;
        runtime.block_on(async {
            let opened = Party::open(trials.client, &trials.book).await;
            let mut party = opened.map_err(|error| problem::of(&error))?;
            match party.study() {
                Ok(study) if study == trials.study => work(&mut party).await,
                Ok(_) | Err(_) => Err(ProblemKind::StudyUnknown.into()),
            }
        })
    });
    done.await.map_err(|error| {
        tracing::error!(%error, "work with a study's book ended early");
        ProblemKind::Internal
    })?
}

/// Reads what is new on the ledger; without a node the book is told as it is.
pub(super) async fn renew(party: &mut Party) {
    if let Err(error) = party.sync().await {
        tracing::debug!(%error, "a study is told as the book has it");
    }
}
