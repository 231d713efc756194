// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Seals: who may open a sealed record, decided when it is opened
/// @notice Native contract at 0x0000000000000000000000000000000000ec0005. The data key of a sealed record is encrypted to the network's group key with the
/// record's seal as identity. The keepers open it together for an opening that stands here as admitted and was not closed since. Every opening, a denied one too,
/// has a number without gaps in the whole network and an entry in the log of its chart.
interface ISeals {
    /// @notice The seal of one version of a record.
    struct Seal {
        bytes32 record;
        uint32 version;
        /// keccak256(abi.encode(keccak256("theriac/seal/v1"), chain id, record, version, controller, salt)), the controller being that of the time of sealing.
        bytes32 id;
        /// Content id of the data key that is encrypted to the group key under this seal.
        bytes32 sealedKey;
    }

    /// @notice Where the rule of a kind stands.
    struct RulePointer {
        uint8 kind;
        /// The contract that is asked, or zero for the chart's rules in `access`.
        address rule;
        /// Hash of its code when it was pointed at; with other code it is not asked and the answer is no.
        bytes32 codeHash;
    }

    /// @notice An opening.
    struct Opening {
        uint64 number;
        bytes32 chart;
        /// Content id of the requester's one-time encapsulation public key.
        bytes32 key;
        /// keccak256(abi.encode(bytes32[] seals)), the seals in the order of the opening.
        bytes32 sealsRoot;
        /// The request or grant in `access` that it was made under, or zero.
        bytes32 request;
        address requester;
        /// The requester's organisation and role at that time; 0 for the controller.
        uint32 organisation;
        uint8 role;
        uint8 purpose;
        /// By what right: 1 grant, 2 native-rule, 3 contract-rule, 4 break-glass, 5 owner, 6 delegate.
        uint8 basis;
        /// 1 admitted, 2 denied.
        uint8 status;
        /// Bit mask of the kinds of its records.
        uint32 kinds;
        uint64 height;
        uint64 timeMs;
        /// Unix seconds at which keepers no longer answer it.
        uint64 expiry;
        /// Sequence number of its entry in the log of the chart.
        uint64 entry;
        /// Whether a later restriction of the chart, or a freeze of its key, closed it.
        bool closed;
    }

    /// @notice The review of an opening that broke the glass.
    struct Review {
        uint64 opening;
        bytes32 chart;
        address requester;
        uint8 purpose;
        /// Salted commitment to the reason that was given.
        bytes32 reason;
        /// Unix seconds until which it must be reviewed.
        uint64 due;
        /// 0 open, 1 justified, 2 not justified.
        uint8 outcome;
        /// Salted commitment to the officer's words, or zero.
        bytes32 note;
        /// Who reviewed, or zero.
        address officer;
        uint64 reviewedTimeMs;
    }

    /// @notice A version of a record was sealed.
    event Sealed(bytes32 indexed record, bytes32 indexed chart, bytes32 indexed seal, uint32 version, bytes32 sealedKey);
    /// @notice An opening was decided. `records` and `seals` stand in the same order; `request` is zero where there is none.
    event OpeningDecided(uint64 indexed opening, bytes32 indexed chart, address indexed requester, uint8 purpose, uint8 basis, uint8 status, bytes32 key, bytes32 request, uint64 expiry, bytes32[] records, bytes32[] seals);
    /// @notice The controller pointed kinds at a rule; zero `rule` and `codeHash` for the native rules.
    event RulePointed(bytes32 indexed chart, uint32 kinds, address rule, bytes32 codeHash);
    /// @notice The controller set which kinds break-glass may open; 0 for none.
    event GlassScopeSet(bytes32 indexed chart, uint32 kinds);
    /// @notice Someone broke the glass. `reason` is a salted commitment, `reviewDue` Unix seconds.
    event GlassBroken(uint64 indexed opening, bytes32 indexed chart, uint32 indexed organisation, address requester, uint8 purpose, bytes32 reason, uint64 reviewDue);
    /// @notice A privacy officer reviewed it.
    event Reviewed(uint64 indexed opening, bytes32 indexed chart, uint32 indexed organisation, address officer, uint8 outcome, bytes32 note);

