//! Contracts in Solidity, compiled beforehand by `fixtures/compile.mjs`.

#![allow(missing_docs)]

use alloy_primitives::{Bytes, hex};
use alloy_sol_types::sol;

sol!("fixtures/contracts.sol");

sol! {
    /// The part of `solidity/rules/NativeTwin.sol` that tests call themselves.
    interface NativeTwin {
        struct Rule {
            address who;
            uint32 organisation;
            uint32 kinds;
            uint8 effect;
            uint8 role;
            uint8 purpose;
            uint64 from;
            uint64 until;
        }

        function setRules(bytes32 chart, Rule[] calldata all) external;
    }
}

sol! {
    /// `solidity/rules/testing/AskAll.sol`.
    interface AskAll {
        struct AccessRequest {
            bytes32 chart;
            bytes32[] records;
            address requester;
            uint32 organisation;
            uint8 role;
            uint8 purpose;
            uint32 kinds;
            uint64 time;
        }

        function ask(address twin, AccessRequest[] calldata requests) external view returns (uint16[] memory said);
    }
}

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

/// The creation code of an example rule, as `solidity/check-rules.mjs` writes it.
pub(crate) fn example(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../solidity/rules");
    let text = std::fs::read_to_string(format!("{folder}/{name}.hex")).expect("it is compiled");
    hex::decode(text.trim()).expect("code is hexadecimal")
}

/// The creation code of a contract that only tests deploy: of the `contracts` or the `mutants`.
pub(crate) fn testing_code(list: &str, name: &str) -> Vec<u8> {
    let code = compiled_for_tests()[list][name].as_str().map(hex::decode);
    code.expect("it is compiled").expect("code is hexadecimal")
}

/// The names of the twins with one mistake each.
pub(crate) fn mutants() -> Vec<String> {
    let compiled = compiled_for_tests();
    let mutants = compiled["mutants"].as_object().expect("names and codes");
    mutants.keys().cloned().collect()
}

fn compiled_for_tests() -> serde_json::Value {
    let text = include_str!("../../../../solidity/rules/testing/compiled.json");
    serde_json::from_str(text).expect("it is JSON")
}
