// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Access: who may read a chart, decided by its controller or by her rules
/// @notice Native contract at 0x0000000000000000000000000000000000ec0004. Every request, decision, grant and opening is an entry
/// in the dense log of its chart. A grant is a request that was approved or fulfilled, or one given unasked; it keeps one identifier.
interface IAccess {
    /// @notice A rule of a chart. A field of zero matches everyone or everything; deny wins over permit.
    struct Rule {
        /// One account, or zero for any.
        address who;
        uint32 organisation;
        /// Bit mask of kinds of record; zero for all. A denial matches when any requested kind is in it, a permission when all are.
        uint32 kinds;
        /// 1 deny, 2 permit.
        uint8 effect;
        uint8 role;
        /// The code of the purpose of use, or zero for any.
        uint8 purpose;
        /// Unix seconds from which the rule applies; 0 for at once.
        uint64 from;
        /// Unix seconds at which it ends; 0 for never.
        uint64 until;
    }

    /// @notice A rule with its place in the chart.
    struct NumberedRule {
        uint32 index;
        Rule rule;
    }

    /// @notice A request or grant.
    struct Request {
        bytes32 id;
        bytes32 chart;
        /// One record, or zero for the chart's records of these kinds.
        bytes32 record;
        /// Salted commitment to the reason.
        bytes32 reason;
        /// Content id of the requester's one-time encapsulation public key.
        bytes32 key;
        /// Content id of the data keys wrapped to that key; zero until granted.
        bytes32 wrap;
        address requester;
        uint32 organisation;
        uint32 kinds;
        /// 1 TREAT, 2 HPAYMT, 3 HOPERAT, 4 ETREAT, 5 BTG, 6 HRESCH, 7 CLINTRCH, 8 PATRQT, 9 FAMRQT, 10 PWATRNY, 11 SUPNWK, 12 PUBHLTH, 13 HDIRECT, 14 HTEST.
        uint8 purpose;
        /// 1 pending, 2 admitted by a rule, 3 granted, 4 denied, 5 revoked, 6 expired.
        uint8 status;
        /// Unix seconds at which the request or grant ends.
        uint64 expiry;
        uint64 requestedHeight;
        uint64 requestedTimeMs;
        uint64 decidedTimeMs;
    }

    /// @notice Entry of a chart's log. Its hash in state is keccak256(abi.encode(kind, chart, sequence, actor, subject, detail, height, timeMs)).
    /// @param kind 1 requested, 2 permitted by rule, 3 denied by rule, 4 approved, 5 denied, 6 granted, 7 opened, 8 revoked, 9 rule set, 10 rule removed, 11 fulfilled, 12 sealed opened, 13 opening denied, 14 glass broken, 15 reviewed, 16 rule pointed, 17 glass scope set, 18 delegate appointed, 19 delegate dismissed, 20 control moved.
    /// @param actor who acted, be it the controller or a delegate; for a decision by rule, the controller whose rule it is; for control moved, the successor.
    /// @param subject the request or grant; for rules, the index; for delegates, the delegate; for control moved, the controller before; for openings of seals (12, 13, 14), from the highest byte purpose (1), role (1), organisation (4), kinds (4), expiry (8), basis (1),
    /// a zero, number of records (4), number of the opening (8); reviewed: the outcome in the highest byte, the opening in the lowest 8; rule pointed: the rule in the lowest 20 bytes, the kinds in the 4 above; glass scope set: the kinds.
    /// @param detail requested: the terms (purpose, role, organisation, kinds, expiry from the highest byte); decided by rule: the rule's index;
    /// approved and fulfilled: the wrap; granted: the grantee; opened: the record; rule set: hash of the rule; delegate appointed: keccak256(abi.encode(kind, kinds, purposes, from, until, majority));
    /// for openings of seals: the root of the seals; reviewed: the note; rule pointed: the hash of the code; otherwise zero.
    event LogEntry(bytes32 indexed chart, uint64 indexed sequence, uint8 kind, address indexed actor, bytes32 subject, bytes32 detail, uint64 height, uint64 timeMs);
    event Requested(bytes32 indexed request, bytes32 indexed chart, address indexed requester, bytes32 record, uint8 purpose, uint32 kinds, uint64 expiry, bytes32 reason, bytes32 key, uint8 status);

