// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Storage of the native contract `records`, for the compiler's own account of its layout. Never deployed.
contract Records {
    struct Record {
        bytes32 commitment;
        bytes32 contentId;
        bytes32 wrapId;
        bytes32 chart;
        address author;
        uint8 kind;
        uint8 protection;
        uint8 status;
        uint32 version;
        uint64 registeredHeight;
        uint64 registeredTimeMs;
        uint64 changedHeight;
        uint64 changedTimeMs;
    }

    struct Chart {
        address controller;
        uint64 openedTimeMs;
        uint64 recordCount;
    }

    struct Version {
        bytes32 contentId;
        bytes32 wrapId;
    }

    mapping(bytes32 => Record) records;
    mapping(bytes32 => Chart) charts;
    mapping(bytes32 => mapping(uint64 => bytes32)) recordsOf;
    mapping(address => uint64) chartCount;
    mapping(address => mapping(uint64 => bytes32)) chartsOf;
    mapping(bytes32 => mapping(address => bool)) authored;
    mapping(address => uint64) nonces;
    mapping(bytes32 => uint64) holds;
    mapping(bytes32 => mapping(uint32 => Version)) versions;
}
