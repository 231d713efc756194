//! Several nodes of one network: asks the one that answered last, and the next where it cannot be reached.

use super::Endpoint;
use crate::{Error, account::Account};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// The nodes that a client may ask, and the account with which it logs in where a node wants that.
#[derive(Clone, Debug)]
pub struct Nodes {
    endpoints: Arc<[Endpoint]>,
    preferred: Arc<AtomicUsize>,
    account: Option<Arc<Account>>,
}

impl Nodes {
    /// Takes the addresses of one or more nodes; nothing is sent yet.
    ///
    /// # Errors
    /// `Address` for one that is not HTTP, or where there is none.
    pub fn new<S: AsRef<str>>(
        addresses: &[S],
        account: Option<Arc<Account>>,
    ) -> Result<Self, Error> {
        let endpoints: Arc<[Endpoint]> = addresses
            .iter()
            .map(|address| Endpoint::new(address.as_ref()))
            .collect::<Result<_, _>>()?;
        if endpoints.is_empty() {
            return Err(Error::Address(String::new()));
        }
        Ok(Self {
            endpoints,
            preferred: Arc::default(),
            account,
        })
    }

    /// The account with which this client logs in.
    #[must_use]
    pub fn account(&self) -> Option<&Arc<Account>> {
        self.account.as_ref()
    }

    /// Calls a method at the first node that can be reached.
    ///
    /// # Errors
    /// `Unreachable` where no node answers; `LoginNeeded` without an account; what the node answered otherwise.
    pub async fn request<T: DeserializeOwned>(
        &self,
        method: &str,
        params: &[Value],
    ) -> Result<T, Error> {
        let mut last = Error::Address(String::new());
        for (index, endpoint) in self.in_order() {
            match endpoint
                .request(self.account.as_deref(), method, params)
                .await
            {
                Err(error) if error.is_unreachable() => last = error,
                answer => {
                    self.preferred.store(index, Ordering::Relaxed);
                    return answer;
                }
            }
        }
        Err(last)
    }

    /// Calls a method once for each list of parameters, in one request to the first node that can be reached; the answers come in that order.
    ///
    /// # Errors
    /// As [`Nodes::request`], for the request as a whole.
    pub async fn request_all<T: DeserializeOwned>(
        &self,
        method: &str,
        params: &[[Value; 2]],
    ) -> Result<Vec<Result<T, Error>>, Error> {
        let mut last = Error::Address(String::new());
        for (index, endpoint) in self.in_order() {
            let account = self.account.as_deref();
            match endpoint.request_all(account, method, params).await {
                Err(error) if error.is_unreachable() => last = error,
                answer => {
                    self.preferred.store(index, Ordering::Relaxed);
                    return answer;
                }
            }
        }
        Err(last)
    }

    /// Every node once, beginning with the one that answered last.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = (usize, &Endpoint)> {
        let (first, count) = (self.preferred.load(Ordering::Relaxed), self.endpoints.len());
        (0..count)
            .map(move |step| (first + step) % count)
            .map(|index| (index, &self.endpoints[index]))
    }
}
