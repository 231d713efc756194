// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Storage of the native contract `access`, for the compiler's own account of its layout. Never deployed.
contract Access {
    struct Request {
        bytes32 chart;
        bytes32 record;
        bytes32 reason;
        bytes32 key;
        bytes32 wrap;
        bytes32 previous;
        address requester;
        uint32 organisation;
        uint32 kinds;
        uint8 purpose;
        uint8 status;
        uint64 expiry;
        uint64 requestedHeight;
        uint64 requestedTimeMs;
        uint64 decidedTimeMs;
    }

    struct Rule {
        address who;
        uint32 organisation;
        uint32 kinds;
        uint8 effect;
        uint8 role;
        uint8 purpose;
        uint64 from;
        uint64 until;
    }

    struct Activity {
        uint64 total;
        uint32 day;
        uint32 today;
    }

    mapping(bytes32 => uint64) logLength;
    mapping(bytes32 => mapping(uint64 => bytes32)) logEntry;
    mapping(bytes32 => Request) requests;
    mapping(bytes32 => uint64) requestCount;
    mapping(bytes32 => mapping(uint64 => bytes32)) requestsOf;
    mapping(bytes32 => mapping(address => bytes32)) latest;
    mapping(bytes32 => uint32) ruleCount;
    mapping(bytes32 => mapping(uint32 => Rule)) rules;
    mapping(address => Activity) activity;
    mapping(address => mapping(uint256 => uint256)) noncesUsed;
}
