//! As whom manufacturers are asked, and where.

use std::{collections::BTreeMap, fmt, time::Duration};

use crate::config::Webhooks;

/// As whom manufacturers are asked, and where. The ledger names their addresses, so that none inside this organisation is asked unless it is listed.
#[derive(Clone)]
pub struct Requester {
    /// Bearer tokens that responders gave, by host.
    pub tokens: BTreeMap<String, String>,
    /// Addresses that are asked instead of those that the ledger has, such as that of a service of your own which passes questions on.
    pub instead: BTreeMap<String, String>,
    /// Hosts that may be inside the organisation: private, loopback or link-local.
    pub inside: Vec<String>,
    /// Whether `http:` will do for hosts outside.
    pub plain: bool,
    /// How long a manufacturer may take.
    pub patience: Duration,
}

impl Default for Requester {
    fn default() -> Self {
        Self {
            tokens: BTreeMap::new(),
            instead: BTreeMap::new(),
            inside: Vec::new(),
            plain: false,
            patience: Duration::from_secs(2),
        }
    }
}

impl fmt::Debug for Requester {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hosts: Vec<_> = self.tokens.keys().collect();
        let mut shown = formatter.debug_struct("Requester");
        shown.field("tokens", &hosts);
        shown
            .field("inside", &self.inside)
            .field("plain", &self.plain);
        shown.field("patience", &self.patience).finish()
    }
}

impl Requester {
    /// The token for a host.
    pub(super) fn token(&self, host: &str) -> Option<&str> {
        let mut tokens = self.tokens.iter();
        let found = tokens.find(|(name, _)| name.eq_ignore_ascii_case(host));
        found.map(|(_, token)| token.as_str())
    }

    /// The address to ask, for one that the ledger has.
    pub(super) fn address<'a>(&'a self, responder: &'a str) -> &'a str {
        self.instead
            .get(responder)
            .map_or(responder, String::as_str)
    }

    /// Where it may ask, in the terms of the guard.
    pub(super) fn reach(&self) -> Webhooks {
        Webhooks {
            inside: self.inside.clone(),
            plain: self.plain,
            patience: self.patience,
            ..Webhooks::default()
        }
    }
}
