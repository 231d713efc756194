// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title A rule as a contract: what a patient's client points kinds of records at, see `ISeals.pointRule`
/// @notice Called with STATICCALL and the network's `ruleGas` when an opening executes, while the contract's code has the hash that was pinned.
/// Only exactly 32 bytes that hold 1 mean yes. A revert, more or less data, delegated code, a way back into the native contracts and gas that runs out mean no.
/// A denial by the chart's native rules wins over a yes.
interface IAccessRule {
    /// @notice Who asks to open which records. All records are of the chart, sealed and current, and their kinds point at this contract.
    struct AccessRequest {
        bytes32 chart;
        /// 1 to 512 records, each once, in the order of the opening.
        bytes32[] records;
        address requester;
        /// The organisation in which the requester acts now.
        uint32 organisation;
        /// The code of the requester's role in it, as in `IDirectory.Person`.
        uint8 role;
        /// The code of the purpose of use, as in `IAccess.Request`.
        uint8 purpose;
        /// Bit mask of the kinds of these records.
        uint32 kinds;
        /// Unix seconds of the block.
        uint64 time;
    }

    /// @notice Whether this requester may open all of these records for this purpose now.
    function admits(AccessRequest calldata request) external view returns (bool);
}
