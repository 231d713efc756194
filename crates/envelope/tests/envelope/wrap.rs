//! Wraps open for their reader under their context, and for nobody else under no other.

use crate::support::SeededRng;
use theriac_envelope::wrap::MAX_ENTRIES;
use theriac_envelope::{
    DecodeError, KeyError, PrivateKey, PublicKey, Purpose, RecordSecret, Suite, Wrap, WrapContext,
    WrapEntry, WrapError, WrapSet, encrypt, unwrap, wrap,
};

const SUITES: [Suite; 2] = [Suite::XWing, Suite::X25519];
const CHAIN: u64 = 8_472;
const EXPIRY: u64 = 1_800_000_000;

fn secret() -> RecordSecret {
    encrypt(b"{}", &mut SeededRng::new(1))
        .expect("encrypts")
        .secret
}

fn treatment() -> Purpose {
    Purpose::new("TREAT").expect("a purpose")
}

fn context() -> WrapContext {
    WrapContext::to_controller(CHAIN, [1; 32], 3)
        .to_grantee([2; 32], treatment(), EXPIRY)
        .expect("a context")
}

fn wrapped(suite: Suite) -> (PrivateKey, Wrap) {
    let mut rng = SeededRng::new(2);
    let reader = PrivateKey::generate(suite, &mut rng);
    let wrap = wrap(&secret(), &reader.public_key(), &context(), &mut rng).expect("wraps");
    (reader, wrap)
}

#[test]
fn a_reader_opens_what_was_wrapped_to_her() {
    for suite in SUITES {
        let (reader, wrap) = wrapped(suite);
        assert_eq!(wrap.encode().len(), Wrap::encoded_bytes(suite));
        let decoded = Wrap::decode(&wrap.encode()).expect("decodes");
        let opened = unwrap(&decoded, &reader, &context()).expect("opens");
        assert_eq!(opened.encode(), secret().encode());
        assert_eq!(opened.commitment(), secret().commitment());
    }
}

#[test]
fn a_wrap_opens_under_no_other_context() {
    let grantee = |grant: u8, purpose: &str, expiry: u64| {
        let purpose = Purpose::new(purpose).expect("a purpose");
        WrapContext::to_controller(CHAIN, [1; 32], 3)
            .to_grantee([grant; 32], purpose, expiry)
            .expect("a context")
    };
    let under = |chain: u64, record: u8, version: u32| {
        let controller = WrapContext::to_controller(chain, [record; 32], version);
        controller
            .to_grantee([2; 32], treatment(), EXPIRY)
            .expect("a context")
    };
    let others = [
        under(CHAIN + 1, 1, 3),
        under(CHAIN, 9, 3),
        under(CHAIN, 1, 4),
        grantee(9, "TREAT", EXPIRY),
        grantee(2, "ETREAT", EXPIRY),
        grantee(2, "TREAT", EXPIRY + 1),
        WrapContext::to_controller(CHAIN, [1; 32], 3),
    ];
    for suite in SUITES {
        let (reader, wrap) = wrapped(suite);
        for other in others {
            assert_eq!(
                unwrap(&wrap, &reader, &other).err(),
                Some(WrapError::DoesNotOpen),
                "{other:?}"
            );
        }
    }
}

#[test]
fn a_wrap_opens_with_no_other_key() {
    for suite in SUITES {
        let (_, wrap) = wrapped(suite);
        let stranger = PrivateKey::generate(suite, &mut SeededRng::new(99));
        assert_eq!(
            unwrap(&wrap, &stranger, &context()).err(),
            Some(WrapError::DoesNotOpen)
        );
    }
    let (x_wing_reader, _) = wrapped(Suite::XWing);
    let (_, x25519_wrap) = wrapped(Suite::X25519);
    assert_eq!(
        unwrap(&x25519_wrap, &x_wing_reader, &context()).err(),
        Some(WrapError::SuiteMismatch)
    );
}

#[test]
fn a_flipped_bit_anywhere_in_a_wrap_is_refused() {
    for (suite, step) in [(Suite::XWing, 37), (Suite::X25519, 1)] {
        let (reader, wrap) = wrapped(suite);
        let good = wrap.encode();
        for position in (0..good.len()).step_by(step) {
            let mut flipped = good.clone();
            flipped[position] ^= 1;
            let refused =
                Wrap::decode(&flipped).and_then(|wrap| unwrap(&wrap, &reader, &context()));
            assert!(refused.is_err(), "{suite:?}: byte {position}");
        }
    }
}

#[test]
fn a_wrap_decodes_only_whole() {
    for suite in SUITES {
        let good = wrapped(suite).1.encode();
        (0..good.len()).for_each(|end| assert!(Wrap::decode(&good[..end]).is_err()));
        let longer = [good.as_slice(), &[0]].concat();
        assert_eq!(
            Wrap::decode(&longer),
            Err(WrapError::Encoding(DecodeError::TrailingBytes { left: 1 }))
        );
    }
    assert_eq!(
        Wrap::decode(&[1, 3]),
        Err(WrapError::Encoding(DecodeError::UnknownSuite { got: 3 }))
    );
    let future = WrapError::Encoding(DecodeError::UnknownVersion {
        expected: 1,
        got: 2,
    });
    assert_eq!(Wrap::decode(&[2, 1]), Err(future));
}

