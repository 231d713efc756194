// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IAccessRule} from "../interfaces/IAccessRule.sol";

/// @title Another rule, but never these accounts
/// @notice Admits whom another rule contract admits, unless the account was named when this contract was made. Nobody can change the names, and this code writes
/// nothing. The other contract is pinned by its code: once that has changed, nobody is admitted.
contract DenyList is IAccessRule {
    uint256 private constant MAX_DENIED = 256;

    /// @notice The rule that decides about everyone else.
    IAccessRule public immutable inner;
    /// @notice Hash of its code when this contract was made.
    bytes32 public immutable innerCodeHash;

    /// @notice Whether an account is never admitted. Written by the constructor only.
    mapping(address => bool) public isDenied;

    /// @notice There is no contract at the address of the other rule.
    error RuleNotAContract();
    /// @notice The list is empty, or longer than 256.
    error ListOutOfRange();

    constructor(IAccessRule inner_, address[] memory denied) {
        if (address(inner_).code.length == 0) revert RuleNotAContract();
        if (denied.length == 0 || denied.length > MAX_DENIED) revert ListOutOfRange();
        inner = inner_;
        innerCodeHash = address(inner_).codehash;
        for (uint256 i = 0; i < denied.length; i++) isDenied[denied[i]] = true;
    }

    /// @inheritdoc IAccessRule
    function admits(AccessRequest calldata request) external view returns (bool) {
        if (isDenied[request.requester] || address(inner).codehash != innerCodeHash) return false;
        return inner.admits(request);
    }
}
