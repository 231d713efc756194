//! The root of an opening's seals, as the contract computes it.

use alloy_primitives::{B256, keccak256};
use alloy_sol_types::SolValue;
use theriac_envelope::seal::seals_root;

#[test]
fn the_root_is_that_of_the_abi_encoding() {
    for count in [0_u8, 1, 2, 255] {
        let seals: Vec<[u8; 32]> = (0..count).map(|byte| [byte; 32]).collect();
        let words: Vec<B256> = seals.iter().copied().map(B256::new).collect();
        assert_eq!(seals_root(&seals), keccak256(words.abi_encode()).0);
    }
}
