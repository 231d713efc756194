// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// What one `register` does at the native contract, as a contract of the EVM: the same call data, seven new slots,
/// one changed slot and one event with the same topics and data.
contract EqualCall {
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

    event RecordRegistered(bytes32 indexed record, bytes32 indexed chart, address indexed author, bytes32 commitment, bytes32 contentId, bytes32 wrapId, uint8 kind, uint8 protection);

    mapping(bytes32 => Record) records;
    mapping(bytes32 => Chart) charts;
    mapping(bytes32 => mapping(uint64 => bytes32)) recordsOf;
    mapping(address => uint256) endedTimeMs;

    function register(bytes32 record, bytes32 chart, bytes32 commitment, bytes32 contentId, bytes32 wrapId, uint8 kind, uint8 protection) external {
        require(record != 0 && commitment != 0 && contentId != 0 && wrapId != 0);
        require(kind < 14 && protection == 1);
        require(endedTimeMs[msg.sender] == 0);
        Record storage stored = records[record];
        require(stored.status == 0);
        Chart storage of_ = charts[chart];
        if (of_.controller == address(0)) {
            of_.controller = msg.sender;
        }
        uint64 time = uint64(block.timestamp) * 1000;
        stored.commitment = commitment;
        stored.contentId = contentId;
        stored.wrapId = wrapId;
        stored.chart = chart;
        stored.author = msg.sender;
        stored.kind = kind;
        stored.protection = protection;
        stored.status = 1;
        stored.version = 1;
        stored.registeredHeight = uint64(block.number);
        stored.registeredTimeMs = time;
        stored.changedHeight = uint64(block.number);
        stored.changedTimeMs = time;
        recordsOf[chart][of_.recordCount] = record;
        of_.recordCount += 1;
        emit RecordRegistered(record, chart, msg.sender, commitment, contentId, wrapId, kind, protection);
    }
}
