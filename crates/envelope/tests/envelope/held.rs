//! Content under a key that is held, against the published cases of Wycheproof, and each byte of it changed.

use crate::support::{SeededRng, hex_field, list, published, text};
use theriac_envelope::{DoesNotDecrypt, HELD_OVERHEAD, HeldKey};

fn key() -> HeldKey {
    HeldKey::from_bytes([7; 32])
}

#[test]
fn content_comes_back_with_its_key_and_context_alone() {
    let bytes = key().encrypt(b"118 mmHg", b"cell 3", &mut SeededRng::new(1));
    assert_eq!(bytes.len(), 8 + HELD_OVERHEAD);
    assert_eq!(&**key().decrypt(&bytes, b"cell 3").unwrap(), b"118 mmHg");
    let other = HeldKey::from_bytes([8; 32]);
    assert_eq!(other.decrypt(&bytes, b"cell 3"), Err(DoesNotDecrypt));
    assert_eq!(key().decrypt(&bytes, b"cell 4"), Err(DoesNotDecrypt));
}

#[test]
fn the_same_content_is_never_encrypted_to_the_same_bytes() {
    let mut rng = SeededRng::new(2);
    let first = key().encrypt(b"118", b"", &mut rng);
    assert_ne!(first, key().encrypt(b"118", b"", &mut rng));
}

#[test]
fn every_changed_or_missing_byte_is_noticed() {
    let bytes = key().encrypt(b"118", b"", &mut SeededRng::new(3));
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        assert_eq!(key().decrypt(&changed, b""), Err(DoesNotDecrypt), "{place}");
        let short = key().decrypt(&bytes[..place], b"");
        assert_eq!(short, Err(DoesNotDecrypt), "{place}");
    }
}

#[test]
fn a_held_key_decides_every_case_of_wycheproof() {
    let test = "a_held_key_decides_every_case_of_wycheproof";
    let Some(file) = published(test, "wycheproof/aes_gcm_test.json") else {
        return;
    };
    let mut cases = 0;
    for group in list(&file, "testGroups") {
        if (group["keySize"].as_u64(), group["ivSize"].as_u64()) != (Some(256), Some(96)) {
            continue;
        }
        for case in list(group, "tests") {
            cases += 1;
            let key = HeldKey::from_bytes(hex_field(case, "key").try_into().expect("32 bytes"));
            let parts = ["iv", "ct", "tag"].map(|field| hex_field(case, field));
            let opened = key.decrypt(&parts.concat(), &hex_field(case, "aad"));
            let expected = match text(case, "result") == "valid" {
                true => Ok(hex_field(case, "msg")),
                false => Err(DoesNotDecrypt),
            };
            assert_eq!(opened.map(|got| got.to_vec()), expected, "{}", case["tcId"]);
        }
    }
    assert!(cases > 60, "{cases} cases only");
}
