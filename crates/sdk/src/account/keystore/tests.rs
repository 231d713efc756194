//! Tests of the keystore file, with the published vector and against another implementation.

use super::*;

/// A published vector: the example of web3.js for `accounts.decrypt`. (The scrypt vector in the definition of the format has
/// n = 2^18 with r = 1, which RFC 7914, section 2, does not allow.)
const PUBLISHED: &str = r#"{
    "version": 3,
    "id": "04e9bcbb-96fa-497b-94d1-14df4cd20af6",
    "address": "2c7536e3605d9c16a7a3d7b1898e529396a65c23",
    "crypto": {
        "ciphertext": "a1c25da3ecde4e6a24f3697251dd15d6208520efc84ad97397e906e6df24d251",
        "cipherparams": { "iv": "2885df2b63f7ef247d753c82fa20038a" },
        "cipher": "aes-128-ctr",
        "kdf": "scrypt",
        "kdfparams": {
            "dklen": 32,
            "salt": "4531b3c174cc3ff32a6a7a85d6761b410db674807b2d216d022318ceee50be10",
            "n": 262144, "r": 8, "p": 1
        },
        "mac": "b8b010fff37f9ae5559a352a185e86f9b9c1d7f7a9f1bd4e82a5dd35468fc7f6"
    }
}"#;

fn password(text: &str) -> Password {
    Password::new(text.to_owned()).unwrap()
}

fn sealed() -> (Account, Keystore) {
    let account = Account::generate();
    let keystore = Keystore::seal(&account, &password("correct horse"), Strength::Light);
    (account, keystore)
}

#[test]
fn the_published_vector_opens() {
    let keystore: Keystore = serde_json::from_str(PUBLISHED).unwrap();
    let account = keystore.open(&password("test!")).unwrap();
    let key = hex::encode(account.secret_bytes().as_ref());
    assert_eq!(
        key,
        "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"
    );
}

#[test]
fn a_written_file_opens_again_and_in_another_implementation() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("patient.json");
    let (account, keystore) = sealed();
    keystore.write(&path).unwrap();
    let again = Keystore::read(&path).unwrap();
    assert_eq!(again.address(), Some(account.address()));
    assert_eq!(
        again.open(&password("correct horse")).unwrap().address(),
        account.address()
    );
    let key = eth_keystore::decrypt_key(&path, "correct horse").unwrap();
    assert_eq!(key, account.secret_bytes().as_ref());
}

#[test]
fn a_wrong_password_is_refused() {
    let (_, keystore) = sealed();
    assert!(matches!(
        keystore.open(&password("wrong")),
        Err(KeystoreError::WrongPassword)
    ));
}

#[test]
fn a_file_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("patient.json");
    sealed().1.write(&path).unwrap();
    assert!(matches!(
        sealed().1.write(&path),
        Err(KeystoreError::Exists(_))
    ));
}

#[test]
fn a_file_that_names_another_address_is_refused() {
    let (_, mut keystore) = sealed();
    keystore.address = Some(Address::ZERO);
    assert!(matches!(
        keystore.open(&password("correct horse")),
        Err(KeystoreError::NotTheKey)
    ));
}

#[test]
fn unsupported_forms_are_refused_before_any_work() {
    let mut version = sealed().1;
    version.version = 1;
    assert!(matches!(
        version.open(&password("x")),
        Err(KeystoreError::Version(1))
    ));
    let mut kdf = sealed().1;
    kdf.crypto.kdf = "pbkdf2".to_owned();
    assert!(matches!(
        kdf.open(&password("x")),
        Err(KeystoreError::Unsupported { what: "kdf", .. })
    ));
    let mut short = sealed().1;
    short.crypto.ciphertext.pop();
    assert!(matches!(
        short.open(&password("x")),
        Err(KeystoreError::Unsupported { .. })
    ));
}

#[test]
fn parameters_that_ask_for_too_much_memory_are_refused() {
    for (n, r) in [(1_u64 << 40, 8), (3, 8), (0, 8), (1 << 18, 1 << 20)] {
        let mut keystore = sealed().1;
        keystore.crypto.kdfparams["n"] = n.into();
        keystore.crypto.kdfparams["r"] = r.into();
        let opened = keystore.open(&password("correct horse"));
        assert!(
            matches!(
                opened,
                Err(KeystoreError::Unsupported {
                    what: "kdfparams",
                    ..
                })
            ),
            "{n} {r}"
        );
    }
}
