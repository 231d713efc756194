// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Storage of the native contract `trials`, for the compiler's own account of its layout. Never deployed.
contract Trials {
    struct Head {
        bytes32 root;
        bytes32 sums;
        uint64 size;
        uint32 subjects;
        uint8 status;
        uint32 sponsor;
        uint32 number;
        uint16 lists;
        uint16 analyses;
        uint16 plans;
    }

    struct Milestone {
        bytes32 root;
        uint64 size;
        uint64 height;
        uint64 timeMs;
    }

    struct Terms {
        bytes32 protocol;
        uint32 version;
        uint32 consent;
        uint16 schedule;
        uint16 outcomes;
        uint8 visits;
        uint16 cells;
        uint8 approvers;
        uint8 threshold;
        uint16 sites;
        uint32 queries;
        uint16 screenings;
        uint64 retention;
        uint64 lockEntry;
        uint32 approvals;
    }

    struct Node {
        bytes32 hash;
        uint256 sums;
    }

    struct Subject {
        bytes32 tip;
        uint16 site;
        uint8 status;
        uint16 schedule;
        uint32 entries;
        uint32 missing;
        uint32 openQueries;
        uint8 unsigned;
        uint64 due;
        uint32 consent;
        uint64 items;
        uint64 nulls;
        uint32 unscheduled;
    }

    struct Schedule {
        bytes32 root;
        uint8 visits;
        uint64 retired;
    }

    struct Site {
        uint32 organisation;
        uint8 status;
    }

    struct Grant {
        uint8 role;
        uint64 until;
    }

    struct Query {
        uint32 slot;
        uint32 cell;
        uint8 state;
    }

    struct List {
        uint64 height;
        uint32 length;
        uint32 next;
        uint8 status;
    }

    struct Factor {
        address key;
        uint64 height;
    }

    struct Opening {
        bytes32 study;
        bytes32 key;
        address reader;
        uint32 organisation;
        uint16 list;
        uint32 index;
        uint32 slot;
        uint64 height;
        uint64 timeMs;
        uint64 expiry;
        bool emergency;
    }

    mapping(uint32 => uint32) registered;
    mapping(bytes32 => Head) heads;
    mapping(bytes32 => mapping(uint8 => Milestone)) milestones;
    mapping(bytes32 => Terms) terms;
    mapping(bytes32 => uint256) totals;
    mapping(bytes32 => mapping(uint8 => bytes32)) peaks;
    mapping(bytes32 => mapping(uint64 => Node)) nodes;
    mapping(bytes32 => mapping(uint32 => Subject)) subjects;
    mapping(bytes32 => mapping(uint32 => address)) participants;
    mapping(bytes32 => mapping(uint32 => mapping(uint32 => uint256))) cells;
    mapping(bytes32 => mapping(uint8 => uint256)) forms;
    mapping(bytes32 => mapping(uint16 => Schedule)) schedules;
    mapping(bytes32 => mapping(uint16 => Site)) sites;
    mapping(bytes32 => mapping(address => mapping(uint16 => Grant))) grants;
    mapping(bytes32 => mapping(address => uint8)) sights;
    mapping(bytes32 => mapping(uint32 => Query)) queries;
    mapping(bytes32 => mapping(address => uint8)) approvers;
    mapping(bytes32 => mapping(uint16 => List)) lists;
    mapping(bytes32 => mapping(uint16 => mapping(uint32 => uint32))) places;
    mapping(address => Factor) factors;
    uint64 openingCount;
    mapping(uint64 => Opening) openings;
}
