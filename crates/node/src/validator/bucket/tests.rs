//! What of `bucket.json` and its key file is taken, and what is said of what is not.

use super::*;
use commonware_cryptography::{Signer as _, ed25519};

const RIGHT: &str =
    r#"{ "version": 1, "endpoint": "http://127.0.0.1:1", "region": "eu", "bucket": "vault" }"#;

fn node() -> PublicKey {
    ed25519::PrivateKey::from_seed(1).public_key()
}

/// A directory with this `bucket.json` and this key file.
fn directory(json: &str, key: &str, mode: u32) -> (tempfile::TempDir, NodeDirectory) {
    let root = tempfile::tempdir().expect("a directory");
    let key_file = root.path().join("bucket.key");
    fs::write(&key_file, key).expect("written");
    fs::set_permissions(&key_file, fs::Permissions::from_mode(mode)).expect("set");
    let named = format!(", \"keyFile\": {:?} }}", key_file.display().to_string());
    fs::write(
        root.path().join("bucket.json"),
        json.replacen(" }", &named, 1),
    )
    .expect("written");
    let directory = NodeDirectory::new(root.path());
    (root, directory)
}

fn refusal(json: &str, key: &str, mode: u32) -> String {
    let (_root, directory) = directory(json, key, mode);
    let refused = open_vault(&directory, &node()).err().expect("refused");
    format!("{refused:#}")
}

#[test]
fn a_node_without_the_file_keeps_its_vault_in_its_folder() {
    let root = tempfile::tempdir().expect("a directory");
    let store = open_vault(&NodeDirectory::new(root.path()), &node()).expect("opens");
    let id = theriac_vault::ContentId::of(b"one");
    store.put(&id, b"one").expect("stored");
    assert!(!is_empty(&root.path().join("vault")).expect("lists"));
}

#[test]
fn a_file_or_key_that_cannot_be_used_is_named_and_the_key_is_not_repeated() {
    let key = "AWS_ACCESS_KEY_ID=id\nAWS_SECRET_ACCESS_KEY=hush\n";
    let unknown = RIGHT.replace("region", "place");
    let newer = RIGHT.replace("\"version\": 1", "\"version\": 2");
    let secret_in_it = RIGHT.replace(" }", ", \"secretAccessKey\": \"hush\" }");
    let clear = RIGHT.replace("127.0.0.1", "192.0.2.1");
    let cases = [
        (unknown.as_str(), key, 0o600, "unknown field"),
        (&newer, key, 0o600, "expected version 1, got 2"),
        (&secret_in_it, key, 0o600, "unknown field"),
        (&clear, key, 0o600, "endpoint"),
        (RIGHT, key, 0o640, "mode 0600"),
        (RIGHT, "hush", 0o600, "nothing else"),
        (RIGHT, "AWS_ACCESS_KEY_ID=id", 0o600, "both"),
        (
            RIGHT,
            "AWS_ACCESS_KEY_ID=id\nAWS_SECRET_ACCESS_KEY=",
            0o600,
            "both",
        ),
        (
            RIGHT,
            &format!("{key}AWS_SECRET_ACCESS_KEY=hush"),
            0o600,
            "twice",
        ),
        // All of it is right, and nobody listens there.
        (RIGHT, key, 0o600, "cannot be reached"),
    ];
    for (json, key, mode, expected) in cases {
        let told = refusal(json, key, mode);
        assert!(told.contains(expected), "{expected}: {told}");
        assert!(!told.contains("hush"), "{told}");
    }
}

#[test]
fn blobs_in_the_folder_are_not_left_behind_for_a_bucket() {
    let key = "AWS_ACCESS_KEY_ID=id\nAWS_SECRET_ACCESS_KEY=hush\n";
    let (_root, directory) = directory(RIGHT, key, 0o600);
    let store = Store::open(&directory.vault(), Limits::default()).expect("opens");
    store
        .put(&theriac_vault::ContentId::of(b"one"), b"one")
        .expect("stored");
    drop(store);
    let refused = open_vault(&directory, &node()).err().expect("refused");
    assert!(refused.to_string().contains("holds blobs"), "{refused}");
}
