// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title A rule as a contract
/// @notice Reserved: no native contract calls it yet. It will be called with STATICCALL and capped gas, pinned by address and code
/// hash; anything but a returned `true` means no.
interface IAccessRule {
    /// @notice Whether this requester is admitted.
    function admits(bytes32 chart, bytes32 record, address requester, uint32 organisation, uint8 role, uint8 purpose, uint32 kinds) external view returns (bool);
}
