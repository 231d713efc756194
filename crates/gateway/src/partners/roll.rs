//! All partners, found by their tokens.

use super::{Caller, Partner, TokenHash};
use std::sync::Arc;
use subtle::ConstantTimeEq;
use thiserror::Error;

/// The partners of a configuration.
pub(crate) struct Roll(Vec<Arc<Partner>>);

/// A roll that cannot stand.
#[derive(Debug, Error)]
pub enum RollError {
    /// Two partners of one name.
    #[error("two partners are named {0}")]
    NameTwice(String),
    /// Two partners with one token.
    #[error("{0} and {1} have one token")]
    TokenTwice(String, String),
}

impl Roll {
    pub(crate) fn new(partners: Vec<Partner>) -> Result<Self, RollError> {
        for (at, partner) in partners.iter().enumerate() {
            for earlier in &partners[..at] {
                if earlier.name == partner.name {
                    return Err(RollError::NameTwice(partner.name.clone()));
                }
                if earlier.token == partner.token {
                    let (one, other) = (earlier.name.clone(), partner.name.clone());
                    return Err(RollError::TokenTwice(one, other));
                }
            }
        }
        Ok(Self(partners.into_iter().map(Arc::new).collect()))
    }

    /// Whose token this is. Every partner's hash is compared in full, so that time tells nothing.
    pub(crate) fn identify(&self, token: &str) -> Option<Caller> {
        let presented = TokenHash::of(token);
        let mut found = None;
        for partner in &self.0 {
            if bool::from(partner.token.0.ct_eq(&presented.0)) {
                found = Some(Caller(partner.clone()));
            }
        }
        found
    }

    /// The partner of this name.
    pub(crate) fn named(&self, name: &str) -> Option<Caller> {
        let found = self.0.iter().find(|partner| partner.name == name);
        found.cloned().map(Caller)
    }
}
