// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IAccessRule} from "../interfaces/IAccessRule.sol";

/// @title One insurer, for the records of one claim, until a date
/// @notice Admits the agents of one insurer, for HPAYMT, to records that were named when the contract was made, and to no other. Nobody can change them,
/// and this code writes nothing. A request that names one record besides is refused as a whole.
contract InsurerForOneClaim is IAccessRule {
    uint8 private constant INSURER_AGENT = 5;
    uint8 private constant HPAYMT = 2;
    /// What fits well into the gas that a rule gets.
    uint256 private constant MAX_RECORDS = 128;

    /// @notice The insurer's identifier in the directory of members.
    uint32 public immutable insurer;
    /// @notice Unix seconds from which on nobody is admitted.
    uint64 public immutable until;

    /// @notice Whether a record belongs to the claim. Written by the constructor only.
    mapping(bytes32 => bool) public isOfClaim;

    /// @notice A claim has 1 to 128 records.
    error RecordCountOutOfRange();

    constructor(uint32 insurer_, bytes32[] memory records, uint64 until_) {
        if (records.length == 0 || records.length > MAX_RECORDS) revert RecordCountOutOfRange();
        insurer = insurer_;
        until = until_;
        for (uint256 i = 0; i < records.length; i++) isOfClaim[records[i]] = true;
    }

    /// @inheritdoc IAccessRule
    function admits(AccessRequest calldata request) external view returns (bool) {
        if (request.purpose != HPAYMT || request.role != INSURER_AGENT || request.organisation != insurer) return false;
        if (request.time >= until || request.records.length == 0) return false;
        for (uint256 i = 0; i < request.records.length; i++) {
            if (!isOfClaim[request.records[i]]) return false;
        }
        return true;
    }
}