#[test]
fn a_key_of_the_account_is_always_the_same_and_each_suite_has_its_own() {
    let account_key = [7; 32];
    let x_wing = PrivateKey::from_account_key(Suite::XWing, &account_key);
    assert_eq!(
        x_wing.public_key(),
        PrivateKey::from_account_key(Suite::XWing, &account_key).public_key()
    );
    let x25519 = PrivateKey::from_account_key(Suite::X25519, &account_key);
    assert_ne!(x_wing.expose_seed(), x25519.expose_seed());
    let stored = PrivateKey::from_seed(Suite::XWing, *x_wing.expose_seed());
    assert_eq!(stored.public_key().id(), x_wing.public_key().id());
}

#[test]
fn a_public_key_decodes_only_whole_and_only_if_its_suite_accepts_it() {
    for suite in SUITES {
        let key = PrivateKey::generate(suite, &mut SeededRng::new(4)).public_key();
        let blob = key.encode();
        assert_eq!(blob.len(), 2 + suite.public_key_bytes());
        assert_eq!(PublicKey::decode(&blob), Ok(key));
        (0..blob.len()).for_each(|end| assert!(PublicKey::decode(&blob[..end]).is_err()));
        assert!(PublicKey::decode(&[blob.as_slice(), &[0]].concat()).is_err());
    }
    // Coefficients of 4,095 are above the modulus of ML-KEM, 3,329.
    let over = [vec![1, 1], vec![0xff; 1216]].concat();
    assert_eq!(PublicKey::decode(&over), Err(KeyError::Invalid));
    assert!(matches!(
        PublicKey::decode(&[1, 9]),
        Err(KeyError::Encoding(DecodeError::UnknownSuite { got: 9 }))
    ));
}

#[test]
fn a_low_order_x25519_key_is_not_wrapped_to() {
    let zero = PublicKey::decode(&[vec![1, 2], vec![0; 32]].concat())
        .expect("X25519 takes any bytes as a key");
    let refused = wrap(&secret(), &zero, &context(), &mut SeededRng::new(4));
    assert_eq!(refused.err(), Some(WrapError::BadPublicKey));
}

#[test]
fn secrets_are_not_printed() {
    let key = PrivateKey::from_seed(Suite::XWing, [0xab; 32]);
    let printed = format!("{key:?}");
    assert!(
        !printed.contains("ab") && !printed.contains("171"),
        "{printed}"
    );
}

#[test]
fn a_purpose_is_a_code_and_goes_with_a_grant() {
    let too_long = "A".repeat(17);
    for bad in ["", "treat", "TREAT ", "TRÉAT", too_long.as_str()] {
        assert_eq!(Purpose::new(bad), Err(WrapError::BadPurpose), "{bad}");
    }
    let controller = WrapContext::to_controller(CHAIN, [1; 32], 1);
    assert_eq!(
        controller.to_grantee([0; 32], treatment(), 1),
        Err(WrapError::PurposeWithoutGrant)
    );
    assert_eq!(
        controller.to_grantee([1; 32], Purpose::default(), 1),
        Err(WrapError::PurposeWithoutGrant)
    );
}

fn entry(record: u8, record_version: u32) -> WrapEntry {
    WrapEntry {
        record: [record; 32],
        record_version,
        wrap: wrapped(Suite::X25519).1,
    }
}

#[test]
fn a_set_has_one_encoding_whatever_the_order_of_its_making() {
    let set = WrapSet::new(vec![entry(2, 1), entry(1, 2), entry(1, 1)]).expect("a set");
    let same = WrapSet::new(vec![entry(1, 1), entry(2, 1), entry(1, 2)]).expect("a set");
    assert_eq!(set.encode(), same.encode());
    assert_eq!(WrapSet::decode(&set.encode()), Ok(set.clone()));
    assert_eq!(set.content_id(), same.content_id());
    assert!(set.find(&[1; 32], 2).is_some() && set.find(&[1; 32], 3).is_none());
    let empty = WrapSet::new(Vec::new()).expect("a set");
    assert_eq!(WrapSet::decode(&empty.encode()), Ok(empty));
}

#[test]
fn a_set_is_refused_when_it_is_too_large_doubled_out_of_order_or_cut() {
    assert_eq!(
        WrapSet::new(vec![entry(1, 1), entry(1, 1)]),
        Err(WrapError::DuplicateEntry)
    );
    let many = vec![entry(1, 1); MAX_ENTRIES + 1];
    let too_many = WrapError::TooManyEntries {
        max: MAX_ENTRIES,
        got: MAX_ENTRIES + 1,
    };
    assert_eq!(WrapSet::new(many), Err(too_many));
    let claimed = [vec![1], ((MAX_ENTRIES + 1) as u16).to_be_bytes().to_vec()].concat();
    assert_eq!(WrapSet::decode(&claimed), Err(too_many));

    let set = WrapSet::new(vec![entry(1, 1), entry(2, 1)])
        .expect("a set")
        .encode();
    let (head, entries) = set.split_at(3);
    let (first, second) = entries.split_at(entries.len() / 2);
    let not_canonical = WrapError::Encoding(DecodeError::NotCanonical {
        field: "order of entries",
    });
    assert_eq!(
        WrapSet::decode(&[head, second, first].concat()),
        Err(not_canonical)
    );
    assert_eq!(
        WrapSet::decode(&[head, first, first].concat()),
        Err(WrapError::DuplicateEntry)
    );
    assert!(WrapSet::decode(&[head, first].concat()).is_err());
    assert!(WrapSet::decode(&[head, first, second, &[0]].concat()).is_err());
}