    /// @notice The account has no active enrolment.
    error NotEnrolled();
    /// @notice The person's enrolment was ended.
    error EnrolmentEnded();
    /// @notice The person's enrolment has expired.
    error EnrolmentExpired();
    /// @notice The organisation was removed by vote.
    error NoLongerAMember();
    /// @notice The key is frozen while its recovery runs.
    error KeyFrozen();
    /// @notice Another key has taken the place of this one.
    error KeyReplaced();
    /// @notice No chart has this identifier.
    error ChartUnknown();
    /// @notice The caller does not control the chart.
    error NotTheController();
    /// @notice The account may not act for the chart in this.
    error NotADelegate();
    /// @notice The caller controls the chart and needs no request or grant.
    error OwnChart();
    /// @notice No purpose of use has this code.
    error UnknownPurpose();
    /// @notice No role has this code.
    error UnknownRole();
    /// @notice The mask names a kind that does not exist, or none.
    error UnknownKind();
    /// @notice The kind of the record is not the one in the mask.
    error KindMismatch();
    /// @notice No record has this identifier, or it belongs to another chart.
    error RecordUnknown();
    /// @notice The record was withdrawn.
    error RecordWithdrawnAlready();
    /// @notice A commitment or identifier that must be given is zero.
    error CommitmentMissing();
    /// @notice The key identifier is zero.
    error KeyMissing();
    /// @notice The wrap identifier is zero.
    error WrapMissing();
    /// @notice The expiry is not later than this block.
    error ExpiryPassed();
    /// @notice The expiry is later than the network allows.
    error ExpiryTooFar();
    /// @notice The account made as many requests, grants and openings today as the network allows.
    error DailyLimitReached();
    /// @notice No request or grant has this identifier.
    error RequestUnknown();
    /// @notice The request waits for no decision: it was decided before.
    error RequestDecided();
    /// @notice The request has expired.
    error RequestExpired();
    /// @notice The request was not admitted by a rule.
    error RequestNotAdmitted();
    /// @notice The request was denied.
    error RequestDenied();
    /// @notice The request waits for a decision or for its wrap.
    error NotYetGranted();
    /// @notice The grant was revoked.
    error GrantRevoked();
    /// @notice The grant has expired.
    error GrantExpired();
    /// @notice The caller is not the holder of the grant.
    error NotTheGrantee();
    /// @notice The grantee has left the organisation that the grant names.
    error OrganisationChanged();
    /// @notice The record is sealed and is opened through `ISeals.open`.
    error RecordIsSealed();
    /// @notice The record is not covered by the grant.
    error RecordNotCovered();
    /// @notice The controller's approval with this nonce was counted before.
    error ApprovalReplayed();
    /// @notice The signature is longer than 1024 bytes.
    error SignatureTooLong();
    /// @notice The signature is not the controller's over exactly this approval.
    error NotSignedByController();
    /// @notice The signature is not the delegate's over exactly this approval.
    error NotSignedByDelegate();
    /// @notice The index is not that of a rule and not the next one.
    error RuleIndexOutOfOrder();
    /// @notice The chart holds as many rules as the network allows.
    error TooManyRules();
    /// @notice The effect is neither deny nor permit, or the rule ends before it begins.
    error RuleMalformed();
    /// @notice No rule has this index.
    error RuleUnknown();
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

