// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Storage of the native contract `cabinets`, for the compiler's own account of its layout. Never deployed.
contract Cabinets {
    struct Cabinet {
        address openedBy;
        uint32 organisation;
        uint32 auditor;
        uint64 openedTimeMs;
    }

    struct Balances {
        bytes32 received;
        bytes32 stock;
        bytes32 dispensed;
        bytes32 wasted;
        bytes32 returned;
        bytes32 lost;
    }

    struct Activity {
        uint64 entries;
        uint64 equalTimeMs;
    }

    struct Discrepancy {
        bytes32 cabinet;
        bytes32 item;
        bytes32 counted;
        bytes32 stock;
        address counter;
        uint32 organisation;
        uint64 fromMs;
        address witness;
        uint32 auditor;
        uint64 timeMs;
        bytes32 document;
        address explainedBy;
        uint8 outcome;
        uint64 explainedTimeMs;
    }

    mapping(bytes32 => Cabinet) cabinets;
    mapping(bytes32 => mapping(bytes32 => Balances)) balances;
    mapping(bytes32 => mapping(bytes32 => Activity)) activity;
    uint64 discrepancyCount;
    mapping(uint64 => Discrepancy) discrepancies;
    mapping(uint32 => uint64) openCount;
    mapping(uint32 => mapping(uint64 => uint64)) openOf;
    mapping(uint32 => mapping(uint64 => uint64)) placeOf;
    mapping(bytes32 => mapping(bytes32 => bool)) recorded;
}
