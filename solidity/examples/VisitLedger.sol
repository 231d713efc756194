// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

/// @title A small contract with every feature that a client library must read back.
/// @notice Visits are appended and closed; each change is an event. Nothing personal belongs in `note`: it is a commitment.
contract VisitLedger {
    struct Visit {
        address author;
        uint64 openedAt;
        bool closed;
        bytes32 note;
    }

    event Opened(uint256 indexed visit, address indexed author, bytes32 note);
    event Closed(uint256 indexed visit, address indexed author);

    error UnknownVisit(uint256 visit, uint256 count);
    error AlreadyClosed(uint256 visit);
    error NotTheAuthor(address author, address caller);

    string public name;
    uint256 public count;
    mapping(uint256 => Visit) public visits;

    constructor(string memory name_) {
        name = name_;
    }

    /// @notice Appends a visit and returns its number, from 0.
    function open(bytes32 note) external returns (uint256 visit) {
        visit = count++;
        visits[visit] = Visit(msg.sender, uint64(block.timestamp), false, note);
        emit Opened(visit, msg.sender, note);
    }

    /// @notice Appends several visits in one transaction.
    function openMany(bytes32[] calldata notes) external {
        for (uint256 i = 0; i < notes.length; i++) {
            uint256 visit = count++;
            visits[visit] = Visit(msg.sender, uint64(block.timestamp), false, notes[i]);
            emit Opened(visit, msg.sender, notes[i]);
        }
    }

    /// @notice Closes a visit of the caller's own.
    function close(uint256 visit) external {
        if (visit >= count) revert UnknownVisit(visit, count);
        Visit storage found = visits[visit];
        if (found.author != msg.sender) revert NotTheAuthor(found.author, msg.sender);
        if (found.closed) revert AlreadyClosed(visit);
        found.closed = true;
        emit Closed(visit, msg.sender);
    }

    /// @notice Deletes the closed visit's storage, so that a refund of gas occurs.
    function erase(uint256 visit) external {
        require(visits[visit].closed, "visit is still open");
        delete visits[visit];
    }

    /// @notice Keccak-256 over the notes of all visits, in order.
    function digest() external view returns (bytes32 result) {
        for (uint256 i = 0; i < count; i++) {
            result = keccak256(abi.encode(result, visits[i].note));
        }
    }

    /// @notice Fails by arithmetic: a Panic(0x12), not a custom error.
    function share(uint256 total, uint256 parts) external pure returns (uint256) {
        return total / parts;
    }
}