    /// @notice Set the rule at `index`: replace one, or add at the next index. Closes the chart's earlier openings of seals.
    function setRule(bytes32 chart, uint32 index, Rule calldata rule) external;
    /// @notice Remove the rule at `index`; the others keep theirs. Closes the chart's earlier openings of seals.
    function removeRule(bytes32 chart, uint32 index) external;
    /// @notice Ask for access. Rules decide at once; with none that matches, the request waits for the controller. A denial by rule is
    /// written and is no revert.
    /// @param record one record, or zero for all records of these kinds.
    /// @param kinds bit mask; for one record its kind's bit, or zero.
    /// @return id the identifier of the request.
    /// @return status 1 pending, 2 admitted, 4 denied.
    function request(bytes32 chart, bytes32 record, uint8 purpose, uint32 kinds, bytes32 reason, bytes32 key, uint64 expiry) external returns (bytes32 id, uint8 status);
    /// @notice Approve a pending request; the caller controls the chart, or is a delegate for it (`IDelegation`).
    function approve(bytes32 id, bytes32 wrap) external;
    /// @notice Approve a pending request with the controller's signature over `Approval(string organisation,string purpose,string kinds,uint64 expiry,bytes32 request,address requester,bytes32 wrap,uint256 nonce)`,
    /// whoever brings it. Contract wallets count (EIP-1271).
    /// @param nonce any number that the controller has not used before.
    function approveSigned(bytes32 id, bytes32 wrap, uint256 nonce, bytes calldata signature) external;
    /// @notice Approve a pending request with a delegate's signature over the same `Approval`, whoever brings it.
    /// @param nonce any number that the delegate has not used before.
    function approveSignedByDelegate(bytes32 id, address delegate, bytes32 wrap, uint256 nonce, bytes calldata signature) external;
    /// @notice Give the wrap for a request that a rule admitted; the caller controls the chart, or is a delegate for it.
    function fulfil(bytes32 id, bytes32 wrap) external;
    /// @notice Deny a pending request; the caller controls the chart, or is a delegate for it. Closes the chart's earlier openings of seals.
    function deny(bytes32 id) external;
    /// @notice Give access unasked; the caller controls the chart.
    /// @param key content id of the grantee's public key that the wrap is made for.
    /// @return id the identifier of the grant.
    function grant(bytes32 chart, address grantee, bytes32 record, uint8 purpose, uint32 kinds, uint64 expiry, bytes32 key, bytes32 wrap) external returns (bytes32 id);
    /// @notice Open a record with direct protection under a live grant: an entry in the chart's log. The caller holds the grant.
    function open(bytes32 id, bytes32 record) external;
    /// @notice Revoke a grant, or an admission by rule, for ever; the caller controls the chart, or is a delegate for it. Closes the chart's earlier openings of seals.
    function revoke(bytes32 id) external;

    /// @notice A request or grant, for its requester, the controller and her delegates.
    function requestById(bytes32 id) external view returns (Request memory);
    /// @notice Requests and grants of a chart in order, for its controller and her delegates, and their total number.
    function requests(bytes32 chart, uint64 from, uint32 limit) external view returns (Request[] memory page, uint64 total);
    /// @notice Rules of a chart in order, for its controller, and the number of places; removed ones have effect 0.
    function rules(bytes32 chart, uint64 from, uint32 limit) external view returns (NumberedRule[] memory page, uint64 total);
    /// @notice Number of entries in the log of a chart, for its parties.
    function logLength(bytes32 chart) external view returns (uint64);
    /// @notice Hashes of the entries of a chart's log in order, for its parties, and their total number.
    function logEntries(bytes32 chart, uint64 from, uint32 limit) external view returns (bytes32[] memory page, uint64 total);
    /// @notice Whether the account is a party of the chart now.
    function isParty(bytes32 chart, address account) external view returns (bool);
    /// @notice What an approval of this request says, in the words that are signed; for its requester, the controller and her delegates.
    function approvalFields(bytes32 id) external view returns (string memory organisation, string memory purpose, string memory kinds, uint64 expiry, address requester);
    /// @notice The EIP-712 digest that approves this request with this wrap and nonce; for its requester, the controller and her delegates.
    function approvalDigest(bytes32 id, bytes32 wrap, uint256 nonce) external view returns (bytes32);
    /// @notice Whether an approval of this controller or delegate with this nonce was counted.
    function nonceUsed(address controller, uint256 nonce) external view returns (bool);
    /// @notice The EIP-712 domain (EIP-5267).
    function eip712Domain() external view returns (bytes1 fields, string memory name, string memory version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] memory extensions);
}
