//! Installed filters: what an account polls for.

use std::{collections::HashMap, sync::Arc};

use alloy_primitives::{Address, B256, U128};
use parking_lot::Mutex;
use theriac_ledger::index::IndexedTransaction;
use tokio::sync::broadcast::{Receiver, error::TryRecvError};

use crate::{Refusal, params::LogQuery};

/// A filter's id, as the caller sees it.
pub(crate) type FilterId = U128;

/// What a filter collects.
pub(crate) enum Watched {
    /// Hashes of new blocks; the next height to report.
    Blocks(u64),
    /// Logs; the next height to look at.
    Logs(LogQuery, u64),
    /// Hashes of transactions admitted here.
    Transactions(Receiver<Arc<IndexedTransaction>>),
}

struct Filter {
    owner: Address,
    watched: Watched,
    used_ms: u64,
}

/// The filters of all accounts.
pub(crate) struct Filters {
    per_account: usize,
    lifetime_ms: u64,
    installed: Mutex<HashMap<FilterId, Filter>>,
}

impl Filters {
    /// None yet; an account may have `per_account`, each forgotten when unused for `lifetime_ms`.
    pub(crate) fn new(per_account: usize, lifetime_ms: u64) -> Self {
        Self {
            per_account,
            lifetime_ms,
            installed: Mutex::default(),
        }
    }

    /// Installs a filter.
    ///
    /// # Errors
    /// [`Refusal::TooManyFilters`].
    pub(crate) fn install(
        &self,
        owner: Address,
        watched: Watched,
        now_ms: u64,
    ) -> Result<FilterId, Refusal> {
        let mut installed = self.installed.lock();
        installed.retain(|_, filter| now_ms.saturating_sub(filter.used_ms) < self.lifetime_ms);
        let held = installed
            .values()
            .filter(|filter| filter.owner == owner)
            .count();
        if held >= self.per_account {
            return Err(Refusal::TooManyFilters);
        }
        let id = FilterId::from(rand::random::<u128>());
        let filter = Filter {
            owner,
            watched,
            used_ms: now_ms,
        };
        installed.insert(id, filter);
        Ok(id)
    }

    /// Removes a filter of its owner; says whether it was there.
    pub(crate) fn uninstall(&self, owner: Address, id: FilterId) -> bool {
        let mut installed = self.installed.lock();
        match installed.get(&id) {
            Some(filter) if filter.owner == owner => installed.remove(&id).is_some(),
            Some(_) | None => false,
        }
    }

    /// Lets `visit` see a filter of its owner and move it on.
    ///
    /// # Errors
    /// [`Refusal::FilterUnknown`] if there is none, if it is someone else's, or if it was left unused too long.
    pub(crate) fn with<T>(
        &self,
        owner: Address,
        id: FilterId,
        now_ms: u64,
        visit: impl FnOnce(&mut Watched) -> T,
    ) -> Result<T, Refusal> {
        let mut installed = self.installed.lock();
        let filter = installed
            .get_mut(&id)
            .filter(|filter| filter.owner == owner)
            .filter(|filter| now_ms.saturating_sub(filter.used_ms) < self.lifetime_ms)
            .ok_or(Refusal::FilterUnknown)?;
        filter.used_ms = now_ms;
        Ok(visit(&mut filter.watched))
    }
}

/// The hashes that wait in a receiver. What was lost because nobody polled in time stays lost.
pub(crate) fn drain(receiver: &mut Receiver<Arc<IndexedTransaction>>) -> Vec<B256> {
    let mut hashes = Vec::new();
    loop {
        match receiver.try_recv() {
            Ok(transaction) => hashes.push(transaction.hash),
            Err(TryRecvError::Lagged(_)) => {}
            Err(TryRecvError::Empty | TryRecvError::Closed) => return hashes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_its_owners_alone_and_does_not_outlive_its_time() {
        let filters = Filters::new(2, 1_000);
        let (one, other) = (Address::repeat_byte(1), Address::repeat_byte(2));
        let id = filters.install(one, Watched::Blocks(5), 0).unwrap();
        let see = |owner, now| filters.with(owner, id, now, |_| ());
        assert_eq!(see(one, 999), Ok(()));
        assert_eq!(see(other, 999), Err(Refusal::FilterUnknown));
        assert!(!filters.uninstall(other, id));
        assert_eq!(see(one, 1_998), Ok(()), "use keeps it alive");
        assert_eq!(see(one, 2_998), Err(Refusal::FilterUnknown));
    }

    #[test]
    fn an_account_has_a_bounded_number_of_filters() {
        let filters = Filters::new(2, 1_000);
        let one = Address::repeat_byte(1);
        let first = filters.install(one, Watched::Blocks(0), 0).unwrap();
        filters.install(one, Watched::Blocks(0), 0).unwrap();
        assert_eq!(
            filters.install(one, Watched::Blocks(0), 0),
            Err(Refusal::TooManyFilters)
        );
        assert!(
            filters
                .install(Address::repeat_byte(2), Watched::Blocks(0), 0)
                .is_ok()
        );
        assert!(filters.uninstall(one, first));
        assert!(!filters.uninstall(one, first));
        assert!(filters.install(one, Watched::Blocks(0), 0).is_ok());
        assert!(
            filters.install(one, Watched::Blocks(0), 1_000).is_ok(),
            "the unused gave way"
        );
    }
}
