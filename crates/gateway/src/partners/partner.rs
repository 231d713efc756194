//! A partner as the configuration names it.

use super::{Rights, gln_of};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fmt};

/// A trading partner, or the organisation itself.
#[derive(Clone, Debug)]
pub struct Partner {
    /// The name, unique in a configuration. Captures are kept under it.
    pub name: String,
    /// The hash of the token that the partner sends.
    pub token: TokenHash,
    /// What it may do.
    pub rights: Rights,
    /// Which events it may read.
    pub reach: Reach,
}

/// Which events a partner may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All: the organisation itself.
    Everything,
    /// Those that it captured, that were granted to it, or that name one of these GLNs of 13 digits as source,
    /// destination, owner, holder or business location.
    Parties(BTreeSet<String>),
}

impl Reach {
    /// The reach of a partner known by these locations and parties: GLNs, EPC URNs or GS1 Digital Links.
    ///
    /// # Errors
    /// The first text that names no GLN.
    pub fn parties<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, NotAParty> {
        let glns = names.into_iter().map(|name| {
            let plain = name.len() == 13 && name.bytes().all(|byte| byte.is_ascii_digit());
            let gln = plain.then(|| name.to_owned()).or_else(|| gln_of(name));
            gln.ok_or_else(|| NotAParty(name.chars().take(80).collect()))
        });
        Ok(Self::Parties(glns.collect::<Result<_, _>>()?))
    }
}

/// A text that names no GLN.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} names no GLN; give 13 digits, an sgln or pgln URN, or a Digital Link with 414 or 417")]
pub struct NotAParty(pub String);

/// The SHA-256 of a bearer token. The token itself is not kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TokenHash(pub [u8; 32]);

impl TokenHash {
    /// Hashes a token.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TokenHash(..)")
    }
}
