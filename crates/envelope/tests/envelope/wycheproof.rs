//! The primitives that the crate stands on, against the published bad and good cases of Wycheproof.

use crate::support::{hex_field, list, published, text};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use hkdf::Hkdf;
use ml_kem::kem::{Decapsulate, KeyExport};
use ml_kem::{FromSeed, MlKem768};
use serde_json::Value;
use sha2::Sha256;

/// Runs each case of a file and returns how many there were.
fn each_case(file: &Value, mut run: impl FnMut(&Value, &Value)) -> usize {
    let mut cases = 0;
    for group in list(file, "testGroups") {
        for case in list(group, "tests") {
            run(group, case);
            cases += 1;
        }
    }
    cases
}

fn is_valid(case: &Value) -> bool {
    text(case, "result") == "valid"
}

#[test]
fn aes_256_gcm_decides_every_case_of_wycheproof() {
    let test = "aes_256_gcm_decides_every_case_of_wycheproof";
    let Some(file) = published(test, "wycheproof/aes_gcm_test.json") else {
        return;
    };
    let mut ours = 0;
    each_case(&file, |group, case| {
        if (group["keySize"].as_u64(), group["ivSize"].as_u64()) != (Some(256), Some(96)) {
            return;
        }
        ours += 1;
        let cipher = Aes256Gcm::new_from_slice(&hex_field(case, "key")).expect("a 256-bit key");
        let nonce = Nonce::try_from(hex_field(case, "iv").as_slice()).expect("a 96-bit nonce");
        let sealed = [hex_field(case, "ct"), hex_field(case, "tag")].concat();
        let associated = hex_field(case, "aad");
        let message = hex_field(case, "msg");
        let opened = cipher.decrypt(
            &nonce,
            Payload {
                msg: &sealed,
                aad: &associated,
            },
        );
        assert_eq!(opened.is_ok(), is_valid(case), "case {}", case["tcId"]);
        if is_valid(case) {
            assert_eq!(opened.as_deref(), Ok(message.as_slice()));
            assert_eq!(
                cipher.encrypt(
                    &nonce,
                    Payload {
                        msg: &message,
                        aad: &associated
                    }
                ),
                Ok(sealed)
            );
        }
    });
    assert!(ours > 60, "{ours} cases only");
}

#[test]
fn hkdf_sha256_decides_every_case_of_wycheproof() {
    let test = "hkdf_sha256_decides_every_case_of_wycheproof";
    let Some(file) = published(test, "wycheproof/hkdf_sha256_test.json") else {
        return;
    };
    let cases = each_case(&file, |_, case| {
        let hkdf = Hkdf::<Sha256>::new(Some(&hex_field(case, "salt")), &hex_field(case, "ikm"));
        let mut output = vec![0; case["size"].as_u64().expect("size") as usize];
        let expanded = hkdf.expand(&hex_field(case, "info"), &mut output);
        assert_eq!(expanded.is_ok(), is_valid(case), "case {}", case["tcId"]);
        if is_valid(case) {
            assert_eq!(output, hex_field(case, "okm"), "case {}", case["tcId"]);
        }
    });
    assert_eq!(Some(cases as u64), file["numberOfTests"].as_u64());
}

#[test]
fn x25519_agrees_with_every_case_of_wycheproof() {
    let test = "x25519_agrees_with_every_case_of_wycheproof";
    let Some(file) = published(test, "wycheproof/x25519_test.json") else {
        return;
    };
    let cases = each_case(&file, |_, case| {
        let private: [u8; 32] = hex_field(case, "private").try_into().expect("32 bytes");
        let public: [u8; 32] = hex_field(case, "public").try_into().expect("32 bytes");
        let shared = x25519_dalek::StaticSecret::from(private).diffie_hellman(&public.into());
        assert_eq!(
            shared.as_bytes().to_vec(),
            hex_field(case, "shared"),
            "case {}",
            case["tcId"]
        );
        let is_zero = list(case, "flags")
            .iter()
            .any(|flag| flag == "ZeroSharedSecret");
        assert_eq!(shared.was_contributory(), !is_zero, "case {}", case["tcId"]);
    });
    assert_eq!(Some(cases as u64), file["numberOfTests"].as_u64());
}

#[test]
fn ml_kem_768_agrees_with_every_decapsulation_of_wycheproof() {
    let test = "ml_kem_768_agrees_with_every_decapsulation_of_wycheproof";
    let Some(file) = published(test, "wycheproof/mlkem_768_test.json") else {
        return;
    };
    each_case(&file, |_, case| {
        let Ok(seed) = hex_field(case, "seed").as_slice().try_into() else {
            return assert!(!is_valid(case), "case {}", case["tcId"]);
        };
        let (private, public) = MlKem768::from_seed(&seed);
        let Ok(ciphertext) = hex_field(case, "c").as_slice().try_into() else {
            return assert!(!is_valid(case), "case {}", case["tcId"]);
        };
        assert!(
            is_valid(case),
            "case {}: the types took what they must refuse",
            case["tcId"]
        );
        assert_eq!(
            public.to_bytes().to_vec(),
            hex_field(case, "ek"),
            "case {}",
            case["tcId"]
        );
        assert_eq!(
            private.decapsulate(&ciphertext).to_vec(),
            hex_field(case, "K"),
            "case {}",
            case["tcId"]
        );
    });
}

#[test]
fn ml_kem_768_agrees_with_every_encapsulation_of_wycheproof() {
    let test = "ml_kem_768_agrees_with_every_encapsulation_of_wycheproof";
    let Some(file) = published(test, "wycheproof/mlkem_768_encaps_test.json") else {
        return;
    };
    each_case(&file, |_, case| {
        let encoded = hex_field(case, "ek");
        let key = encoded.as_slice().try_into().ok();
        let public = key.and_then(|key| ml_kem::EncapsulationKey::<MlKem768>::new(&key).ok());
        assert_eq!(public.is_some(), is_valid(case), "case {}", case["tcId"]);
        if let Some(public) = public {
            let message = hex_field(case, "m")
                .as_slice()
                .try_into()
                .expect("32 bytes");
            let (ciphertext, shared) = public.encapsulate_deterministic(&message);
            assert_eq!(
                ciphertext.to_vec(),
                hex_field(case, "c"),
                "case {}",
                case["tcId"]
            );
            assert_eq!(
                shared.to_vec(),
                hex_field(case, "K"),
                "case {}",
                case["tcId"]
            );
        }
    });
}
