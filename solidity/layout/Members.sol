// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Storage of the native contract `members`, for the compiler's own account of its layout. Never deployed.
contract Members {
    struct Organisation {
        address admin;
        uint8 kind;
        uint64 gasPerBlock;
        string name;
    }

    struct Validator {
        bytes32 identity;
        uint32 organisation;
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
        uint64 recoveryDelayMin;
        uint64 recoveryDelayMax;
    }

    mapping(uint32 => Organisation) organisations;
    uint32 organisationCount;
    mapping(address => uint32) organisationOf;
    mapping(uint64 => Validator) validators;
    uint64 validatorCount;
    Limits limits;
}
