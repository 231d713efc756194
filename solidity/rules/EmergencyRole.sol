// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IAccessRule} from "../interfaces/IAccessRule.sol";

/// @title Physicians of listed organisations, for emergency treatment
/// @notice Admits any physician of the listed organisations, for ETREAT, to the kinds of record that were chosen when the contract was made. Nobody can change
/// list or kinds, and this code writes nothing. Whoever breaks the glass asks no rule; this one is for those whom a patient trusts beforehand.
contract EmergencyRole is IAccessRule {
    uint8 private constant PHYSICIAN = 2;
    uint8 private constant ETREAT = 4;
    uint256 private constant MAX_ORGANISATIONS = 256;

    /// @notice Bit mask of the kinds of record that may be read.
    uint32 public immutable kinds;

    /// @notice Whether an organisation is on the list. Written by the constructor only.
    mapping(uint32 => bool) public isListed;

    /// @notice The list is empty, or longer than 256.
    error ListOutOfRange();
    /// @notice The mask names no kind.
    error KindsMissing();

    constructor(uint32[] memory organisations, uint32 kinds_) {
        if (organisations.length == 0 || organisations.length > MAX_ORGANISATIONS) revert ListOutOfRange();
        if (kinds_ == 0) revert KindsMissing();
        kinds = kinds_;
        for (uint256 i = 0; i < organisations.length; i++) isListed[organisations[i]] = true;
    }

    /// @inheritdoc IAccessRule
    function admits(AccessRequest calldata request) external view returns (bool) {
        return request.purpose == ETREAT && request.role == PHYSICIAN && request.kinds & ~kinds == 0
            && isListed[request.organisation];
    }
}
