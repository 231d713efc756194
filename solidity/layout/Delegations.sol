// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Storage of the native contract `delegation`, for the compiler's own account of its layout. Never deployed.
contract Delegations {
    struct Delegation {
        uint8 kind;
        uint32 kinds;
        uint32 purposes;
        uint32 place;
        uint64 from;
        uint64 until;
        uint64 majority;
        uint64 appointedTimeMs;
    }

    mapping(bytes32 => mapping(address => Delegation)) delegations;
    mapping(bytes32 => uint32) delegateCount;
    mapping(bytes32 => mapping(uint32 => address)) delegatesOf;
    mapping(address => uint64) mandateCount;
    mapping(address => mapping(uint64 => bytes32)) mandatesOf;
    mapping(bytes32 => mapping(address => bool)) listed;
}
