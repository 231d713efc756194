// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Storage of the native contract `members`, for the compiler's own account of its layout. Never deployed.
contract Members {
    struct Organisation {
        address admin;
        uint8 kind;
        uint64 gasPerBlock;
        bool removed;
        string name;
    }

    struct Validator {
        bytes32 identity;
        uint32 organisation;
        uint64 addedHeight;
        uint64 removedHeight;
        string location;
    }

    struct Limits {
        uint64 requestLifetime;
        uint64 grantLifetime;
        uint32 requestsPerDay;
        uint32 rulesPerChart;
        uint64 signatureGas;
        uint64 commonGasPerBlock;
        uint64 openingLifetime;
        uint64 ruleGas;
        uint64 reviewPeriod;
        uint64 votingPeriod;
        uint64 recoveryDelayMin;
        uint64 recoveryDelayMax;
    }

    struct Proposal {
        uint32 organisation;
        uint8 kind;
        uint8 status;
        uint16 refusal;
        uint64 createdTimeMs;
        uint64 deadline;
        uint64 decidedHeight;
        address by;
        uint32 yes;
        uint32 no;
        uint32 validators;
        bytes content;
    }

    struct Schedule {
        uint32 version;
        uint32 nextVersion;
        uint64 height;
    }

    mapping(uint32 => Organisation) organisations;
    uint32 organisationCount;
    mapping(address => uint32) organisationOf;
    mapping(uint64 => Validator) validators;
    uint64 validatorCount;
    Limits limits;
    mapping(uint64 => uint256) active;
    mapping(bytes32 => uint64) validatorOf;
    mapping(uint64 => Proposal) proposals;
    uint64 proposalCount;
    mapping(uint64 => mapping(uint64 => uint256)) votesFor;
    mapping(uint64 => mapping(uint64 => uint256)) votesAgainst;
    mapping(uint32 => mapping(uint8 => uint64)) proposedBy;
    Schedule schedule;
    uint32 validatorsMax;
}
