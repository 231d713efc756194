//! A receiver finds its one-time keys, and nobody else does.

use super::*;

fn secret(byte: u8) -> BookSecret {
    BookSecret::from_bytes([byte; 32])
}

#[test]
fn the_domain_is_the_hash_of_its_text() {
    assert_eq!(DOMAIN, keccak256(b"theriac/pack/stealth/v1"));
}

#[test]
fn the_receiver_finds_the_key_and_nobody_else_does() {
    let announced = hand_over_to(&PackKey::of(&secret(1)), [9; 32]).unwrap();
    let key = received(&secret(1), &announced).unwrap();
    assert_eq!(key.address(), announced.next);
    assert!(received(&secret(2), &announced).is_none());
}

/// All that the sender has is r and public keys. What can be made of them is neither the receiver's secret nor a key of that address.
#[test]
fn the_sender_does_not_know_the_key() {
    let receiver = PackKey::of(&secret(1));
    let random = [9; 32];
    let announced = hand_over_to(&receiver, random).unwrap();
    let once = SecretKey::from_byte_array(random).unwrap();
    let shared = receiver.0.mul_tweak(SECP256K1, &once.into()).unwrap();
    let tweak = tweak(&shared).unwrap();
    let hash = SecretKey::from_byte_array(tweak.to_be_bytes()).unwrap();
    let candidates = [
        once,
        hash,
        once.add_tweak(&tweak).unwrap(),
        once.mul_tweak(&tweak).unwrap(),
    ];
    for candidate in candidates {
        let account = Account::from_bytes(&candidate.secret_bytes()).unwrap();
        assert_ne!(account.address(), announced.next);
    }
}

#[test]
fn keys_of_two_hand_overs_do_not_show_a_common_receiver() {
    let receiver = PackKey::of(&secret(1));
    let [one, other] = [[8; 32], [9; 32]].map(|random| hand_over_to(&receiver, random).unwrap());
    assert_ne!(one.next, other.next);
    assert_ne!(one.point, other.point);
    let crossed = Announced {
        next: one.next,
        point: other.point,
    };
    assert!(received(&secret(1), &crossed).is_none());
}

#[test]
fn malformed_keys_are_refused() {
    let key = PackKey::of(&secret(1)).encode();
    assert_eq!(PackKey::decode(&key).unwrap().encode(), key);
    for wrong in [&key[..32], &[0; 33], &[4; 65]] {
        assert_eq!(PackKey::decode(wrong), Err(PackKeyError));
    }
    assert!(hand_over_to(&PackKey::of(&secret(1)), [0; 32]).is_none());
}
