// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Prescriptions: the right to controlled medicines, as a token with one holder
/// @notice Native contract at 0x0000000000000000000000000000000000ec000a. Whoever holds the one-time key holds the prescription; each fill spends the key and names the next. No patient, medicine or amount
/// is on the ledger: terms are a salted commitment, amounts Pedersen commitments as in `cabinets`. docs/protocol/packs.md.
interface IPrescriptions {
    /// @notice A prescription, found by any of its keys.
    struct Prescription {
        /// The key that it was made with.
        address first;
        /// The key that may be filled next, or zero.
        address current;
        address prescriber;
        uint32 organisation;
        bytes32 terms;
        uint8 fills;
        uint8 fillsLeft;
        /// What is left, as a commitment.
        bytes32 quantity;
        uint64 from;
        uint64 until;
        /// 1 open, 2 filled, 3 cancelled, 4 expired.
        uint8 status;
        uint64 createdTimeMs;
    }

    /// @notice The fill that spent a key; zeros while it is not spent.
    struct Fill {
        address key;
        address next;
        address pharmacist;
        uint32 organisation;
        bytes32 dispensed;
        bytes32 left;
        bytes32 document;
        uint64 height;
        uint64 timeMs;
    }

    event Prescribed(address indexed key, uint32 indexed organisation, address prescriber, bytes32 terms, uint8 fills, bytes32 quantity, uint64 from, uint64 until);
    event Filled(address indexed key, uint32 indexed organisation, address pharmacist, address next, bytes32 dispensed, bytes32 left, bytes32 document);
    event PrescriptionEnded(address indexed first, uint32 indexed organisation, address account);

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
    /// @notice A commitment or identifier that must be given is zero.
    error CommitmentMissing();
    /// @notice A key is zero.
    error KeyMissing();
    /// @notice The key was used before.
    error KeyUsed();
    /// @notice The end is not later than this block.
    error ExpiryPassed();
    /// @notice The organisation is no pharmacy, hospital or clinic.
    error NotADispenser();
    /// @notice Only pharmacists fill prescriptions.
    error RoleMayNotDispense();
    /// @notice A commitment is no point of ristretto255 in its one encoding.
    error CommitmentMalformed();
    /// @notice The signature is not by the key over exactly this.
    error NotSignedByKey();
    /// @notice Only physicians of hospitals and clinics prescribe.
    error NotAPrescriber();
    /// @notice A prescription has 1 to 100 fills.
    error FillsOutOfRange();
    /// @notice The prescription ends before it begins, or more than a year after.
    error WindowMalformed();
    /// @notice No prescription has this key.
    error PrescriptionUnknown();
    /// @notice The key was spent by a fill.
    error FillTaken();
    /// @notice The prescription was cancelled.
    error PrescriptionCancelled();
    /// @notice The prescription does not count yet.
    error PrescriptionNotBegun();
    /// @notice The prescription has expired.
    error PrescriptionExpired();
    /// @notice After the last fill no key follows.
    error NextNotNeeded();
    /// @notice What was left is not the sum of what is dispensed and what is left.
    error QuantityNotConserved();
    /// @notice All fills were taken.
    error PrescriptionFilled();
    /// @notice Neither the prescriber nor an administrator of her organisation.
    error MayNotCancel();
    /// @notice The function changes state and cannot be called by STATICCALL.
    error StaticCallNotAllowed();
    /// @notice Native contracts hold no value.
    error ValueNotAccepted();
    /// @notice Native contracts cannot be reached by DELEGATECALL or CALLCODE.
    error DelegateCallNotAllowed();
    /// @notice This contract has no function with this selector.
    error UnknownFunctionSelector(bytes4 selector);

    /// @notice Prescribe; by a physician of a hospital or clinic.
    /// @param key a fresh one-time key, which the patient holds.
    /// @param terms salted commitment to the prescription itself.
    /// @param fills 1 to 100.
    /// @param quantity commitment to the whole amount.
    /// @param from Unix seconds from which it counts.
    /// @param until Unix seconds at which it ends, at most 366 days after `from`.
    function prescribe(address key, bytes32 terms, uint8 fills, bytes32 quantity, uint64 from, uint64 until) external;
    /// @notice Take a fill; by a pharmacist of a pharmacy, hospital or clinic. One pharmacy alone can: the key is spent.
    /// @param next a fresh one-time key of the patient, or zero with the last fill.
    /// @param dispensed commitment to what is handed out now; with `left` it makes up what was left before.
    /// @param document salted commitment, or zero.
    /// @param signature of the key, 65 bytes, over Fill(address key,address next,bytes32 dispensed,bytes32 left,address pharmacist), the pharmacist being the caller.
    function fill(address key, address next, bytes32 dispensed, bytes32 left, bytes32 document, bytes calldata signature) external;
    /// @notice Cancel what is left of a prescription, by any of its keys: by the prescriber or an administrator of the organisation in which she prescribed.
    function cancel(address key) external;

    /// @notice A prescription, for whoever knows one of its keys.
    function prescription(address key) external view returns (Prescription memory);
    /// @notice The fill that spent a key, for whoever knows it.
    function fillOf(address key) external view returns (Fill memory);
    /// @notice The signing domain (EIP-5267).
    function eip712Domain() external view returns (bytes1 fields, string memory name, string memory version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] memory extensions);
}