    /// @notice The account has no active enrolment.
    error NotEnrolled();
    /// @notice The person's enrolment was ended.
    error EnrolmentEnded();
    /// @notice The person's enrolment has expired.
    error EnrolmentExpired();
    /// @notice The organisation was removed by vote.
    error NoLongerAMember();
    /// @notice No chart has this identifier.
    error ChartUnknown();
    /// @notice The caller does not control the chart.
    error NotTheController();
    /// @notice The caller controls the chart and breaks no glass to read it.
    error OwnChart();
    /// @notice No purpose of use has this code.
    error UnknownPurpose();
    /// @notice The mask names a kind that does not exist, or none.
    error UnknownKind();
    /// @notice No record has this identifier, or it belongs to another chart.
    error RecordUnknown();
    /// @notice The record was withdrawn.
    error RecordWithdrawnAlready();
    /// @notice The record is not sealed.
    error RecordNotSealed();
    /// @notice An opening holds 1 to 512 records.
    error RecordCountOutOfRange();
    /// @notice A record is listed twice.
    error RecordTwice();
    /// @notice A commitment or identifier that must be given is zero.
    error CommitmentMissing();
    /// @notice The key identifier is zero.
    error KeyMissing();
    /// @notice The account made as many requests, grants and openings today as the network allows.
    error DailyLimitReached();
    /// @notice No request or grant has this identifier.
    error RequestUnknown();
    /// @notice The caller is not the holder of the request or grant.
    error NotTheGrantee();
    /// @notice The request waits for a decision.
    error NotYetGranted();
    /// @notice The request was denied.
    error RequestDenied();
    /// @notice The grant was revoked.
    error GrantRevoked();
    /// @notice The grant has expired.
    error GrantExpired();
    /// @notice The requester has left the organisation that the request, grant or opening names.
    error OrganisationChanged();
    /// @notice The request was made for another purpose.
    error PurposeDiffers();
    /// @notice A record is not covered by the request.
    error RecordNotCovered();
    /// @notice The address holds no code, or is a native contract.
    error RuleNotAContract();
    /// @notice The purpose is neither BTG nor ETREAT.
    error NotAnEmergency();
    /// @notice Only physicians and nurses break the glass.
    error RoleMayNotBreakGlass();
    /// @notice The chart has no record that break-glass may open.
    error NothingInScope();
    /// @notice No outcome of a review has this code.
    error UnknownOutcome();
    /// @notice The opening broke no glass.
    error NothingToReview();
    /// @notice The caller is no privacy officer of the organisation.
    error NotAPrivacyOfficer();
    /// @notice The officer made the opening.
    error OwnOpening();
    /// @notice The opening was reviewed before.
    error ReviewedAlready();
    /// @notice No opening has this number.
    error OpeningUnknown();
    /// @notice The opening was denied. Told by keepers.
    error OpeningDenied();
    /// @notice The opening has expired. Told by keepers.
    error OpeningExpired();
    /// @notice A later restriction of the chart, or a freeze of its key, closed the opening. Told by keepers.
    error OpeningClosed();
    /// @notice The seals are not those of the opening. Told by keepers.
    error SealsDiffer();
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

    /// @notice Point kinds of records of a chart at a rule; the caller controls the chart. The hash of the contract's code is pinned now. Closes the chart's earlier openings.
    /// @param rule a contract with `IAccessRule`, or zero for the native rules in `access`.
    function pointRule(bytes32 chart, uint32 kinds, address rule) external;
    /// @notice Open sealed records of one chart: decided now, a denial is written and is no revert. The controller opens her own by her own right.
    /// @param records 1 to 512, each sealed, current and of the chart.
    /// @param key content id of a one-time encapsulation public key, to which the keepers encrypt their answers.
    /// @param request a live request of the caller with this purpose that was granted or admitted by rule and covers the records, or zero for the rules alone.
    /// A granted one needs no rule; for one that a rule admitted the rules are asked again, as they stand now.
    /// @return opening its number.
    /// @return admitted whether keepers will answer.
    function open(bytes32 chart, bytes32[] calldata records, uint8 purpose, bytes32 key, bytes32 request) external returns (uint64 opening, bool admitted);
    /// @notice Open sealed records in an emergency: by a physician or nurse, for BTG or ETREAT, within the scope that the controller left open. The controller and the
    /// privacy officers of the caller's organisation are told at once, and a review is due. Outside of the scope, or where a native rule denies this person or this purpose by name, it is denied, which is written and is no revert.
    /// @param records at most 512, each sealed, current and of the chart; none for the newest 512 that the scope covers.
    /// @param reason salted commitment to the caller's reason.
    /// @return opening its number.
    /// @return admitted whether keepers will answer.
    function breakGlass(bytes32 chart, bytes32[] calldata records, uint8 purpose, bytes32 reason, bytes32 key) external returns (uint64 opening, bool admitted);
    /// @notice Set which kinds of records break-glass may open; 0 forbids it; the caller controls the chart. Until it is set: summary, medication, immunization, allergy. Closes the chart's earlier openings.
    function setBreakGlass(bytes32 chart, uint32 kinds) external;
    /// @notice Review an opening that broke the glass; the caller is a privacy officer of the requester's organisation.
    /// @param outcome 1 justified, 2 not justified.
    /// @param note salted commitment to the officer's words, or zero.
    function review(uint64 opening, uint8 outcome, bytes32 note) external;

    /// @notice The seal of the newest version of a record, for the parties of its chart.
    function sealOf(bytes32 record) external view returns (Seal memory);
    /// @notice Seals of the newest versions of a chart's records in order of registration, for its parties, and the number of records; where a record is not sealed, its seal is zero.
    function seals(bytes32 chart, uint64 from, uint32 limit) external view returns (Seal[] memory page, uint64 total);
    /// @notice The seal that a version of a record has, or would have, with this controller and salt on this chain.
    function sealId(bytes32 record, uint32 version, address controller, bytes32 salt) external view returns (bytes32);
    /// @notice Where the rules of a chart's kinds stand, all kinds in order, for its controller.
    function rulePointers(bytes32 chart) external view returns (RulePointer[] memory);
    /// @notice Bit mask of the kinds that break-glass may open, for the parties of the chart.
    function breakGlassScope(bytes32 chart) external view returns (uint32);
    /// @notice Number of openings in the network so far.
    function openingCount() external view returns (uint64);
    /// @notice An opening, for its requester and the parties of its chart; one that broke the glass also for the privacy officers and administrators of the requester's organisation.
    function openingByNumber(uint64 number) external view returns (Opening memory);
    /// @notice The review of an opening that broke the glass, for those who may see the opening.
    function reviewOf(uint64 opening) external view returns (Review memory);
    /// @notice Reviews that an organisation owes, in no particular order, for its privacy officers and administrators, and their number.
    function openReviews(uint32 organisation, uint64 from, uint32 limit) external view returns (Review[] memory page, uint64 total);
    /// @notice How many reviews an organisation owes past their time, for its privacy officers and administrators.
    function overdueReviews(uint32 organisation) external view returns (uint64);
}
