// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title The records: charts, and what was added to them
/// @notice Native contract at 0x0000000000000000000000000000000000ec0003. The ledger holds salted commitments and content ids, never content.
interface IRecords {
    /// @notice A chart, controlled by one person's account. Control moves by that key or by recovery only.
    struct Chart {
        bytes32 id;
        address controller;
        uint64 openedTimeMs;
        uint64 recordCount;
    }

    /// @notice A record in its newest version.
    struct Record {
        bytes32 id;
        /// sha256("theriac/commitment/v1" || salt || content id).
        bytes32 commitment;
        /// Merkle root of the ciphertext chunks.
        bytes32 contentId;
        /// Content id of the data key wrapped to the patient.
        bytes32 wrapId;
        bytes32 chart;
        address author;
        /// Bit number: 0 summary, 1 encounter, 2 observation, 3 laboratory, 4 imaging, 5 medication, 6 immunization, 7 allergy, 8 procedure, 9 document, 10 plan, 11 device, 12 claim, 13 other.
        uint8 kind;
        /// 1 direct, 2 sealed.
        uint8 protection;
        /// 1 current, 2 withdrawn, 3 erased.
        uint8 status;
        uint32 version;
        uint64 registeredHeight;
        uint64 registeredTimeMs;
        uint64 changedHeight;
        uint64 changedTimeMs;
    }

    /// @notice An author's word that someone else may bring to the ledger (EIP-712).
    struct Authority {
        address author;
        /// The author's next number, see `nonce`.
        uint64 nonce;
        /// Unix seconds; at this time and later the signature no longer counts.
        uint64 deadline;
        /// r, s, v of 65 bytes, or what the author's contract wallet accepts (EIP-1271); at most 1024 bytes.
        bytes signature;
    }

    event ChartOpened(bytes32 indexed chart, address indexed controller, address by);
    /// @notice Another key took the place of the controller's.
    event ControlMoved(bytes32 indexed chart, address indexed from, address indexed to);
    event RecordRegistered(bytes32 indexed record, bytes32 indexed chart, address indexed author, bytes32 commitment, bytes32 contentId, bytes32 wrapId, uint8 kind, uint8 protection);
    event RecordAmended(bytes32 indexed record, bytes32 indexed chart, address indexed author, uint32 version, bytes32 commitment, bytes32 contentId, bytes32 wrapId);
    event RecordWithdrawn(bytes32 indexed record, bytes32 indexed chart, address indexed author);
    /// @notice Every member destroys what it keeps of all versions of the record, each of which state names, and signs that it did.
    event RecordErased(bytes32 indexed record, bytes32 indexed chart, address indexed by, uint32 versions);
    event HoldSet(bytes32 indexed record, bytes32 indexed chart, address indexed by, uint64 until);
    event HoldReleased(bytes32 indexed record, bytes32 indexed chart, address indexed by);

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
    /// @notice The role of the account may not write records.
    error RoleMayNotWrite();
    /// @notice A patient adds to her own chart only.
    error NotYourChart();
    /// @notice A chart identifier is zero.
    error ChartIdMissing();
    /// @notice A chart with this identifier exists.
    error ChartExists();
    /// @notice No chart has this identifier.
    error ChartUnknown();
    /// @notice The controller to be has no active enrolment.
    error ControllerNotEnrolled();
    /// @notice Someone else can open a chart for a patient only.
    error ControllerNotAPatient();
    /// @notice A record identifier is zero.
    error RecordIdMissing();
    /// @notice A commitment or identifier that must be given is zero.
    error CommitmentMissing();
    /// @notice No kind of record has this code.
    error UnknownKind();
    /// @notice No protection has this code.
    error UnknownProtection();
    /// @notice A sealed record is registered together with its seal.
    error SealMissing();
    /// @notice The record is sealed and is amended together with a new seal.
    error RecordIsSealed();
    /// @notice The record is not sealed.
    error RecordNotSealed();
    /// @notice A record with this identifier exists.
    error RecordExists();
    /// @notice No record has this identifier.
    error RecordUnknown();
    /// @notice The record was withdrawn.
    error RecordWithdrawnAlready();
    /// @notice The account is neither the record's author nor the chart's controller.
    error NeitherAuthorNorController();
    /// @notice The record counts still: it is withdrawn first.
    error RecordNotWithdrawn();
    /// @notice The record was erased.
    error RecordErasedAlready();
    /// @notice The record must be kept until its hold ends.
    error RecordHeld();
    /// @notice The account is neither the author nor an administrator of the author's organisation.
    error MayNotHold();
    /// @notice A hold ends at most 30 years from now.
    error HoldTooLong();
    /// @notice No hold stands on the record.
    error NotHeld();
    /// @notice The expiry is not later than this block.
    error ExpiryPassed();
    /// @notice The account is not the author of the record.
    error NotTheAuthor();
    /// @notice The deadline of the signature has passed.
    error DeadlinePassed();
    /// @notice The nonce is not the author's next one.
    error NonceNotNext();
    /// @notice The signature is longer than 1024 bytes.
    error SignatureTooLong();
    /// @notice The signature is not the author's over exactly this.
    error NotSignedByAuthor();
    /// @notice The caller is not a party of the chart: its controller, an author in it, or holder of a live request or grant.
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

