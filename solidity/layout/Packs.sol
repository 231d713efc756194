// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Storage of the native contract `packs`, for the compiler's own account of its layout. Never deployed.
contract Packs {
    struct Product {
        uint32 holder;
        uint64 changedTimeMs;
        string responder;
    }

    struct Lot {
        address account;
        uint32 organisation;
        uint64 height;
        address key;
        uint64 timeMs;
        bytes32 document;
    }

    struct Closing {
        bytes32 commitment;
        bytes32 document;
        address account;
        uint32 organisation;
        uint64 height;
        uint64 timeMs;
    }

    struct Exit {
        address account;
        uint32 organisation;
        uint8 kind;
        uint16 exits;
        bool contested;
        uint32 reservedFor;
        uint64 height;
        uint64 timeMs;
        uint64 closings;
    }

    struct Flag {
        bytes32 handle;
        bytes32 notice;
        address account;
        uint32 organisation;
        uint8 subject;
        uint8 kind;
        uint64 previous;
        uint64 height;
        uint64 timeMs;
        uint32 clearedBy;
    }

    struct Clearing {
        bytes32 notice;
        uint64 timeMs;
    }

    struct Flagged {
        uint64 newest;
        uint32 standing;
    }

    struct Document {
        uint64 height;
        uint64 timeMs;
    }

    mapping(uint64 => Product) products;
    uint64 productCount;
    mapping(uint64 => uint64) productAt;
    mapping(bytes32 => Lot) lots;
    mapping(address => bytes32) lotOf;
    mapping(address => uint64) closedIn;
    uint64 closingCount;
    mapping(uint64 => Closing) closings;
    mapping(bytes32 => Exit) exits;
    mapping(bytes32 => bytes32) undos;
    uint64 flagCount;
    mapping(uint64 => Flag) flags;
    mapping(uint64 => Clearing) clearings;
    mapping(uint8 => mapping(bytes32 => Flagged)) flagged;
    mapping(bytes32 => Document) documents;
}
