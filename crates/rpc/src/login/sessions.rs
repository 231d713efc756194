//! Tokens: who holds one, and until when.

use std::{collections::HashMap, num::NonZeroUsize};

use alloy_primitives::{Address, B256, hex, keccak256};
use lru::LruCache;
use parking_lot::Mutex;

use crate::Refusal;

/// Tokens in all; the least used gives way.
const CAPACITY: NonZeroUsize = NonZeroUsize::new(65_536).unwrap();

/// A token's hash: what the server keeps, so that its memory holds no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct TokenId(B256);

impl TokenId {
    /// The id of a token as the caller sent it.
    pub(crate) fn of(token: &str) -> Self {
        Self(keccak256(token))
    }
}

#[derive(Clone, Copy, Debug)]
struct Session {
    account: Address,
    expires_ms: u64,
}

/// The tokens in force.
#[derive(Debug)]
pub(crate) struct Sessions {
    lifetime_ms: u64,
    per_account: usize,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    sessions: LruCache<TokenId, Session>,
    /// Tokens by account, the oldest first.
    held: HashMap<Address, Vec<TokenId>>,
}

impl Sessions {
    /// No tokens yet. Each will be good for `lifetime_ms`; an account holds `per_account` at most.
    pub(crate) fn new(lifetime_ms: u64, per_account: usize) -> Self {
        Self {
            lifetime_ms,
            per_account,
            state: Mutex::new(State {
                sessions: LruCache::new(CAPACITY),
                held: HashMap::new(),
            }),
        }
    }

    /// A new token for an account, and when it expires.
    pub(crate) fn open(&self, account: Address, now_ms: u64) -> (String, u64) {
        let secret: [u8; 32] = rand::random();
        let token = hex::encode(secret);
        let id = TokenId::of(&token);
        let expires_ms = now_ms.saturating_add(self.lifetime_ms);
        let mut state = self.state.lock();
        let session = Session {
            account,
            expires_ms,
        };
        if let Some((gone, session)) = state.sessions.push(id, session) {
            state.drop_held(&session.account, &gone);
        }
        let held = state.held.entry(account).or_default();
        held.push(id);
        if held.len() > self.per_account {
            let oldest = held.remove(0);
            state.sessions.pop(&oldest);
        }
        (token, expires_ms)
    }

    /// The account that a token speaks for.
    ///
    /// # Errors
    /// [`Refusal::TokenUnknown`] if there is no such token, or no longer.
    pub(crate) fn account(&self, id: &TokenId, now_ms: u64) -> Result<Address, Refusal> {
        let mut state = self.state.lock();
        let session = *state.sessions.get(id).ok_or(Refusal::TokenUnknown)?;
        if now_ms < session.expires_ms {
            return Ok(session.account);
        }
        state.sessions.pop(id);
        state.drop_held(&session.account, id);
        Err(Refusal::TokenUnknown)
    }
}

impl State {
    fn drop_held(&mut self, account: &Address, id: &TokenId) {
        if let Some(held) = self.held.get_mut(account) {
            held.retain(|other| other != id);
            if held.is_empty() {
                self.held.remove(account);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_speaks_for_its_account_until_it_expires() {
        let sessions = Sessions::new(1_000, 4);
        let account = Address::repeat_byte(1);
        let (token, expires_ms) = sessions.open(account, 5_000);
        assert_eq!(expires_ms, 6_000);
        let id = TokenId::of(&token);
        assert_eq!(sessions.account(&id, 5_999), Ok(account));
        assert_eq!(sessions.account(&id, 6_000), Err(Refusal::TokenUnknown));
        assert_eq!(
            sessions.account(&id, 5_000),
            Err(Refusal::TokenUnknown),
            "it is gone for good"
        );
        assert_eq!(
            sessions.account(&TokenId::of("other"), 5_000),
            Err(Refusal::TokenUnknown)
        );
    }

    #[test]
    fn the_oldest_token_of_an_account_gives_way() {
        let sessions = Sessions::new(1_000, 2);
        let account = Address::repeat_byte(1);
        let tokens: Vec<_> = (0..3)
            .map(|_| TokenId::of(&sessions.open(account, 0).0))
            .collect();
        let other = TokenId::of(&sessions.open(Address::repeat_byte(2), 0).0);
        assert_eq!(sessions.account(&tokens[0], 0), Err(Refusal::TokenUnknown));
        assert_eq!(sessions.account(&tokens[1], 0), Ok(account));
        assert_eq!(sessions.account(&tokens[2], 0), Ok(account));
        assert_eq!(sessions.account(&other, 0), Ok(Address::repeat_byte(2)));
    }
}
