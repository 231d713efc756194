// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title The members of the network: organisations, validators, quotas and parameters
/// @notice Native contract at 0x0000000000000000000000000000000000ec0001. Everything here is set at genesis; views only.
interface IMembers {
    /// @notice A member organisation. Identifiers are dense and start at 1; 0 means no organisation.
    struct Organisation {
        uint32 id;
        /// The code of the kind: 1 hospital, 2 clinic, 3 pharmacy, 4 insurer, 5 manufacturer, 6 wholesaler, 7 sponsor, 8 regulator, 9 patient-organisation.
        uint8 kind;
        /// The account that enrols people and may act for the organisation.
        address admin;
        /// Gas that the organisation's accounts may use together in one block.
        uint64 gasPerBlock;
        /// At most 64 bytes of UTF-8.
        string name;
    }

    /// @notice A validator of the network.
    struct Validator {
        /// Ed25519 public key of the validator's identity.
        bytes32 identity;
        uint32 organisation;
        /// Network address, `host:port`; empty when it is not published. At most 128 bytes.
        string location;
    }

    /// @notice Limits of the network.
    struct Parameters {
        /// Longest time from a request to its expiry, in seconds.
        uint64 requestLifetime;
        /// Longest time from a grant to its expiry, in seconds.
        uint64 grantLifetime;
        /// Requests and grants that one account may make in one day (UTC).
        uint32 requestsPerDay;
        /// Rules that one chart may hold.
        uint32 rulesPerChart;
        /// Gas given to a contract wallet that checks a signature (EIP-1271).
        uint64 signatureGas;
        /// Gas per block shared by people whose enrolment ended and who still control a chart.
        uint64 commonGasPerBlock;
        /// Time in which keepers answer an opening, in seconds.
        uint64 openingLifetime;
        /// Gas given to a contract that serves as a rule (`IAccessRule`).
        uint64 ruleGas;
        /// Time within which an opening that broke the glass must be reviewed, in seconds.
        uint64 reviewPeriod;
        /// Shortest delay of a recovery that guardians may be given, in seconds.
        uint64 recoveryDelayMin;
        /// Longest delay of a recovery that guardians may be given, in seconds.
        uint64 recoveryDelayMax;
    }

    /// @notice No organisation has this identifier.
    error UnknownOrganisation();
    /// @notice A page holds 1 to 100 entries.
    error PageOutOfRange();
    /// @notice Native contracts hold no value.
    error ValueNotAccepted();
    /// @notice Native contracts cannot be reached by DELEGATECALL or CALLCODE.
    error DelegateCallNotAllowed();
    /// @notice This contract has no function with this selector.
    error UnknownFunctionSelector(bytes4 selector);

    /// @notice One organisation.
    function organisation(uint32 id) external view returns (Organisation memory);
    /// @notice Organisations in order of identifier, beginning at index `from` (0 is identifier 1), and their total number.
    function organisations(uint64 from, uint32 limit) external view returns (Organisation[] memory page, uint64 total);
    /// @notice The organisation whose admin account this is, or 0.
    function organisationOf(address admin) external view returns (uint32);
    /// @notice Validators in order of genesis, beginning at index `from`, and their total number.
    function validators(uint64 from, uint32 limit) external view returns (Validator[] memory page, uint64 total);
    /// @notice Gas per block of an organisation; of 0, the gas shared by people without an organisation who control a chart.
    function quota(uint32 id) external view returns (uint64);
    /// @notice The limits of the network.
    function parameters() external view returns (Parameters memory);
}
