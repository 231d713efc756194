//! The published ABI is what the contracts speak.

use std::{fs, path::Path};

use alloy_sol_types::private::alloy_json_abi::JsonAbi;

use super::{
    IAccess, IAccessRule, ICabinets, IDelegation, IDirectory, IMembers, IPacks, IPrescriptions,
    IRecords, IRecovery, ISeals, ITrials,
};

#[test]
fn the_published_json_is_the_abi_of_the_contracts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../solidity/interfaces");
    for (name, abi) in [
        ("IMembers", IMembers::abi::contract()),
        ("IDirectory", IDirectory::abi::contract()),
        ("IRecords", IRecords::abi::contract()),
        ("IAccess", IAccess::abi::contract()),
        ("ISeals", ISeals::abi::contract()),
        ("IAccessRule", IAccessRule::abi::contract()),
        ("IRecovery", IRecovery::abi::contract()),
        ("IDelegation", IDelegation::abi::contract()),
        ("IPacks", IPacks::abi::contract()),
        ("ICabinets", ICabinets::abi::contract()),
        ("IPrescriptions", IPrescriptions::abi::contract()),
        ("ITrials", ITrials::abi::contract()),
    ] {
        let text =
            fs::read_to_string(folder.join(format!("{name}.json"))).expect("it is published");
        let published: JsonAbi = serde_json::from_str(&text).expect("an ABI");
        assert!(
            published == abi,
            "{name}.json is out of date; run cargo run -p theriac-contracts --example publish_abi",
        );
    }
}
