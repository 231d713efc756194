//! The value of an account: RLP `[nonce, balance, code_hash]`.

use crate::rlp::{DecodeFailure, ListReader};
use alloy_primitives::{B256, KECCAK256_EMPTY, U256};
use alloy_rlp::{Encodable, Header};

const MAX_ENCODED: usize = 80;

/// An account as state holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// Count of transactions sent or contracts created.
    pub nonce: u64,
    /// In wei.
    pub balance: U256,
    /// Keccak-256 of the code; that of the empty string for an account without code.
    pub code_hash: B256,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            nonce: 0,
            balance: U256::ZERO,
            code_hash: KECCAK256_EMPTY,
        }
    }
}

impl Account {
    /// The bytes that state holds.
    pub fn encode(&self) -> Vec<u8> {
        let payload_length = self.nonce.length() + self.balance.length() + self.code_hash.length();
        let mut out = Vec::with_capacity(payload_length + 2);
        Header {
            list: true,
            payload_length,
        }
        .encode(&mut out);
        self.nonce.encode(&mut out);
        self.balance.encode(&mut out);
        self.code_hash.encode(&mut out);
        out
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// The bytes are not exactly that encoding.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeFailure> {
        let mut list = ListReader::open("account", bytes, MAX_ENCODED)?;
        let account = Self {
            nonce: list.number("nonce")?,
            balance: list.number("balance")?,
            code_hash: list.fixed("codeHash")?,
        };
        list.close()?;
        Ok(account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_survives_its_encoding() {
        for account in [
            Account::default(),
            Account {
                nonce: 1,
                balance: U256::ZERO,
                code_hash: B256::repeat_byte(7),
            },
            Account {
                nonce: u64::MAX,
                balance: U256::MAX,
                code_hash: B256::ZERO,
            },
        ] {
            assert_eq!(Account::decode(&account.encode()), Ok(account));
        }
    }

    #[test]
    fn account_encoding_is_the_pinned_one() {
        let account = Account {
            nonce: 1,
            balance: U256::from(256),
            ..Account::default()
        };
        assert_eq!(
            hex::encode(account.encode()),
            "e501820100a0c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
        );
    }

    #[test]
    fn account_with_trailing_byte_is_refused() {
        let mut bytes = Account::default().encode();
        bytes.push(0);
        assert_eq!(Account::decode(&bytes).unwrap_err().field, "list");
    }
}
