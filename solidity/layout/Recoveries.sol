// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Storage of the native contract `recovery`, for the compiler's own account of its layout. Never deployed.
contract Recoveries {
    struct Guardianship {
        uint32 current;
        uint32 next;
        uint32 newest;
        uint64 nextFromMs;
    }

    struct Terms {
        uint8 count;
        uint8 threshold;
        uint64 delay;
    }

    struct Recovery {
        address successor;
        uint8 status;
        uint8 needed;
        uint8 vetoes;
        bool frozen;
        uint32 terms;
        uint64 round;
        uint64 proposedTimeMs;
        uint64 changedTimeMs;
        uint32 freezes;
        uint32 cancels;
    }

    struct Succession {
        address successor;
        uint64 timeMs;
        uint64 moved;
        uint64 charts;
    }

    struct HandOver {
        address successor;
        uint64 fromMs;
    }

    mapping(address => Guardianship) guardianships;
    mapping(address => mapping(uint32 => Terms)) terms;
    mapping(address => mapping(uint32 => mapping(uint8 => address))) guardians;
    mapping(address => Recovery) recoveries;
    mapping(address => mapping(uint64 => mapping(uint8 => address))) choices;
    mapping(address => Succession) successions;
    mapping(address => address) predecessors;
    mapping(address => address) awaited;
    mapping(address => HandOver) handOvers;
    mapping(address => uint64) wardCount;
    mapping(address => mapping(uint64 => address)) wardsOf;
    mapping(address => mapping(address => bool)) listed;
}
