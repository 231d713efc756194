//! What every method has at hand.

use std::sync::Arc;

use crate::{
    Auth, Chain, Clock, Config, Keepers, Refusal, Vault,
    answer::RpcError,
    filters::Filters,
    login::{Challenges, Sessions},
    rate::{Rates, Spender},
    read::{Caller, Readers, Visit},
};

/// The server's own state and its ways into the node.
pub(crate) struct Service {
    pub(crate) config: Config,
    pub(crate) chain: Arc<dyn Chain>,
    pub(crate) vault: Option<Arc<dyn Vault>>,
    pub(crate) keepers: Arc<dyn Keepers>,
    pub(crate) clock: Clock,
    pub(crate) readers: Readers,
    pub(crate) challenges: Challenges,
    pub(crate) sessions: Sessions,
    pub(crate) filters: Filters,
    rates: Rates,
}

impl Service {
    /// A service that names itself `domain` in challenges.
    pub(crate) fn new(
        config: Config,
        domain: &str,
        chain: Arc<dyn Chain>,
        (vault, keepers): (Option<Arc<dyn Vault>>, Arc<dyn Keepers>),
        clock: Clock,
    ) -> Self {
        let limits = &config.limits;
        Self {
            readers: Readers::new(chain.clone(), clock.clone()),
            challenges: Challenges::new(
                domain,
                config.chain_id,
                config.challenge_lifetime.as_secs(),
            ),
            sessions: Sessions::new(millis(config.token_lifetime), limits.tokens),
            filters: Filters::new(limits.filters, millis(limits.filter_lifetime)),
            rates: Rates::new(limits),
            config,
            chain,
            vault,
            keepers,
            clock,
        }
    }

    /// The time, in milliseconds since 1970.
    pub(crate) fn now_ms(&self) -> u64 {
        (self.clock)()
    }

    /// Who a visitor is now.
    ///
    /// # Errors
    /// [`Refusal::TokenUnknown`] if a token was given that is not, or no longer, in force.
    pub(crate) fn identify(&self, visit: &Visit) -> Result<Caller, Refusal> {
        match (self.config.auth, &visit.token) {
            (Auth::Off(account), _) => Ok(Caller::Anyone(account)),
            (Auth::On, None) => Ok(Caller::Nobody),
            (Auth::On, Some(token)) => self
                .sessions
                .account(token, self.now_ms())
                .map(Caller::Account),
        }
    }

    /// Lets an enrolled caller through.
    ///
    /// # Errors
    /// [`Refusal::LoginRequired`] or [`Refusal::NotEnrolled`].
    pub(crate) async fn require_enrolled(&self, caller: Caller) -> Result<(), RpcError> {
        match caller {
            Caller::Anyone(_) => Ok(()),
            Caller::Nobody => Err(Refusal::LoginRequired.into()),
            Caller::Account(account) => match self.readers.is_enrolled(account).await? {
                true => Ok(()),
                false => Err(Refusal::NotEnrolled.into()),
            },
        }
    }

    /// Takes the cost of a call from the caller's bucket.
    ///
    /// # Errors
    /// [`Refusal::RateExceeded`].
    pub(crate) fn spend(&self, visit: &Visit, caller: Caller, cost: u32) -> Result<(), Refusal> {
        let spender = match caller {
            Caller::Anyone(_) => return Ok(()),
            Caller::Nobody => Spender::Address(visit.from),
            Caller::Account(account) => Spender::Account(account),
        };
        self.rates.spend(spender, cost, self.now_ms())
    }
}

fn millis(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
