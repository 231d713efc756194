//! The Solidity interfaces of the native contracts, read from `solidity/interfaces/`: the one source of the ABI.

#![allow(missing_docs, clippy::too_many_arguments)]

use alloy_sol_types::sol;

sol!(
    #![sol(all_derives, abi)]
    "../../solidity/interfaces/IMembers.sol"
);
sol!(
    #![sol(all_derives, abi)]
    "../../solidity/interfaces/IDirectory.sol"
);
sol!(
    #![sol(all_derives, abi)]
    "../../solidity/interfaces/IRecords.sol"
);
sol!(
    #![sol(all_derives, abi)]
    "../../solidity/interfaces/IAccess.sol"
);
sol!(
    #![sol(all_derives, abi)]
    "../../solidity/interfaces/ISeals.sol"
);
sol!(
    #![sol(all_derives, abi)]
    "../../solidity/interfaces/IAccessRule.sol"
);
sol!(
    #![sol(all_derives, abi)]
    "../../solidity/interfaces/IRecovery.sol"
);
sol!(
    #![sol(all_derives, abi)]
    "../../solidity/interfaces/IDelegation.sol"
);
sol!(
    #![sol(all_derives, abi)]
    "../../solidity/interfaces/IPacks.sol"
);
sol!(
    #![sol(all_derives, abi)]
    "../../solidity/interfaces/ICabinets.sol"
);
sol!(
    #![sol(all_derives, abi)]
    "../../solidity/interfaces/IPrescriptions.sol"
);
sol!(
    #![sol(all_derives, abi)]
    "../../solidity/interfaces/ITrials.sol"
);

#[cfg(test)]
mod tests;
