//! Making and checking challenges.
//!
//! A challenge is not remembered when it is made, so that nobody without a key can fill memory: its nonce
//! carries its time and a tag under a secret of this process, and the whole message follows from address and
//! nonce. What is remembered is that it was answered.

use std::{collections::BTreeMap, sync::Arc};

use alloy_primitives::{Address, B256, hex, keccak256};
use parking_lot::Mutex;

use super::date::rfc3339;
use crate::Refusal;

const STATEMENT: &str =
    "Log in to read from this Theriac node. This moves nothing and costs nothing.";
const TAG_DOMAIN: &[u8] = b"theriac/challenge/v1";

/// A message to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Challenge {
    /// The account that is to sign.
    pub(crate) address: Address,
    /// The text, as EIP-4361 lays it out.
    pub(crate) message: String,
    /// The last second at which it may be answered.
    pub(crate) expires: u64,
    tag: [u8; 16],
}

/// Makes and checks challenges for one node.
#[derive(Debug)]
pub(crate) struct Challenges {
    domain: Arc<str>,
    chain_id: u64,
    lifetime: u64,
    secret: B256,
    answered: Mutex<BTreeMap<(u64, [u8; 16]), ()>>,
}

impl Challenges {
    /// Challenges that name `domain`, good for `lifetime` seconds.
    pub(crate) fn new(domain: &str, chain_id: u64, lifetime: u64) -> Self {
        Self {
            domain: domain.into(),
            chain_id,
            lifetime,
            secret: B256::new(rand::random()),
            answered: Mutex::default(),
        }
    }

    /// A new challenge for an account.
    pub(crate) fn issue(&self, address: Address, now: u64) -> Challenge {
        self.compose(address, now, rand::random())
    }

    /// The challenge that a message is.
    ///
    /// # Errors
    /// [`Refusal::ChallengeUnknown`] if it is not exactly one that this node made,
    /// [`Refusal::ChallengeExpired`] if it is too late.
    pub(crate) fn recognise(&self, message: &str, now: u64) -> Result<Challenge, Refusal> {
        let (address, nonce) = parse(message).ok_or(Refusal::ChallengeUnknown)?;
        let (issued, random) = split(&nonce);
        let challenge = self.compose(address, issued, random);
        if challenge.message != message {
            return Err(Refusal::ChallengeUnknown);
        }
        match now <= challenge.expires && issued <= now {
            true => Ok(challenge),
            false => Err(Refusal::ChallengeExpired),
        }
    }

    /// Remembers that a challenge was answered.
    ///
    /// # Errors
    /// [`Refusal::ChallengeUsed`] if it was before.
    pub(crate) fn consume(&self, challenge: &Challenge, now: u64) -> Result<(), Refusal> {
        let mut answered = self.answered.lock();
        let live = answered.split_off(&(now, [0; 16]));
        *answered = live;
        match answered.insert((challenge.expires, challenge.tag), ()) {
            None => Ok(()),
            Some(()) => Err(Refusal::ChallengeUsed),
        }
    }

    fn compose(&self, address: Address, issued: u64, random: [u8; 8]) -> Challenge {
        let tag = self.tag(address, issued, random);
        let expires = issued.saturating_add(self.lifetime);
        let nonce = hex::encode([&issued.to_be_bytes()[..], &random, &tag].concat());
        let message = format!(
            "{domain} wants you to sign in with your Ethereum account:\n{address}\n\n{STATEMENT}\n\n\
             URI: http://{domain}/\nVersion: 1\nChain ID: {chain}\nNonce: {nonce}\n\
             Issued At: {issued}\nExpiration Time: {expires}",
            domain = self.domain,
            address = address.to_checksum(None),
            chain = self.chain_id,
            issued = rfc3339(issued),
            expires = rfc3339(expires),
        );
        Challenge {
            address,
            message,
            expires,
            tag,
        }
    }

    /// Keccak-256 as a keyed hash: a sponge needs no HMAC.
    fn tag(&self, address: Address, issued: u64, random: [u8; 8]) -> [u8; 16] {
        let input = [
            self.secret.as_slice(),
            TAG_DOMAIN,
            address.as_slice(),
            &issued.to_be_bytes(),
            &random,
        ]
        .concat();
        *keccak256(input).first_chunk().expect("a hash has 32 bytes")
    }
}

