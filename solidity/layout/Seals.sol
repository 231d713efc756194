// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Storage of the native contract `seals`, for the compiler's own account of its layout. Never deployed.
contract Seals {
    struct Seal {
        bytes32 id;
        bytes32 sealedKey;
    }

    struct Pointer {
        bytes32 codeHash;
        address rule;
    }

    struct Opening {
        bytes32 chart;
        bytes32 key;
        bytes32 sealsRoot;
        bytes32 request;
        address requester;
        uint32 organisation;
        uint32 kinds;
        uint8 role;
        uint8 purpose;
        uint8 basis;
        uint8 status;
        uint64 height;
        uint64 timeMs;
        uint64 expiry;
        uint64 entry;
    }

    struct Glass {
        uint32 kinds;
        bool isSet;
    }

    struct Review {
        bytes32 reason;
        bytes32 note;
        address officer;
        uint64 due;
        uint8 outcome;
        uint64 reviewedTimeMs;
        uint64 place;
    }

    mapping(bytes32 => mapping(uint32 => Seal)) seals;
    mapping(bytes32 => mapping(uint8 => Pointer)) pointers;
    uint64 openingCount;
    mapping(uint64 => Opening) openings;
    mapping(bytes32 => uint64) closedBefore;
    mapping(bytes32 => mapping(address => uint64)) latestOpening;
    mapping(bytes32 => Glass) glass;
    mapping(uint64 => Review) reviews;
    mapping(uint32 => uint64) owedCount;
    mapping(uint32 => mapping(uint64 => uint64)) owed;
    mapping(address => uint64) closedOf;
}