    /// @notice Open a chart: a person for herself, or someone who may write records for an enrolled patient.
    function openChart(bytes32 chart, address controller) external;
    /// @notice Register a record with direct protection; the caller is its author.
    function register(bytes32 record, bytes32 chart, bytes32 commitment, bytes32 contentId, bytes32 wrapId, uint8 kind, uint8 protection) external;
    /// @notice Replace the content of a record with direct protection with a new version; the caller is its author.
    function amend(bytes32 record, bytes32 commitment, bytes32 contentId, bytes32 wrapId) external;
    /// @notice Register a sealed record; the caller is its author. Its seal follows from chain, record, version 1, the chart's controller and the salt, see `ISeals.sealId`.
    /// @param salt 32 random bytes, fresh for each version.
    /// @param sealedKey content id of the data key that is encrypted to the network's group key under that seal.
    function registerSealed(bytes32 record, bytes32 chart, bytes32 commitment, bytes32 contentId, bytes32 wrapId, uint8 kind, bytes32 salt, bytes32 sealedKey) external;
    /// @notice Replace the content of a sealed record with a new version under a new seal; the caller is its author.
    function amendSealed(bytes32 record, bytes32 commitment, bytes32 contentId, bytes32 wrapId, bytes32 salt, bytes32 sealedKey) external;
    /// @notice Withdraw a record for ever; the caller is its author. Closes the chart's earlier openings.
    function withdraw(bytes32 record) external;
    /// @notice Have all versions of a withdrawn record erased by every member; the caller is its author or the chart's controller. Refused while a hold stands. What the ledger holds stays.
    function erase(bytes32 record) external;
    /// @notice Keep a record from being erased before `until` (unix seconds, at most 30 years from now); the caller is its author or an administrator of the author's organisation.
    function setHold(bytes32 record, uint64 until) external;
    /// @notice End a hold before its time; the same may who may set it.
    function releaseHold(bytes32 record) external;
    /// @notice Register a record for an author who signed `Registration(bytes32 record,bytes32 chart,bytes32 commitment,bytes32 contentId,bytes32 wrapId,uint8 kind,uint8 protection,uint64 nonce,uint64 deadline)`.
    function registerSigned(bytes32 record, bytes32 chart, bytes32 commitment, bytes32 contentId, bytes32 wrapId, uint8 kind, uint8 protection, Authority calldata authority) external;
    /// @notice Amend a record for an author who signed `Amendment(bytes32 record,bytes32 commitment,bytes32 contentId,bytes32 wrapId,uint64 nonce,uint64 deadline)`.
    function amendSigned(bytes32 record, bytes32 commitment, bytes32 contentId, bytes32 wrapId, Authority calldata authority) external;
    /// @notice Register a sealed record for an author who signed `SealedRegistration(bytes32 record,bytes32 chart,bytes32 commitment,bytes32 contentId,bytes32 wrapId,uint8 kind,bytes32 salt,bytes32 sealedKey,uint64 nonce,uint64 deadline)`.
    function registerSealedSigned(bytes32 record, bytes32 chart, bytes32 commitment, bytes32 contentId, bytes32 wrapId, uint8 kind, bytes32 salt, bytes32 sealedKey, Authority calldata authority) external;
    /// @notice Amend a sealed record for an author who signed `SealedAmendment(bytes32 record,bytes32 commitment,bytes32 contentId,bytes32 wrapId,bytes32 salt,bytes32 sealedKey,uint64 nonce,uint64 deadline)`.
    function amendSealedSigned(bytes32 record, bytes32 commitment, bytes32 contentId, bytes32 wrapId, bytes32 salt, bytes32 sealedKey, Authority calldata authority) external;
    /// @notice Withdraw a record for an author who signed `Withdrawal(bytes32 record,uint64 nonce,uint64 deadline)`.
    function withdrawSigned(bytes32 record, Authority calldata authority) external;

    /// @notice A chart, for its parties.
    function chart(bytes32 id) external view returns (Chart memory);
    /// @notice Charts that the caller controls, and their total number.
    function charts(uint64 from, uint32 limit) external view returns (Chart[] memory page, uint64 total);
    /// @notice A record, for the parties of its chart.
    function record(bytes32 id) external view returns (Record memory);
    /// @notice Records of a chart in order of registration, for its parties, and their total number.
    function records(bytes32 chart, uint64 from, uint32 limit) external view returns (Record[] memory page, uint64 total);
    /// @notice Until when a record must be kept, in unix seconds, for the parties of its chart; 0 where no hold stands.
    function heldUntil(bytes32 record) external view returns (uint64);
    /// @notice The next nonce for signatures of this author.
    function nonce(address author) external view returns (uint64);
    /// @notice The EIP-712 domain (EIP-5267).
    function eip712Domain() external view returns (bytes1 fields, string memory name, string memory version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] memory extensions);
}
