// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Cabinets: controlled medicines in stock, balanced without telling how many
/// @notice Native contract at 0x0000000000000000000000000000000000ec0009. Amounts are Pedersen commitments over ristretto255, v*G + r*H: 32 bytes, zero for none; scalars are 32 bytes, the lowest
/// first. The contract adds them up and holds each entry to: received = stock + dispensed + wasted + returned + lost. Read by the organisation and by the auditor that a cabinet names. docs/protocol/packs.md.
interface ICabinets {
    /// @notice A cabinet.
    struct Cabinet {
        bytes32 id;
        uint32 organisation;
        /// A regulator, or 0.
        uint32 auditor;
        address openedBy;
        uint64 openedTimeMs;
    }

    /// @notice The running balances of an item in a cabinet: commitments.
    struct Balances {
        bytes32 received;
        bytes32 stock;
        bytes32 dispensed;
        bytes32 wasted;
        bytes32 returned;
        bytes32 lost;
        /// Records and counts of the item so far: the number that the witness of the next count signs.
        uint64 entries;
        /// When it was last counted and equal; 0 for never.
        uint64 equalTimeMs;
    }

    /// @notice A count that differed from the balance.
    struct Discrepancy {
        uint64 number;
        bytes32 cabinet;
        bytes32 item;
        /// What was counted.
        bytes32 counted;
        /// The balance at that time.
        bytes32 stock;
        uint32 organisation;
        /// Who counted, and who witnessed it.
        address counter;
        address witness;
        /// It arose between these: the last count that was equal or the opening of the cabinet, and the count.
        uint64 fromMs;
        uint64 timeMs;
        /// Unix seconds by which it must be explained: 24 hours after the count.
        uint64 due;
        /// 0 open, 1 counting-error, 2 waste, 3 loss, 4 theft.
        uint8 outcome;
        /// Salted commitment to the report, or zero.
        bytes32 document;
        address explainedBy;
        uint64 explainedTimeMs;
    }

    event CabinetOpened(bytes32 indexed cabinet, uint32 indexed organisation, uint32 indexed auditor, address account);
    event Recorded(bytes32 indexed cabinet, bytes32 indexed item, address account, bytes32[6] amounts, bytes32 document);
    /// @notice A count was equal to the balance.
    event Counted(bytes32 indexed cabinet, bytes32 indexed item, address counter, address witness);
    event DiscrepancyOpened(uint64 indexed number, bytes32 indexed cabinet, uint32 indexed organisation, bytes32 item, address counter, address witness, uint64 due);
    event Explained(uint64 indexed number, bytes32 indexed cabinet, uint32 indexed organisation, address account, uint8 outcome, bytes32 document);

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
    /// @notice The organisation was removed by vote.
    error NoLongerAMember();
    /// @notice No organisation has this identifier.
    error UnknownOrganisation();
    /// @notice A commitment or identifier that must be given is zero.
    error CommitmentMissing();
    /// @notice A page holds 1 to 100 entries.
    error PageOutOfRange();
    /// @notice A signature has at most 1024 bytes.
    error SignatureTooLong();
    /// @notice No outcome has this code.
    error UnknownOutcome();
    /// @notice The organisation does not trade in medicines.
    error NotATradingPartner();
    /// @notice Only administrators, pharmacists and gateways open cabinets.
    error RoleMayNotOpenCabinets();
    /// @notice A cabinet with this identifier exists.
    error CabinetExists();
    /// @notice No cabinet has this identifier.
    error CabinetUnknown();
    /// @notice The auditor is a regulator, or nobody.
    error AuditorNotARegulator();
    /// @notice The cabinet is another organisation's.
    error NotYourCabinet();
    /// @notice The role records nothing in cabinets.
    error RoleMayNotRecord();
    /// @notice A commitment is no point of ristretto255 in its one encoding.
    error CommitmentMalformed();
    /// @notice What came in is not the sum of where it went.
    error NotConserved();
    /// @notice These amounts of the item were recorded before: each record has blindings of its own.
    error RecordedAlready();
    /// @notice Nothing was recorded of the item in this cabinet.
    error ItemUnknown();
    /// @notice Only pharmacists, nurses, physicians and administrators count.
    error RoleMayNotCount();
    /// @notice The witness is the one who counts.
    error WitnessIsTheCounter();
    /// @notice The witness may not count in this organisation.
    error WitnessNotEligible();
    /// @notice The signature is not the witness's over exactly this.
    error NotSignedByWitness();
    /// @notice The blinding is no scalar in its one encoding.
    error ScalarMalformed();
    /// @notice The blinding does not show the count to be equal.
    error CountNotProven();
    /// @notice No discrepancy has this number.
    error DiscrepancyUnknown();
    /// @notice Only administrators and pharmacists explain.
    error RoleMayNotExplain();
    /// @notice Who counted or witnessed does not explain.
    error OwnDiscrepancy();
    /// @notice The discrepancy was explained.
    error ExplainedAlready();
    /// @notice The caller is neither of the organisation nor of the auditor.
    error NotACabinetReader();
    /// @notice The function changes state and cannot be called by STATICCALL.
    error StaticCallNotAllowed();
    /// @notice Native contracts hold no value.
    error ValueNotAccepted();
    /// @notice Native contracts cannot be reached by DELEGATECALL or CALLCODE.
    error DelegateCallNotAllowed();
    /// @notice This contract has no function with this selector.
    error UnknownFunctionSelector(bytes4 selector);

