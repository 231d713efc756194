//! Every byte format is pinned: a change here changes what is stored already.
//!
//! The files under `tests/vectors` are written anew with `THERIAC_PIN_VECTORS=1`; look at the difference before committing.

use crate::support::{SeededRng, document};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use theriac_envelope::content::MAX_CIPHERTEXT_BYTES;
use theriac_envelope::{
    CHUNK_BYTES, Commitment, ContentId, ContentTree, Encrypted, PrivateKey, Purpose, Suite,
    WrapContext, WrapEntry, WrapSet, encrypt, wrap,
};

pub(crate) fn compare(name: &str, computed: &Value) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors")
        .join(name);
    if std::env::var_os("THERIAC_PIN_VECTORS").is_some() {
        let text = serde_json::to_string_pretty(computed).expect("JSON") + "\n";
        std::fs::write(&path, text).expect("the vectors can be written");
    }
    let pinned = std::fs::read(&path).expect("the vectors are in the repository");
    let pinned: Value = serde_json::from_slice(&pinned).expect("JSON");
    assert_eq!(&pinned, computed, "{name}");
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[test]
fn content_ids_are_pinned() {
    let sizes = [
        0,
        1,
        1000,
        CHUNK_BYTES,
        CHUNK_BYTES + 1,
        3 * CHUNK_BYTES,
        5 * CHUNK_BYTES + 7,
    ];
    let ids = sizes.map(|size| {
        let bytes = document(size);
        let path = ContentTree::of(&bytes).path(0).expect("chunk 0");
        json!({ "length": size, "content_id": ContentId::of(&bytes).to_string(), "path_of_chunk_0": hex::encode(path.encode()) })
    });
    let document = "byte i of the content is i mod 251";
    compare(
        "content_id.json",
        &json!({ "document": document, "max_length": MAX_CIPHERTEXT_BYTES, "contents": ids }),
    );
}

#[test]
fn encryption_is_pinned() {
    let sizes = [
        0,
        1,
        100,
        CHUNK_BYTES - 32,
        CHUNK_BYTES - 31,
        2 * CHUNK_BYTES,
    ];
    let contents = sizes.map(|size| {
        let Encrypted { ciphertext, secret } =
            encrypt(&document(size), &mut SeededRng::new(42)).expect("encrypts");
        json!({
            "length": size,
            "secret": hex::encode(&secret.encode()[..]),
            "content_id": secret.content_id().to_string(),
            "commitment": hex::encode(secret.commitment().0),
            "ciphertext_length": ciphertext.len(),
            "ciphertext_sha256": sha256(&ciphertext),
            "ciphertext": if size <= 100 { json!(hex::encode(&ciphertext)) } else { Value::Null },
        })
    });
    let document = "byte i of the plaintext is i mod 251";
    let salted = Commitment::new(&[0x11; 32], &ContentId([0x22; 32]));
    let commitment = json!({ "salt": "11".repeat(32), "content_id": "22".repeat(32), "commitment": hex::encode(salted.0) });
    compare(
        "content.json",
        &json!({ "document": document, "commitment": commitment, "contents": contents }),
    );
}

#[test]
fn keys_are_pinned() {
    let account_key = [0x33; 32];
    let keys = [Suite::XWing, Suite::X25519].map(|suite| {
        let private = PrivateKey::from_account_key(suite, &account_key);
        let public = private.public_key();
        json!({
            "suite": suite.id(),
            "seed": hex::encode(private.expose_seed()),
            "public_key_blob": hex::encode(public.encode()),
            "key_id": public.id().to_string(),
        })
    });
    compare(
        "keys.json",
        &json!({ "account_key": hex::encode(account_key), "keys": keys }),
    );
}

#[test]
fn wraps_are_pinned() {
    let secret = encrypt(&document(100), &mut SeededRng::new(42))
        .expect("encrypts")
        .secret;
    let purpose = Purpose::new("TREAT").expect("a purpose");
    let controller = WrapContext::to_controller(8_472, [0x44; 32], 3);
    let grantee = controller
        .to_grantee([0x55; 32], purpose, 1_800_000_000)
        .expect("a context");
    let mut entries = Vec::new();
    let mut wraps = Vec::new();
    for suite in [Suite::XWing, Suite::X25519] {
        for (name, context) in [("controller", controller), ("grantee", grantee)] {
            let reader = PrivateKey::from_seed(suite, [0x66; 32]);
            let wrapped = wrap(
                &secret,
                &reader.public_key(),
                &context,
                &mut SeededRng::new(43),
            )
            .expect("wraps");
            wraps.push(json!({
                "to": name,
                "suite": suite.id(),
                "seed": hex::encode(reader.expose_seed()),
                "associated_data": hex::encode(context.encode(&reader.public_key().id())),
                "plaintext": hex::encode(&secret.encode()[..]),
                "wrap": hex::encode(wrapped.encode()),
                "content_id": wrapped.content_id().to_string(),
            }));
            entries.push(WrapEntry {
                record: [0x44; 32],
                record_version: entries.len() as u32,
                wrap: wrapped,
            });
        }
    }
    let set = WrapSet::new(entries).expect("a set");
    let set = json!({ "sha256": sha256(&set.encode()), "length": set.encode().len(), "content_id": set.content_id().to_string() });
    compare(
        "wrap.json",
        &json!({ "wraps": wraps, "set_of_all_with_versions_0_to_3": set }),
    );
}
