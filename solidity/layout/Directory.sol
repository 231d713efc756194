// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Storage of the native contract `directory`, for the compiler's own account of its layout. Never deployed.
contract Directory {
    struct Person {
        uint32 organisation;
        uint8 role;
        uint8 status;
        uint64 expiry;
        uint64 enrolledTimeMs;
        uint64 changedTimeMs;
        bool frozen;
        bytes32 key;
        bytes32 nameCommitment;
        bytes32 licenceCommitment;
    }

    mapping(address => Person) people;
    mapping(uint32 => uint64) peopleCount;
    mapping(uint32 => mapping(uint64 => address)) peopleOf;
    mapping(uint32 => mapping(address => bool)) listed;
}
