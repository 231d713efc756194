//! Contracts in Solidity, compiled beforehand by `fixtures/compile.mjs`.

#![allow(missing_docs)]

use alloy_primitives::{Bytes, hex};
use alloy_sol_types::sol;

sol!("fixtures/contracts.sol");

/// The creation code of the contract `name`.
pub(crate) fn code_of(name: &str) -> Bytes {
    let fixtures: serde_json::Value =
        serde_json::from_str(include_str!("../../fixtures/contracts.json"))
            .expect("fixtures are JSON");
    let code = fixtures["contracts"][name]
        .as_str()
        .expect("the contract is compiled");
    hex::decode(code).expect("code is hexadecimal").into()
}