    /// @notice Open a cabinet for the caller's organisation.
    /// @param cabinet 32 random bytes.
    /// @param auditor a regulator that may read it, or 0.
    function open(bytes32 cabinet, uint32 auditor) external;
    /// @notice Record a movement of an item. One vector for all movements, so that the ledger does not tell a delivery from a theft. The share of stock may be negative, and the
    /// contract does not check that a balance is not: who counts does.
    /// @param item keccak256 of a secret of the organisation and the GTIN, or any other identifier that tells nothing.
    /// @param amounts received, stock, dispensed, wasted, returned, lost.
    /// @param document salted commitment, or zero.
    function record(bytes32 cabinet, bytes32 item, bytes32[6] calldata amounts, bytes32 document) external;
    /// @notice Enter a count by two people. Equal where balance - counted = blinding*H; a blinding of zero says that it differs, which opens a discrepancy.
    /// @param signature of the witness over Count(bytes32 cabinet,bytes32 item,bytes32 counted,uint64 number), the number being the item's `entries`.
    /// @return equal whether it is.
    /// @return discrepancy its number where it is not.
    function count(bytes32 cabinet, bytes32 item, bytes32 counted, bytes32 blinding, address witness, bytes calldata signature) external returns (bool equal, uint64 discrepancy);
    /// @notice Explain a discrepancy, once; by an administrator or pharmacist of the organisation who neither counted nor witnessed.
    /// @param outcome 1 counting-error, 2 waste, 3 loss, 4 theft.
    /// @param document salted commitment to the report.
    function explain(uint64 discrepancy, uint8 outcome, bytes32 document) external;

    /// @notice A cabinet, for its readers.
    function cabinet(bytes32 id) external view returns (Cabinet memory);
    /// @notice Balances of an item, for the cabinet's readers; zeros where nothing was recorded.
    function balances(bytes32 cabinet, bytes32 item) external view returns (Balances memory);
    /// @notice Number of discrepancies in the network so far.
    function discrepancyCount() external view returns (uint64);
    /// @notice A discrepancy, for the cabinet's readers.
    function discrepancyByNumber(uint64 number) external view returns (Discrepancy memory);
    /// @notice Discrepancies that are not explained, in no particular order, and their number, for the organisation's own people: those of its cabinets, or of the cabinets that it audits.
    function openDiscrepancies(uint32 organisation, uint64 from, uint32 limit) external view returns (Discrepancy[] memory page, uint64 total);
    /// @notice How many of these are past their time.
    function overdueDiscrepancies(uint32 organisation) external view returns (uint64);
    /// @notice The signing domain (EIP-5267).
    function eip712Domain() external view returns (bytes1 fields, string memory name, string memory version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] memory extensions);
}
