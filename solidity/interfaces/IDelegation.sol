// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Delegation: guardians and proxies who act for the controller of a chart
/// @notice Native contract at 0x0000000000000000000000000000000000ec0007. A delegate decides requests for the chart and opens its sealed records, within the
/// kinds and purposes and until the end that the controller set. A delegate never sets rules, grants unasked, appoints or dismisses others, or takes part in
/// recovery as such. Appointed by the controller's key only. While the controller's key is frozen, her delegates do not act either.
interface IDelegation {
    /// @notice The right of one account to act for a chart.
    struct Delegation {
        bytes32 chart;
        address delegate;
        /// 1 guardian, 2 proxy.
        uint8 kind;
        /// Bit mask of kinds of record; zero for all.
        uint32 kinds;
        /// Bit mask of purposes of use, the bit being the code; zero for all.
        uint32 purposes;
        /// Unix seconds from which it counts; 0 for at once.
        uint64 from;
        /// Unix seconds at which it ends; 0 for a guardian who is there until majority.
        uint64 until;
        /// Unix seconds at which the person comes of age and a guardian's right ends by itself; 0 where that does not apply.
        uint64 majority;
        uint64 appointedTimeMs;
        /// Whether it counts now.
        bool inForce;
    }

    event Appointed(bytes32 indexed chart, address indexed delegate, address indexed by, uint8 kind, uint32 kinds, uint32 purposes, uint64 from, uint64 until, uint64 majority);
    event Dismissed(bytes32 indexed chart, address indexed delegate, address indexed by);

    /// @notice The account has no active enrolment.
    error NotEnrolled();
    /// @notice The person's enrolment was ended.
    error EnrolmentEnded();
    /// @notice The person's enrolment has expired.
    error EnrolmentExpired();
    /// @notice The key is frozen while its recovery runs.
    error KeyFrozen();
    /// @notice Another key has taken the place of this one.
    error KeyReplaced();
    /// @notice No kind of delegation has this code.
    error UnknownDelegationKind();
    /// @notice The delegation has no end, ends before it begins, or names a majority for a proxy.
    error DelegationMalformed();
    /// @notice The mask names a kind that does not exist.
    error UnknownKind();
    /// @notice The mask names a purpose that does not exist.
    error UnknownPurpose();
    /// @notice The end is not later than this block.
    error ExpiryPassed();
    /// @notice No chart has this identifier.
    error ChartUnknown();
    /// @notice The caller does not control the chart.
    error NotTheController();
    /// @notice The controller needs no delegation of her own chart.
    error DelegateIsTheController();
    /// @notice The chart has as many delegates as it may.
    error TooManyDelegates();
    /// @notice The account is no delegate of the chart.
    error DelegateUnknown();
    /// @notice The caller is not a party of the chart.
    error NotAParty();
    /// @notice A page holds 1 to 100 entries.
    error PageOutOfRange();
    /// @notice The function changes state and cannot be called by STATICCALL.
    error StaticCallNotAllowed();
    /// @notice Native contracts hold no value.
    error ValueNotAccepted();
    /// @notice Native contracts cannot be reached by DELEGATECALL or CALLCODE.
    error DelegateCallNotAllowed();
    /// @notice This contract has no function with this selector.
    error UnknownFunctionSelector(bytes4 selector);

    /// @notice Appoint a delegate, or replace the terms of one; the caller controls the chart. A proxy needs `until`, a guardian `until` or `majority`.
    function appoint(bytes32 chart, address delegate, uint8 kind, uint32 kinds, uint32 purposes, uint64 from, uint64 until, uint64 majority) external;
    /// @notice End a delegation: by the controller, or by the delegate, who may lay the office down.
    function dismiss(bytes32 chart, address delegate) external;

    /// @notice One delegation, for the parties of the chart.
    function delegation(bytes32 chart, address delegate) external view returns (Delegation memory);
    /// @notice Delegates of a chart in no particular order, those whose time is over included, for its parties, and their number.
    function delegates(bytes32 chart, uint64 from, uint32 limit) external view returns (Delegation[] memory page, uint64 total);
    /// @notice Delegations that the caller was ever given, in order of the first appointment, and their total number; those that were ended have kind 0.
    function mandates(uint64 from, uint32 limit) external view returns (Delegation[] memory page, uint64 total);
    /// @notice Whether the account may act for the chart now, for these kinds and this purpose; told to itself and to the parties of the chart.
    function actsFor(bytes32 chart, address account, uint32 kinds, uint8 purpose) external view returns (bool);
}
