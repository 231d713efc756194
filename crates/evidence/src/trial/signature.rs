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
    let recovery = match parity {
        [0 | 27] => RecoveryId::new(false, false),
        [1 | 28] => RecoveryId::new(true, false),
        _ => return None,
    };
    let parts = Signature::from_slice(parts)
        .ok()
        .filter(|parts| parts.normalize_s().is_none())?;
    let key = VerifyingKey::recover_from_prehash(digest.as_slice(), &parts, recovery).ok()?;
    let point = key.to_encoded_point(false);
    Some(Address::from_slice(
        &keccak256(&point.as_bytes()[1..])[12..],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use k256::ecdsa::SigningKey;

    #[test]
    fn account_is_recovered_from_both_spellings_of_the_parity_and_from_low_s_alone() {
        let key = SigningKey::from_slice(&[7; 32]).expect("a scalar below the order");
        let point = key.verifying_key().to_encoded_point(false);
        let account = Address::from_slice(&keccak256(&point.as_bytes()[1..])[12..]);
        let digest = keccak256("what is signed");
        let (parts, parity) = key
            .sign_prehash_recoverable(digest.as_slice())
            .expect("a digest of 32 bytes");
        let form = |parity: u8| [parts.to_bytes().as_slice(), &[parity]].concat();
        for parity in [parity.to_byte(), 27 + parity.to_byte()] {
            assert_eq!(recover(&digest, &form(parity)), Some(account));
        }
        let other = 28 - parity.to_byte();
        assert_ne!(recover(&digest, &form(other)), Some(account));
        for odd in [2, 26, 29, 255] {
            assert_eq!(recover(&digest, &form(odd)), None);
        }
        assert_eq!(recover(&digest, &form(27)[..64]), None);
        let (r, s) = parts.split_scalars();
        let high = Signature::from_scalars(r, -*s).expect("scalars that are not zero");
        let high = [high.to_bytes().as_slice(), &[other]].concat();
        assert_eq!(recover(&digest, &high), None);
    }
}
