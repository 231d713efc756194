//! The suites against the published vectors of HPKE: RFC 9180 and draft-ietf-hpke-pq.

use crate::support::{ReplayRng, hex_field, list, published};
use hpke::aead::{Aead, AesGcm256, ChaCha20Poly1305};
use hpke::kdf::HkdfSha256;
use hpke::kem::{X25519HkdfSha256, XWing};
use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, setup_receiver, setup_sender_with_rng,
};
use serde_json::Value;
use theriac_envelope::{PrivateKey, Suite};

const BASE: u64 = 0;
const X_WING: u64 = 0x647a;
const DHKEM_X25519: u64 = 0x0020;
const HKDF_SHA256: u64 = 1;
const AES_256_GCM: u64 = 2;
const CHACHA20_POLY1305: u64 = 3;

/// The vectors of one file for a base mode suite with HKDF-SHA256.
fn select(vectors: &Value, kem: u64, aead: u64) -> Vec<&Value> {
    let wanted = [
        ("mode", BASE),
        ("kem_id", kem),
        ("kdf_id", HKDF_SHA256),
        ("aead_id", aead),
    ];
    let vectors = vectors.as_array().expect("a list of vectors");
    vectors
        .iter()
        .filter(|vector| {
            wanted
                .iter()
                .all(|(field, id)| vector[field].as_u64() == Some(*id))
        })
        .collect()
}

/// Opens every message of the vector, and exports what it exports.
fn receiver_agrees<A: Aead, K: Kem>(vector: &Value) {
    let private = K::PrivateKey::from_bytes(&hex_field(vector, "skRm")).expect("private key");
    assert_eq!(
        K::sk_to_pk(&private).to_bytes().to_vec(),
        hex_field(vector, "pkRm")
    );
    let encapsulated =
        K::EncappedKey::from_bytes(&hex_field(vector, "enc")).expect("encapsulated key");
    let info = hex_field(vector, "info");
    let mut context =
        setup_receiver::<A, HkdfSha256, K>(&OpModeR::Base, &private, &encapsulated, &info)
            .expect("decapsulates");
    assert!(!list(vector, "encryptions").is_empty());
    for message in list(vector, "encryptions") {
        let opened = context
            .open(&hex_field(message, "ct"), &hex_field(message, "aad"))
            .expect("opens");
        assert_eq!(opened, hex_field(message, "pt"));
    }
    for export in list(vector, "exports") {
        let mut exported = vec![0; export["L"].as_u64().expect("length") as usize];
        context
            .export(&hex_field(export, "exporter_context"), &mut exported)
            .expect("exports");
        assert_eq!(exported, hex_field(export, "exported_value"));
    }
}

#[test]
fn x_wing_with_hkdf_sha256_agrees_with_the_published_vectors() {
    let test = "x_wing_with_hkdf_sha256_agrees_with_the_published_vectors";
    for file in ["hpke/hpke-pq.json", "hpke/test-vectors-go-8aa8a04.json"] {
        let Some(vectors) = published(test, file) else {
            return;
        };
        let selected = select(&vectors, X_WING, CHACHA20_POLY1305);
        assert_eq!(selected.len(), 1, "{file}");
        selected
            .into_iter()
            .for_each(receiver_agrees::<ChaCha20Poly1305, XWing>);
    }
}

#[test]
fn x_wing_encapsulation_with_the_published_randomness_gives_the_published_bytes() {
    let test = "x_wing_encapsulation_with_the_published_randomness_gives_the_published_bytes";
    let Some(vectors) = published(test, "hpke/hpke-pq.json") else {
        return;
    };
    for vector in select(&vectors, X_WING, CHACHA20_POLY1305) {
        let public =
            <XWing as Kem>::PublicKey::from_bytes(&hex_field(vector, "pkRm")).expect("public key");
        let mut rng = ReplayRng(hex_field(vector, "ikmE"));
        let info = hex_field(vector, "info");
        let (encapsulated, mut context) = setup_sender_with_rng::<
            ChaCha20Poly1305,
            HkdfSha256,
            XWing,
        >(&OpModeS::Base, &public, &info, &mut rng)
        .expect("encapsulates");
        assert_eq!(encapsulated.to_bytes().to_vec(), hex_field(vector, "enc"));
        for message in list(vector, "encryptions") {
            let sealed = context
                .seal(&hex_field(message, "pt"), &hex_field(message, "aad"))
                .expect("seals");
            assert_eq!(sealed, hex_field(message, "ct"));
        }
    }
}

#[test]
fn x25519_with_aes_256_gcm_agrees_with_rfc_9180() {
    let test = "x25519_with_aes_256_gcm_agrees_with_rfc_9180";
    let Some(vectors) = published(test, "hpke/rfc9180-base-auth.json") else {
        return;
    };
    let selected = select(&vectors, DHKEM_X25519, AES_256_GCM);
    assert_eq!(selected.len(), 1);
    selected
        .into_iter()
        .for_each(receiver_agrees::<AesGcm256, X25519HkdfSha256>);
}

#[test]
fn a_private_key_from_a_published_seed_has_the_published_public_key() {
    let test = "a_private_key_from_a_published_seed_has_the_published_public_key";
    let Some(post_quantum) = published(test, "hpke/hpke-pq.json") else {
        return;
    };
    let Some(rfc_9180) = published(test, "hpke/rfc9180-base-auth.json") else {
        return;
    };
    let x_wing = select(&post_quantum, X_WING, CHACHA20_POLY1305)[0];
    let x25519 = select(&rfc_9180, DHKEM_X25519, AES_256_GCM)[0];
    for (suite, vector) in [(Suite::XWing, x_wing), (Suite::X25519, x25519)] {
        let seed = hex_field(vector, "skRm").try_into().expect("32 bytes");
        let public = PrivateKey::from_seed(suite, seed).public_key();
        assert_eq!(public.as_bytes(), hex_field(vector, "pkRm"));
    }
}
