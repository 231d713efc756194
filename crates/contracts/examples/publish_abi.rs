//! Writes the JSON ABI of every native contract beside its Solidity interface.

use std::{fs, io, path::Path};

use theriac_contracts::interfaces::{
    IAccess, IAccessRule, ICabinets, IDelegation, IDirectory, IMembers, IPacks, IPrescriptions,
    IRecords, IRecovery, ISeals, ITrials,
};

fn main() -> io::Result<()> {
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
        let text = serde_json::to_string_pretty(&abi)? + "\n";
        fs::write(folder.join(format!("{name}.json")), text)?;
    }
    Ok(())
}
