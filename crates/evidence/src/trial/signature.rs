//! What a signer signs (EIP-712), and who signed.

use super::{Entry, Signed, state::TRIALS};
use alloy_primitives::{Address, B256, keccak256};
use k256::ecdsa::{RecoveryId, Signature, VerifyingKey};

const DOMAIN_TYPE: &str =
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
const SIGN_TYPE: &str = "Sign(bytes32 study,uint32 slot,uint16 site,uint8 scope,bytes32 dataRoot,uint8 meaning,bytes32 name,uint64 time,address account)";

/// The meanings, from 1.
pub const MEANINGS: [&str; 7] = [
    "authorship",
    "review",
    "approval",
    "responsibility",
    "consent",
    "lock",
    "release",
];

fn word(number: u64) -> [u8; 32] {
    let mut word = [0; 32];
    word[24..].copy_from_slice(&number.to_be_bytes());
    word
}

fn domain_separator(chain_id: u64) -> B256 {
    let words = [
        keccak256(DOMAIN_TYPE).0,
        keccak256("Theriac").0,
        keccak256("1").0,
        word(chain_id),
        TRIALS.into_word().0,
    ];
    keccak256(words.concat())
}

/// The digest that both signatures of an entry are over.
pub fn signing_digest(chain_id: u64, entry: &Entry, signed: &Signed) -> B256 {
    let words = [
        keccak256(SIGN_TYPE).0,
        entry.study.0,
        word(entry.slot.into()),
        word(entry.site.into()),
        word(signed.scope.into()),
        signed.data_root.0,
        word(signed.meaning.into()),
        signed.name.0,
        word(signed.time),
        entry.actor.into_word().0,
    ];
    let message = keccak256(words.concat());
    let domain = domain_separator(chain_id);
    keccak256([&[0x19, 0x01], domain.as_slice(), message.as_slice()].concat())
}

/// The account whose key signed; `None` for another length, a high s, or no point.
pub fn recover(digest: &B256, signature: &[u8]) -> Option<Address> {
    let (parts, parity) = (signature.get(..64)?, signature.get(64..)?);
    let [parity] = parity else { return None };
    let recovery =
        RecoveryId::from_byte(parity.checked_sub(27)?).filter(|id| !id.is_x_reduced())?;
    let parts = Signature::from_slice(parts)
        .ok()
        .filter(|parts| parts.normalize_s().is_none())?;
    let key = VerifyingKey::recover_from_prehash(digest.as_slice(), &parts, recovery).ok()?;
    let point = key.to_encoded_point(false);
    Some(Address::from_slice(
        &keccak256(&point.as_bytes()[1..])[12..],
    ))
}
