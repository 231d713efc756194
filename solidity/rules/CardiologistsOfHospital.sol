// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IAccessRule} from "../interfaces/IAccessRule.sol";

/// @title The cardiologists of one hospital, for treatment, in working hours, until a date
/// @notice Admits a physician who acts for the hospital and stands on the list of its cardiologists, for TREAT, on the given days between the given
/// minutes (UTC), before the given second. List, hospital and times are fixed when the contract is made: nobody can change them, and this code writes nothing.
contract CardiologistsOfHospital is IAccessRule {
    uint8 private constant PHYSICIAN = 2;
    uint8 private constant TREAT = 1;
    uint256 private constant MAX_CARDIOLOGISTS = 256;

    /// @notice When people work, in UTC.
    struct Hours {
        /// Bit 0 is Monday, bit 6 Sunday.
        uint8 days_;
        /// Minutes since midnight; the first that is within.
        uint16 opens;
        /// Minutes since midnight; the first that is no longer within, at most 1440.
        uint16 closes;
    }

    /// @notice The hospital's identifier in the directory of members.
    uint32 public immutable hospital;
    /// @notice Unix seconds from which on nobody is admitted.
    uint64 public immutable until;
    uint8 private immutable days_;
    uint16 private immutable opens;
    uint16 private immutable closes;

    /// @notice Whether an account is on the list. Written by the constructor only.
    mapping(address => bool) public isCardiologist;

    /// @notice The hours name no day, or end before they begin.
    error HoursMalformed();
    /// @notice The list is empty, or longer than 256.
    error ListOutOfRange();

    constructor(uint32 hospital_, address[] memory cardiologists, Hours memory hours_, uint64 until_) {
        if (hours_.days_ == 0 || hours_.days_ > 127) revert HoursMalformed();
        if (hours_.opens >= hours_.closes || hours_.closes > 1440) revert HoursMalformed();
        if (cardiologists.length == 0 || cardiologists.length > MAX_CARDIOLOGISTS) revert ListOutOfRange();
        hospital = hospital_;
        until = until_;
        (days_, opens, closes) = (hours_.days_, hours_.opens, hours_.closes);
        for (uint256 i = 0; i < cardiologists.length; i++) isCardiologist[cardiologists[i]] = true;
    }

    /// @notice The hours in which people are admitted.
    function hoursOfWork() external view returns (Hours memory) {
        return Hours(days_, opens, closes);
    }

    /// @inheritdoc IAccessRule
    function admits(AccessRequest calldata request) external view returns (bool) {
        return request.purpose == TREAT && request.role == PHYSICIAN && request.organisation == hospital
            && request.time < until && isWorkTime(request.time) && isCardiologist[request.requester];
    }

    /// @notice Whether people work at this time, in Unix seconds. The first of January 1970 was a Thursday.
    function isWorkTime(uint64 time) public view returns (bool) {
        uint256 day = (time / 1 days + 3) % 7;
        uint256 minute = (time % 1 days) / 1 minutes;
        return (days_ >> day) & 1 == 1 && opens <= minute && minute < closes;
    }
}
