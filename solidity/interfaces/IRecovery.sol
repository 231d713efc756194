// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Recovery: the control of a lost key moves to another one
/// @notice Native contract at 0x0000000000000000000000000000000000ec0006. A person names guardians. When she has lost her key, enough of them name a successor;
/// after a delay, in which the old key can object, anyone executes the recovery: enrolment and charts move to the successor. Recovery moves control and
/// never a data key: what was wrapped to the old key stays wrapped to it.
interface IRecovery {
    /// @notice Who may recover an account, and how.
    struct Guardians {
        /// People, or admin accounts of organisations, in the order given; 1 to 16.
        address[] accounts;
        /// How many of them must agree.
        uint8 threshold;
        /// Seconds between the last approval that is needed and the execution.
        uint64 delay;
    }

    /// @notice The newest recovery of an account.
    struct Recovery {
        address account;
        /// Counts the recoveries of the account, from 1.
        uint64 round;
        /// Whom the recovery is for; zero until enough guardians named the same account.
        address successor;
        /// 1 proposed, 2 waiting for the delay to pass, 3 executed, 4 cancelled, 5 lapsed.
        uint8 status;
        /// Guardians who must approve: the threshold, one more for each veto, at most all.
        uint8 needed;
        uint8 vetoes;
        /// Whether the key is frozen now.
        bool frozen;
        uint64 proposedTimeMs;
        /// Unix seconds from which it can be executed; 0 while approvals are missing.
        uint64 executable;
        /// Unix seconds at which it lapses if nothing happens before.
        uint64 lapses;
        /// The guardians, and beside each whom they approve (zero for nobody), and whether they voted to freeze and to cancel.
        address[] guardians;
        address[] approves;
        bool[] freezes;
        bool[] cancels;
    }

    /// @notice Who took the place of an account.
    struct Succession {
        address successor;
        uint64 timeMs;
        /// Charts that have been moved, of all.
        uint64 moved;
        uint64 charts;
    }

    /// @notice The guardians of an account change at this time (Unix seconds); at once for the first ones.
    event GuardiansSet(address indexed account, address[] guardians, uint8 threshold, uint64 delay, uint64 from);
    /// @notice A recovery that runs dropped what the old key had announced: other guardians or a successor of its own.
    event AnnouncementDropped(address indexed account);
    /// @notice A guardian named a successor; it is her approval too.
    event Proposed(address indexed account, address indexed successor, address indexed by, uint64 round);
    event Approved(address indexed account, address indexed successor, address indexed by, uint64 round, uint8 approvals, uint8 needed);
    /// @notice All approvals that are needed are there: the recovery can be executed at `executable` (Unix seconds).
    event Running(address indexed account, address indexed successor, uint64 round, uint64 executable);
    /// @notice The old key objected: more guardians are needed, and the delay begins anew.
    event Vetoed(address indexed account, uint64 round, uint8 needed);
    /// @notice A guardian voted to freeze the key; it is frozen when `frozen`.
    event Frozen(address indexed account, address indexed by, uint64 round, uint8 votes, bool frozen);
    /// @notice A guardian voted to end the recovery, and took her approval back; it is over when `cancelled`.
    event Cancelled(address indexed account, address indexed by, uint64 round, uint8 votes, bool cancelled);
    event Executed(address indexed account, address indexed successor, address indexed by, uint64 round);
    /// @notice The old key named its successor, who takes its place when the key says so again after this time (Unix seconds).
    event HandOverAnnounced(address indexed account, address indexed successor, uint64 from);
    event HandedOver(address indexed account, address indexed successor);

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
    /// @notice There are 1 to 16 guardians.
    error GuardianCountOutOfRange();
    /// @notice The threshold is not 2 to the number of guardians, or 1 for a single one.
    error ThresholdOutOfRange();
    /// @notice The delay is not within the network's bounds.
    error DelayOutOfRange();
    /// @notice An account is named twice as guardian.
    error GuardianTwice();
    /// @notice The account cannot be its own guardian.
    error GuardianNotAllowed();
    /// @notice A recovery of this account is running.
    error RecoveryRuns();
    /// @notice The account has no guardians.
    error NoGuardians();
    /// @notice The caller is not a guardian of the account.
    error NotAGuardian();
    /// @notice The successor is zero, a native contract, an organisation, enrolled, or a successor to be of someone else.
    error SuccessorNotAllowed();
    /// @notice No recovery of this account is open.
    error RecoveryUnknown();
    /// @notice No guardian has proposed this successor.
    error SuccessorNotProposed();
    /// @notice The recovery is for another successor.
    error SuccessorFixed();
    /// @notice The guardian has approved this successor before.
    error ApprovedAlready();
    /// @notice Every guardian is needed already; a veto changes nothing more.
    error VetoesUsedUp();
    /// @notice The guardian has voted to freeze before.
    error FreezeVotedAlready();
    /// @notice The guardian has voted to cancel before.
    error CancelVotedAlready();
    /// @notice Fewer guardians than needed approve.
    error ApprovalsMissing();
    /// @notice The delay is not over.
    error DelayNotOver();
    /// @notice All charts of the account have been moved.
    error NothingToMove();
    /// @notice Charts of the key before this one are yet to be moved.
    error MovesUnfinished();
    /// @notice The deadline of the signature has passed.
    error DeadlinePassed();
    /// @notice The signature is longer than 1024 bytes.
    error SignatureTooLong();
    /// @notice The signature is not the successor's over exactly this.
    error NotSignedBySuccessor();
    /// @notice The caller is neither the account nor one of its guardians nor its successor.
    error NotConcerned();
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

