//! What a reader trusts of a network, as she typed it.

use alloy_primitives::B256;
use serde::Deserialize;
use theriac_evidence::{bundle::Trusted, certificate::GroupKeyBytes};

/// The fields of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Trust {
    /// The network's chain id, in decimal.
    pub chain_id: String,
    /// The network's group key, in hexadecimal.
    pub group_key: String,
    /// The newest block known to be final, `HEIGHT:HASH`, or empty.
    pub known: String,
}

/// Why this is nothing that can be trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrustFailure {
    /// The page sent no such fields.
    #[error("what the page sent cannot be read: {0}")]
    Malformed(String),
    /// No chain id.
    #[error("the chain id is a number, such as 8421, got {0:?}")]
    ChainId(String),
    /// No group key by its length.
    #[error("the group key has 96 bytes, which are 0x and 192 hexadecimal digits, got {0} digits")]
    GroupKeyLength(usize),
    /// No group key by its digits.
    #[error("the group key has digits from 0 to 9 and from a to f alone")]
    GroupKeyDigits,
    /// No block.
    #[error(
        "a known block is its height, a colon and its hash, such as 1200:0x…, as a verification prints it"
    )]
    Known,
}

impl TrustFailure {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "trust-malformed",
            Self::ChainId(_) => "chain-id-malformed",
            Self::GroupKeyLength(_) | Self::GroupKeyDigits => "group-key-malformed",
            Self::Known => "known-block-malformed",
        }
    }
}

impl Trust {
    /// Reads the JSON that the page sends.
    ///
    /// # Errors
    /// [`TrustFailure::Malformed`].
    pub fn parse(json: &[u8]) -> Result<Self, TrustFailure> {
        serde_json::from_slice(json).map_err(|error| TrustFailure::Malformed(error.to_string()))
    }

    /// What the verifier takes.
    ///
    /// # Errors
    /// The first field that is not of its form.
    pub fn read(&self) -> Result<Trusted, TrustFailure> {
        let chain_id = self.chain_id.trim();
        Ok(Trusted {
            chain_id: chain_id
                .parse()
                .map_err(|_| TrustFailure::ChainId(chain_id.to_owned()))?,
            group_key: group_key(&self.group_key)?,
            known: match self.known.trim() {
                "" => None,
                known => Some(known_block(known).ok_or(TrustFailure::Known)?),
            },
        })
    }
}

/// A key may be pasted over several lines.
fn group_key(text: &str) -> Result<GroupKeyBytes, TrustFailure> {
    let digits: String = text.split_whitespace().collect();
    let digits = digits.strip_prefix("0x").unwrap_or(&digits);
    let count = digits.chars().count();
    if count != 2 * GroupKeyBytes::len_bytes() {
        return Err(TrustFailure::GroupKeyLength(count));
    }
    digits.parse().map_err(|_| TrustFailure::GroupKeyDigits)
}

fn known_block(text: &str) -> Option<(u64, B256)> {
    let (height, hash) = text.split_once(':')?;
    Some((height.trim().parse().ok()?, hash.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trust() -> Trust {
        Trust {
            chain_id: " 7411 ".into(),
            group_key: format!("0x{}\n{}\n", "ab".repeat(50), "cd".repeat(46)),
            known: String::new(),
        }
    }

    #[test]
    fn a_key_may_be_pasted_over_several_lines() {
        let trusted = trust().read().unwrap();
        assert_eq!(trusted.chain_id, 7411);
        assert_eq!(trusted.group_key[..1], [0xab]);
        assert_eq!(trusted.group_key[95..], [0xcd]);
        assert_eq!(trusted.known, None);
    }

    #[test]
    fn a_known_block_is_height_and_hash() {
        let hash = B256::repeat_byte(7);
        let known = format!("1200:{hash}");
        let trusted = Trust { known, ..trust() }.read().unwrap();
        assert_eq!(trusted.known, Some((1200, hash)));
    }

    #[test]
    fn each_field_that_is_not_of_its_form_is_named() {
        type Change = fn(&mut Trust);
        let rows: [(Change, TrustFailure); 7] = [
            (
                |trust| trust.chain_id.clear(),
                TrustFailure::ChainId(String::new()),
            ),
            (
                |trust| trust.chain_id = "0x1".into(),
                TrustFailure::ChainId("0x1".into()),
            ),
            (
                |trust| trust.group_key.clear(),
                TrustFailure::GroupKeyLength(0),
            ),
            (
                |trust| trust.group_key = "ab".repeat(64),
                TrustFailure::GroupKeyLength(128),
            ),
            (
                |trust| trust.group_key = "é".repeat(192),
                TrustFailure::GroupKeyDigits,
            ),
            (|trust| trust.known = "1200".into(), TrustFailure::Known),
            (
                |trust| trust.known = "1200:0x12".into(),
                TrustFailure::Known,
            ),
        ];
        for (change, failure) in rows {
            let mut trust = trust();
            change(&mut trust);
            assert_eq!(trust.read(), Err(failure));
        }
    }

    #[test]
    fn other_fields_than_those_of_the_page_are_refused() {
        let failure = Trust::parse(br#"{"chainId":"1"}"#).unwrap_err();
        assert_eq!(failure.code(), "trust-malformed");
    }
}