/// Address and nonce of a message; everything else is compared as a whole.
fn parse(message: &str) -> Option<(Address, [u8; 32])> {
    let mut lines = message.lines();
    let address = lines.nth(1)?.parse().ok()?;
    let nonce = lines.find_map(|line| line.strip_prefix("Nonce: "))?;
    Some((address, hex::decode_to_array(nonce).ok()?))
}

/// Time and random part of a nonce. A time after the year 9999 is no time.
fn split(nonce: &[u8; 32]) -> (u64, [u8; 8]) {
    let issued = nonce.first_chunk().expect("a nonce has 32 bytes");
    let random = nonce[8..].first_chunk().expect("a nonce has 32 bytes");
    (u64::from_be_bytes(*issued).min(253_402_300_799), *random)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_795_429_800;

    fn challenges() -> Challenges {
        Challenges::new("node.example:8545", 7, 300)
    }

    #[test]
    fn a_challenge_is_laid_out_as_eip_4361_says() {
        let challenge = challenges().issue(Address::repeat_byte(0xab), NOW);
        let lines: Vec<_> = challenge.message.lines().collect();
        assert_eq!(
            lines[0],
            "node.example:8545 wants you to sign in with your Ethereum account:"
        );
        assert_eq!(lines[1], "0xABaBaBaBABabABabAbAbABAbABabababaBaBABaB");
        assert_eq!(lines[2], "");
        assert_eq!(lines[3], STATEMENT);
        assert_eq!(lines[4], "");
        assert_eq!(lines[5], "URI: http://node.example:8545/");
        assert_eq!(lines[6], "Version: 1");
        assert_eq!(lines[7], "Chain ID: 7");
        let nonce = lines[8].strip_prefix("Nonce: ").unwrap();
        assert!(nonce.len() >= 8 && nonce.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        assert_eq!(lines[9], "Issued At: 2026-11-23T10:30:00Z");
        assert_eq!(lines[10], "Expiration Time: 2026-11-23T10:35:00Z");
        assert_eq!(lines.len(), 11);
    }

    #[test]
    fn a_challenge_is_recognised_until_it_expires() {
        let challenges = challenges();
        let challenge = challenges.issue(Address::repeat_byte(1), NOW);
        assert_eq!(
            challenges.recognise(&challenge.message, NOW + 300),
            Ok(challenge.clone())
        );
        let late = challenges.recognise(&challenge.message, NOW + 301);
        assert_eq!(late, Err(Refusal::ChallengeExpired));
        let early = challenges.recognise(&challenge.message, NOW - 1);
        assert_eq!(early, Err(Refusal::ChallengeExpired));
    }

    #[test]
    fn a_challenge_changed_in_any_byte_is_unknown() {
        let challenges = challenges();
        let message = challenges.issue(Address::repeat_byte(1), NOW).message;
        for position in 0..message.len() {
            let mut bytes = message.clone().into_bytes();
            bytes[position] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else {
                continue;
            };
            assert_eq!(
                challenges.recognise(&changed, NOW),
                Err(Refusal::ChallengeUnknown),
                "byte {position}"
            );
        }
        for other in ["", "x", "x\ny", &message[1..], &format!("{message}\n")] {
            assert_eq!(
                challenges.recognise(other, NOW),
                Err(Refusal::ChallengeUnknown)
            );
        }
    }

    #[test]
    fn a_challenge_of_another_node_or_chain_is_unknown() {
        let challenge = challenges().issue(Address::repeat_byte(1), NOW);
        assert_eq!(
            challenges().recognise(&challenge.message, NOW),
            Err(Refusal::ChallengeUnknown)
        );
    }

    #[test]
    fn a_challenge_is_answered_once() {
        let challenges = challenges();
        let challenge = challenges.issue(Address::repeat_byte(1), NOW);
        assert_eq!(challenges.consume(&challenge, NOW), Ok(()));
        assert_eq!(
            challenges.consume(&challenge, NOW + 300),
            Err(Refusal::ChallengeUsed)
        );
        let other = challenges.issue(Address::repeat_byte(1), NOW + 301);
        assert_eq!(challenges.consume(&other, NOW + 301), Ok(()));
        assert_eq!(
            challenges.answered.lock().len(),
            1,
            "what expired is forgotten"
        );
    }
}