    /// @notice Name the caller's guardians. The first ones count at once; others only after the delay of those before, who can recover the account until then.
    /// @param guardians 1 to 16 accounts, each enrolled or the admin account of an organisation, none of them the caller.
    /// @param threshold how many must agree: 2 to their number, or 1 of 1. More than half is advised, so that no two groups can contradict each other.
    /// @param delay seconds, within the network's bounds.
    function setGuardians(address[] calldata guardians, uint8 threshold, uint64 delay) external;
    /// @notice Name a successor for an account that the caller guards: opens a recovery, or names another successor in one where none is settled.
    function propose(address account, address successor) external;
    /// @notice Approve a successor whom a guardian has proposed. When enough approve, the successor is settled and the delay begins.
    function approve(address account, address successor) external;
    /// @notice Object, with the key that is to be replaced: one more guardian is needed, at most all, and the delay begins anew.
    function veto() external;
    /// @notice Vote to freeze the key of an account whose recovery is open. With the threshold of votes it can do nothing until the recovery ends, and the earlier openings of its charts are closed.
    function freeze(address account) external;
    /// @notice Vote to end a recovery, and take an approval back. With the threshold of votes it is over, and the key is free.
    function cancel(address account) external;
    /// @notice Execute a recovery whose delay is over; anyone may. Enrolment, guardians and up to 64 charts move; the old key can do nothing from now on.
    /// @return left charts that are yet to be moved, see `moveCharts`; the successor controls them already.
    function execute(address account) external returns (uint64 left);
    /// @notice Move up to 64 more charts of an account that was replaced; anyone may.
    function moveCharts(address account) external returns (uint64 left);
    /// @notice Put a successor in the caller's own place. The successor signed `Succession(address account,address successor,uint64 deadline)`.
    /// Without guardians at once; with guardians the first call announces it, and the same call after their delay does it, so that they can recover the account before a thief takes it along.
    /// @param deadline Unix seconds; at this time and later the signature no longer counts.
    /// @return done whether it is done, or announced.
    function handOver(address successor, uint64 deadline, bytes calldata signature) external returns (bool done);

    /// @notice The guardians of an account now, those to come with the time from which they count (Unix seconds, 0 for none to come), for the account, its guardians and its successor.
    function guardians(address account) external view returns (Guardians memory current, Guardians memory next, uint64 from);
    /// @notice The newest recovery of an account, for the account, its guardians and its successor.
    function recovery(address account) external view returns (Recovery memory);
    /// @notice Accounts that ever named the caller as a guardian, and their total number.
    function wards(uint64 from, uint32 limit) external view returns (address[] memory page, uint64 total);
    /// @notice Who took the place of an account; zeros when nobody did.
    function succession(address account) external view returns (Succession memory);
    /// @notice The EIP-712 digest with which a successor agrees to take the place of an account.
    function successionDigest(address account, address successor, uint64 deadline) external view returns (bytes32);
    /// @notice The EIP-712 domain (EIP-5267).
    function eip712Domain() external view returns (bytes1 fields, string memory name, string memory version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] memory extensions);
}
