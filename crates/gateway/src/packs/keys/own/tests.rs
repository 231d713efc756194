//! A book's own keys follow from its secret.

use super::*;

#[test]
fn keys_follow_from_the_secret_and_differ_by_number_and_purpose() {
    let secret = BookSecret::from_bytes([7; 32]);
    let again = BookSecret::from_bytes([7; 32]);
    assert_eq!(secret.one_time(3).address(), again.one_time(3).address());
    let mut addresses: Vec<_> = (0..100)
        .map(|number| secret.one_time(number).address())
        .collect();
    let receiving = secret.receiving().secret_bytes();
    addresses.push(Account::from_bytes(&receiving).unwrap().address());
    addresses.push(BookSecret::from_bytes([8; 32]).one_time(0).address());
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), 102);
}

#[test]
fn a_second_exit_of_a_pack_has_another_secret() {
    let secret = BookSecret::from_bytes([7; 32]);
    let tag = B256::repeat_byte(1);
    assert_eq!(secret.undo(tag, 0), secret.undo(tag, 0));
    assert_ne!(secret.undo(tag, 0), secret.undo(tag, 1));
    assert_ne!(secret.undo(tag, 0), secret.undo(B256::ZERO, 0));
}
