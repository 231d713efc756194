//! The store keeps, closes, and destroys.

use std::{fs, os::unix::fs::PermissionsExt};

use commonware_codec::Encode as _;
use commonware_cryptography::{
    Signer as _,
    bls12381::primitives::group::{Private, Scalar},
    ed25519,
    transcript::{Transcript, Version},
};
use commonware_math::algebra::Random as _;
use commonware_utils::{Participant, TestRng};
use futures::executor::block_on;

use super::*;

fn share(index: u32) -> Share {
    Share::new(
        Participant::new(index),
        Private::random(TestRng::new(u64::from(index))),
    )
}

fn seed(label: &'static [u8]) -> Summary {
    Transcript::new(label, Version::V1).summarize()
}

fn dealing(number: u64) -> DealerPrivMsg {
    DealerPrivMsg::new(Scalar::random(TestRng::new(number)))
}

fn dealer(number: u64) -> ed25519::PublicKey {
    ed25519::PrivateKey::from_seed(number).public_key()
}

fn fill(store: &mut FileSecretStore, epoch: u64) {
    let epoch = Epoch::new(epoch);
    block_on(store.put_share(epoch, share(epoch.get() as u32)));
    block_on(store.put_seed(epoch, seed(b"seed")));
    block_on(store.put_dealing(epoch, dealer(1), dealing(1)));
    block_on(store.put_dealing(epoch, dealer(2), dealing(2)));
}

/// Every file below `directory`.
fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn secrets_survive_a_restart() {
    let root = tempfile::tempdir().expect("a temporary directory");
    let mut store = FileSecretStore::open(root.path().join("secrets")).expect("open");
    fill(&mut store, 7);
    drop(store);

    let mut store = FileSecretStore::open(root.path().join("secrets")).expect("open again");
    let epoch = Epoch::new(7);
    assert_eq!(block_on(store.get_share(epoch)), Some(share(7)));
    assert_eq!(block_on(store.get_seed(epoch)), Some(seed(b"seed")));
    assert_eq!(
        block_on(store.get_dealing(epoch, &dealer(1))),
        Some(dealing(1))
    );
    assert_eq!(
        block_on(store.get_dealing(epoch, &dealer(2))),
        Some(dealing(2))
    );
    assert_eq!(block_on(store.get_dealing(epoch, &dealer(3))), None);
    assert_eq!(block_on(store.get_share(Epoch::new(8))), None);
}

#[test]
fn only_the_owner_may_read_and_no_backup_takes_them() {
    let root = tempfile::tempdir().expect("a temporary directory");
    let directory = root.path().join("secrets");
    fs::create_dir(&directory).expect("a directory open to all");
    fs::set_permissions(&directory, fs::Permissions::from_mode(0o777)).expect("open it to all");
    let mut store = FileSecretStore::open(&directory).expect("open");
    fill(&mut store, 0);

    for path in [&directory, &directory.join("epoch-0")] {
        assert_eq!(
            fs::metadata(path).expect("there").permissions().mode() & 0o777,
            0o700
        );
    }
    for path in files(&directory) {
        assert_eq!(
            fs::metadata(path).expect("there").permissions().mode() & 0o777,
            0o600
        );
    }
    let tag = fs::read_to_string(directory.join("CACHEDIR.TAG")).expect("a tag");
    assert!(tag.starts_with("Signature: 8a477f597d28d172789f06886806bc55\n"));
}

#[test]
fn pruning_destroys_what_is_older_and_nothing_else() {
    let root = tempfile::tempdir().expect("a temporary directory");
    let mut store = FileSecretStore::open(root.path().join("secrets")).expect("open");
    for epoch in 0..4 {
        fill(&mut store, epoch);
    }
    let old = share(1).encode();
    let held = |needle: &[u8]| {
        files(root.path()).iter().any(|path| {
            fs::read(path)
                .expect("read")
                .windows(needle.len())
                .any(|window| window == needle)
        })
    };
    assert!(held(&old), "the search finds what is there");
    let mut still_open = fs::File::open(root.path().join("secrets/epoch-1/share")).expect("open");

    block_on(store.prune(Epoch::new(2)));

    assert!(!held(&old));
    let mut remains = Vec::new();
    io::Read::read_to_end(&mut still_open, &mut remains).expect("read");
    assert!(
        !remains.windows(old.len()).any(|window| window == &old[..]),
        "the blocks were overwritten"
    );
    assert_eq!(
        store.epochs().expect("readable"),
        [Epoch::new(2), Epoch::new(3)]
    );
    assert_eq!(block_on(store.get_share(Epoch::new(1))), None);
    assert_eq!(block_on(store.get_share(Epoch::new(2))), Some(share(2)));
}

#[test]
fn a_damaged_share_stops_the_node() {
    let root = tempfile::tempdir().expect("a temporary directory");
    let mut store = FileSecretStore::open(root.path().join("secrets")).expect("open");
    fill(&mut store, 0);
    let path = root.path().join("secrets/epoch-0/share");
    let mut bytes = fs::read(&path).expect("read");
    bytes[5] ^= 1;
    fs::write(&path, bytes).expect("damage it");

    let result = store.get::<Share>(Epoch::zero(), SHARE, Kind::Share);
    assert!(matches!(result, Err(SecretsError::Damaged { .. })));
}

#[test]
fn a_destroyed_store_leaves_no_file() {
    let root = tempfile::tempdir().expect("a temporary directory");
    let mut store = FileSecretStore::open(root.path().join("secrets")).expect("open");
    fill(&mut store, 0);
    fill(&mut store, 1);
    store.destroy().expect("destroy");
    assert!(files(root.path()).is_empty());
    assert!(!root.path().join("secrets").exists());
}
