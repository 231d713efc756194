//! How much a caller may ask for: a bucket that fills with time.

use std::{net::IpAddr, num::NonZeroUsize};

use alloy_primitives::Address;
use lru::LruCache;
use parking_lot::Mutex;

use crate::{Limits, Refusal};

/// Buckets kept; one that falls out was full or nearly so.
const CAPACITY: NonZeroUsize = NonZeroUsize::new(65_536).unwrap();

/// Whom a bucket belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Spender {
    /// All tokens of an account together.
    Account(Address),
    /// Callers without a token, from one network address.
    Address(IpAddr),
}

/// The bucket of each caller. Levels are in thousandths of a cost unit.
#[derive(Debug)]
pub(crate) struct Rates {
    account: Rate,
    anonymous: Rate,
    buckets: Mutex<LruCache<Spender, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Rate {
    per_second: u64,
    burst: u64,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    level: u64,
    filled_ms: u64,
}

impl Rates {
    /// Full buckets for everybody.
    pub(crate) fn new(limits: &Limits) -> Self {
        let anonymous = u64::from(limits.anonymous_per_second);
        Self {
            account: Rate {
                per_second: limits.rate_per_second.into(),
                burst: limits.rate_burst.into(),
            },
            anonymous: Rate {
                per_second: anonymous,
                burst: anonymous * 4,
            },
            buckets: Mutex::new(LruCache::new(CAPACITY)),
        }
    }

    /// Takes `cost` units from a caller's bucket.
    ///
    /// # Errors
    /// [`Refusal::RateExceeded`] if it does not hold as many.
    pub(crate) fn spend(&self, spender: Spender, cost: u32, now_ms: u64) -> Result<(), Refusal> {
        let rate = match spender {
            Spender::Account(_) => self.account,
            Spender::Address(_) => self.anonymous,
        };
        let full = rate.burst * 1_000;
        let mut buckets = self.buckets.lock();
        let bucket = buckets.get_or_insert_mut(spender, || Bucket {
            level: full,
            filled_ms: now_ms,
        });
        let gained = now_ms
            .saturating_sub(bucket.filled_ms)
            .saturating_mul(rate.per_second);
        bucket.level = bucket.level.saturating_add(gained).min(full);
        bucket.filled_ms = now_ms;
        match bucket.level.checked_sub(u64::from(cost) * 1_000) {
            Some(left) => {
                bucket.level = left;
                Ok(())
            }
            None => Err(Refusal::RateExceeded),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_with_time() {
        let limits = Limits {
            rate_per_second: 10,
            rate_burst: 20,
            ..Limits::default()
        };
        let rates = Rates::new(&limits);
        let one = Spender::Account(Address::repeat_byte(1));
        let other = Spender::Account(Address::repeat_byte(2));
        assert_eq!(rates.spend(one, 20, 0), Ok(()));
        assert_eq!(rates.spend(one, 1, 0), Err(Refusal::RateExceeded));
        assert_eq!(
            rates.spend(other, 20, 0),
            Ok(()),
            "each account has its own"
        );
        assert_eq!(rates.spend(one, 1, 99), Err(Refusal::RateExceeded));
        assert_eq!(rates.spend(one, 1, 100), Ok(()));
        assert_eq!(
            rates.spend(one, 20, 1_000_000),
            Ok(()),
            "it is never more than full"
        );
        assert_eq!(rates.spend(one, 1, 1_000_000), Err(Refusal::RateExceeded));
        assert_eq!(
            rates.spend(one, 1, 5),
            Err(Refusal::RateExceeded),
            "a clock set back gains nothing"
        );
    }
}
