// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title The directory: people as accounts with a role in one organisation
/// @notice Native contract at 0x0000000000000000000000000000000000ec0002. An organisation enrols and ends its people; it never
/// changes a person's key or a person's control of a chart. A key is replaced by `recovery` only.
interface IDirectory {
    /// @notice A person's enrolment. Name and licence appear as salted commitments only.
    struct Person {
        address account;
        uint32 organisation;
        /// The code of the role: 1 patient, 2 physician, 3 nurse, 4 pharmacist, 5 insurer-agent, 6 researcher, 7 privacy-officer, 8 administrator, 9 gateway.
        uint8 role;
        /// 1 active, 2 ended, 3 replaced by another key.
        uint8 status;
        /// Unix seconds at which the enrolment expires; 0 for never.
        uint64 expiry;
        uint64 enrolledTimeMs;
        uint64 changedTimeMs;
        /// Content id of the person's encapsulation public key; zero until the person sets it.
        bytes32 key;
        bytes32 nameCommitment;
        bytes32 licenceCommitment;
    }

    event Enrolled(address indexed person, uint32 indexed organisation, uint8 role, uint64 expiry, address by);
    event Ended(address indexed person, uint32 indexed organisation, address by);
    /// @notice Another key has taken the place of a person's, with the same role, organisation and commitments.
    event Replaced(address indexed person, address indexed successor, uint32 indexed organisation);
    event KeySet(address indexed person, bytes32 key);

    /// @notice The caller is neither an organisation's admin account nor an active administrator.
    error NotAnAdministrator();
    /// @notice The account cannot be a person: it is zero or a native contract.
    error AccountNotAllowed();
    /// @notice The account is the admin account of an organisation.
    error AccountIsAnOrganisation();
    /// @notice No role has this code.
    error UnknownRole();
    /// @notice The expiry is not later than this block.
    error ExpiryPassed();
    /// @notice A commitment or identifier that must be given is zero.
    error CommitmentMissing();
    /// @notice The account has an active enrolment.
    error AlreadyEnrolled();
    /// @notice The account was never enrolled.
    error NotEnrolled();
    /// @notice The person belongs to another organisation.
    error NotYourOrganisation();
    /// @notice The person's enrolment was ended.
    error EnrolmentEnded();
    /// @notice The key is frozen while its recovery runs.
    error KeyFrozen();
    /// @notice Another key has taken the place of this one.
    error KeyReplaced();
    /// @notice The account is to succeed another in a recovery that is open.
    error AccountIsASuccessor();
    /// @notice The key identifier is zero.
    error KeyMissing();
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

    /// @notice Enrol a person in the caller's organisation. A person whose enrolment ended or expired can be enrolled again, by any organisation.
    function enrol(address person, uint8 role, uint64 expiry, bytes32 nameCommitment, bytes32 licenceCommitment) external;
    /// @notice End a person's role in the caller's organisation. Control of charts stays with the person.
    function end(address person) external;
    /// @notice Set the content id of the caller's encapsulation public key. Nobody else can.
    function setKey(bytes32 key) external;
    /// @notice A person's enrolment; all zero when the account was never enrolled.
    function person(address account) external view returns (Person memory);
    /// @notice People whom an organisation enrolled, in order, those who left included, and their total number.
    function people(uint32 organisation, uint64 from, uint32 limit) external view returns (Person[] memory page, uint64 total);
    /// @notice What the account may act as now: its organisation and role, or zeros. Admin accounts act as administrator.
    function standing(address account) external view returns (uint32 organisation, uint8 role);
    /// @notice The organisation in whose quota the account may send now. A person without an active enrolment who controls a chart
    /// may still send, in the common quota of organisation 0.
    function maySend(address account) external view returns (bool allowed, uint32 organisation);
}
