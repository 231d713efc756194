// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Storage of the native contract `prescriptions`, for the compiler's own account of its layout. Never deployed.
contract Prescriptions {
    struct Prescription {
        address prescriber;
        uint32 organisation;
        uint8 fills;
        bool cancelled;
        address current;
        uint64 from;
        bytes32 terms;
        uint64 until;
        uint64 createdTimeMs;
    }

    struct Token {
        bytes32 quantity;
        address first;
        uint8 fillsLeft;
    }

    struct Fill {
        address pharmacist;
        uint32 organisation;
        uint64 height;
        address next;
        uint64 timeMs;
        bytes32 dispensed;
        bytes32 left;
        bytes32 document;
    }

    mapping(address => Prescription) prescriptions;
    mapping(address => Token) tokens;
    mapping(address => Fill) fills;
}
