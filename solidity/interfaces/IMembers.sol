// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title The members of the network: organisations, validators, quotas and parameters
/// @notice Native contract at 0x0000000000000000000000000000000000ec0001. What genesis set changes by vote only: the admin account of an
/// organisation that runs a validator proposes and votes, one vote for each of its validators. A proposal is accepted with more than two
/// thirds of all validators, and takes effect in the transaction that brings the last vote it needs.
interface IMembers {
    /// @notice A member organisation. Identifiers are dense and start at 1; 0 means no organisation.
    struct Organisation {
        uint32 id;
        /// The code of the kind: 1 hospital, 2 clinic, 3 pharmacy, 4 insurer, 5 manufacturer, 6 wholesaler, 7 sponsor, 8 regulator, 9 patient-organisation.
        uint8 kind;
        /// The account that enrols people and may act for the organisation.
        address admin;
        /// 1 active, 2 removed.
        uint8 status;
        /// Gas that the organisation's accounts may use together in one block.
        uint64 gasPerBlock;
        /// At most 64 bytes of UTF-8.
        string name;
    }

    /// @notice A validator of the network.
    struct Validator {
        /// Its place in the list, which nobody else ever gets.
        uint64 index;
        /// Ed25519 public key of the validator's identity.
        bytes32 identity;
        uint32 organisation;
        /// 1 active, 2 removed.
        uint8 status;
        /// Height of the block that added it; 0 for genesis.
        uint64 addedHeight;
        /// Height of the block that removed it; 0 while it is active.
        uint64 removedHeight;
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
        /// Rules that one chart may hold, at most 512.
        uint32 rulesPerChart;
        /// Gas given to a contract wallet that checks a signature (EIP-1271), at most 2,000,000.
        uint64 signatureGas;
        /// Gas per block shared by people whose enrolment ended and who still control a chart.
        uint64 commonGasPerBlock;
        /// Time in which keepers answer an opening, in seconds.
        uint64 openingLifetime;
        /// Gas given to a contract that serves as a rule (`IAccessRule`), at most 2,000,000.
        uint64 ruleGas;
        /// Time within which an opening that broke the glass must be reviewed, in seconds.
        uint64 reviewPeriod;
        /// Time from a proposal to the end of its vote, in seconds.
        uint64 votingPeriod;
        /// Shortest delay of a recovery that guardians may be given, in seconds.
        uint64 recoveryDelayMin;
        /// Longest delay of a recovery that guardians may be given, in seconds.
        uint64 recoveryDelayMax;
    }

    /// @notice A change that the validators vote on.
    struct Proposal {
        uint64 id;
        /// 1 admit an organisation, 2 remove an organisation, 3 add a validator, 4 remove a validator, 5 set a quota, 6 set the parameters,
        /// 7 upgrade at a height, 8 move a validator.
        uint8 kind;
        /// 1 open, 2 accepted and done, 3 rejected, 4 expired, 5 accepted but no longer possible.
        uint8 status;
        /// The code of the refusal that kept an accepted proposal from being done; 0 otherwise.
        uint16 refusal;
        /// The organisation that proposed it.
        uint32 organisation;
        /// The account that proposed it.
        address by;
        uint64 createdTimeMs;
        /// Unix seconds from which on no vote is taken.
        uint64 deadline;
        /// Height of the block in which it was decided; 0 before.
        uint64 decidedHeight;
        /// Votes of validators that count: now, or when it was decided.
        uint32 yes;
        uint32 no;
        /// All validators: now, or when it was decided.
        uint32 validators;
        /// The arguments of the function that proposed it, ABI-encoded without the selector.
        bytes content;
    }

    /// @notice A vote that was cast. It counts while its validator is active.
    struct Vote {
        /// Index of the validator.
        uint64 validator;
        bool support;
    }

    /// @notice The version of the protocol's rules, and the next one.
    struct Upgrade {
        /// In force now.
        uint32 version;
        /// In force from `height` on; equal to `version` when nothing is scheduled.
        uint32 nextVersion;
        /// 0 when nothing was ever scheduled.
        uint64 height;
    }

    /// @notice A change was proposed.
    event Proposed(uint64 indexed proposal, uint8 indexed kind, uint32 indexed organisation, address by, uint64 deadline, bytes content);
    /// @notice The vote of one validator was cast.
    event Voted(uint64 indexed proposal, uint64 indexed validator, bool support, address by);
    /// @notice The votes decided a proposal, or its time ran out; `status` and `refusal` as in {Proposal}.
    event Decided(uint64 indexed proposal, uint8 indexed status, uint32 yes, uint32 no, uint32 validators, uint16 refusal);
    /// @notice An organisation became a member.
    event OrganisationAdmitted(uint32 indexed organisation, uint8 kind, address admin, uint64 gasPerBlock, string name);
    /// @notice An organisation is a member no longer.
    event OrganisationRemoved(uint32 indexed organisation);
    /// @notice A validator was added. Added before the middle of an epoch, it holds a share and votes on blocks from the third epoch after it on.
    event ValidatorAdded(uint64 indexed validator, bytes32 indexed identity, uint32 indexed organisation, string location);
    /// @notice A validator was removed. Its votes on proposals count no longer; removed before the middle of an epoch, it votes on blocks for two
    /// more epochs.
    event ValidatorRemoved(uint64 indexed validator, bytes32 indexed identity, uint32 indexed organisation);
    /// @notice A validator is reached at another address.
    event ValidatorMoved(uint64 indexed validator, bytes32 indexed identity, string location);
    /// @notice An organisation has another quota.
    event QuotaSet(uint32 indexed organisation, uint64 gasPerBlock);
    /// @notice The network has other limits.
    event ParametersSet(Parameters parameters);
    /// @notice From this height on, blocks follow this version of the rules; it replaces what was scheduled and not yet in force.
    event UpgradeScheduled(uint32 version, uint64 height);

    /// @notice The organisation was removed by vote.
    error NoLongerAMember();
    /// @notice The caller is not the admin account of a member that runs a validator.
    error NotAValidatorsAdmin();
    /// @notice No proposal has this number.
    error ProposalUnknown();
    /// @notice The proposal was decided before.
    error ProposalDecided();
    /// @notice The time to vote on the proposal is over.
    error ProposalExpired();
    /// @notice The validator is removed, or another organisation's.
    error NotYourValidator();
    /// @notice All validators that the caller votes for have voted on this.
    error VotedAlready();
    /// @notice The votes do not decide the proposal yet.
    error VotesUndecided();
    /// @notice The organisation has as many open proposals as it may.
    error TooManyProposals();
    /// @notice A name has 1 to 64 bytes and no control character.
    error NameMalformed();
    /// @notice No kind of organisation has this code.
    error UnknownOrganisationKind();
    /// @notice The account is zero or a native contract.
    error AccountNotAllowed();
    /// @notice The account is the admin account of a member, or was enrolled as a person.
    error AdminAccountTaken();
    /// @notice The network has as many organisations as it may.
    error TooManyOrganisations();
    /// @notice A quota is greater than zero.
    error QuotaZero();
    /// @notice The organisation runs a validator, which must be removed first.
    error OrganisationHasValidators();
    /// @notice The bytes are not an Ed25519 public key.
    error IdentityMalformed();
    /// @notice A validator has this identity.
    error IdentityTaken();
    /// @notice The location is not an IP address and a port that can be dialled, in the one way in which they are printed.
    error LocationMalformed();
    /// @notice A validator has this location.
    error LocationTaken();
    /// @notice The network has as many validators as it may.
    error TooManyValidators();
    /// @notice No active validator has this identity.
    error ValidatorUnknown();
    /// @notice Without this validator no member could fail unharmed.
    error TooFewValidators();
    /// @notice A parameter is zero or greater than allowed.
    error ParameterOutOfRange();
    /// @notice The version is not newer than the one in force.
    error VersionNotNewer();
    /// @notice The height leaves the members too little time.
    error HeightTooSoon();
    /// @notice The proposal was written under an earlier version of the rules. Only a failed proposal tells this.
    error ContentUnreadable();
    /// @notice No organisation has this identifier.
    error UnknownOrganisation();
    /// @notice A page holds 1 to 100 entries.
    error PageOutOfRange();
    /// @notice The function changes state and was called by STATICCALL.
    error StaticCallNotAllowed();
    /// @notice Native contracts hold no value.
    error ValueNotAccepted();
    /// @notice Native contracts cannot be reached by DELEGATECALL or CALLCODE.
    error DelegateCallNotAllowed();
    /// @notice This contract has no function with this selector.
    error UnknownFunctionSelector(bytes4 selector);

    /// @notice Proposes to admit an organisation; it gets the next identifier.
    /// @dev Refuses, in this order: NotAValidatorsAdmin, NameMalformed, UnknownOrganisationKind, AccountNotAllowed, AdminAccountTaken, QuotaZero,
    /// TooManyOrganisations, TooManyProposals.
    function proposeAdmit(string calldata name, uint8 kind, address admin, uint64 gasPerBlock) external returns (uint64 proposal);
    /// @notice Proposes to remove an organisation: its people may act no longer, and those who control a chart keep it.
    /// @dev Refuses, in this order: NotAValidatorsAdmin, UnknownOrganisation, NoLongerAMember, OrganisationHasValidators, TooManyProposals.
    function proposeRemove(uint32 organisation) external returns (uint64 proposal);
    /// @notice Proposes to add a validator; `location` is the address of its peer-to-peer door, such as `10.0.0.1:9000` or
    /// `[2001:db8::1]:9000`.
    /// @dev Refuses, in this order: NotAValidatorsAdmin, IdentityMalformed, UnknownOrganisation, NoLongerAMember, LocationMalformed,
    /// IdentityTaken, LocationTaken, TooManyValidators, TooManyProposals.
    function proposeAddValidator(bytes32 identity, uint32 organisation, string calldata location) external returns (uint64 proposal);
    /// @notice Proposes to remove a validator.
    /// @dev Refuses, in this order: NotAValidatorsAdmin, ValidatorUnknown, TooFewValidators, TooManyProposals.
    function proposeRemoveValidator(bytes32 identity) external returns (uint64 proposal);
    /// @notice Proposes another quota for an organisation.
    /// @dev Refuses, in this order: NotAValidatorsAdmin, UnknownOrganisation, NoLongerAMember, QuotaZero, TooManyProposals.
    function proposeQuota(uint32 organisation, uint64 gasPerBlock) external returns (uint64 proposal);
    /// @notice Proposes other limits of the network, all of them.
    /// @dev Refuses, in this order: NotAValidatorsAdmin, ParameterOutOfRange, TooManyProposals.
    function proposeParameters(Parameters calldata parameters) external returns (uint64 proposal);
    /// @notice Proposes that blocks follow another version of the rules from a height on.
    /// @dev Refuses, in this order: NotAValidatorsAdmin, VersionNotNewer, HeightTooSoon, TooManyProposals.
    function proposeUpgrade(uint32 version, uint64 height) external returns (uint64 proposal);
    /// @notice Proposes another location for a validator.
    /// @dev Refuses, in this order: NotAValidatorsAdmin, ValidatorUnknown, LocationMalformed, LocationTaken, TooManyProposals.
    function proposeMoveValidator(bytes32 identity, string calldata location) external returns (uint64 proposal);
    /// @notice Votes for all validators of the caller's organisation that have not voted. A vote stays as it was cast.
    /// @dev Refuses, in this order: NotAValidatorsAdmin, ProposalUnknown, ProposalDecided, ProposalExpired, VotedAlready.
    function vote(uint64 proposal, bool support) external;
    /// @notice Votes for one validator of the caller's organisation.
    /// @dev Refuses, in this order: NotAValidatorsAdmin, ProposalUnknown, ProposalDecided, ProposalExpired, NotYourValidator, VotedAlready.
    function voteAs(uint64 proposal, uint64 validator, bool support) external;
    /// @notice Counts again and writes what follows: validators may have left since the last vote, or time may be up. Anyone may call it.
    /// @dev Refuses, in this order: ProposalUnknown, ProposalDecided, VotesUndecided.
    function settle(uint64 proposal) external;

    /// @notice One proposal.
    function proposal(uint64 id) external view returns (Proposal memory);
    /// @notice Proposals in order, beginning at number `from`, and their total number.
    function proposals(uint64 from, uint32 limit) external view returns (Proposal[] memory page, uint64 total);
    /// @notice Numbers of the proposals that can be voted on, the newest first.
    function openProposals() external view returns (uint64[] memory);
    /// @notice All votes cast on a proposal, in order of validator; those of removed validators count no longer.
    function votes(uint64 id) external view returns (Vote[] memory);
    /// @notice How many validators there may be at a time; set at genesis by the length of an epoch.
    function validatorsMax() external view returns (uint32);
    /// @notice The version of the protocol's rules, and the next one.
    function upgrade() external view returns (Upgrade memory);
    /// @notice One organisation.
    function organisation(uint32 id) external view returns (Organisation memory);
    /// @notice Organisations in order of identifier, beginning at index `from` (0 is identifier 1), and their total number.
    function organisations(uint64 from, uint32 limit) external view returns (Organisation[] memory page, uint64 total);
    /// @notice The organisation whose admin account this is, a removed one too, or 0.
    function organisationOf(address admin) external view returns (uint32);
    /// @notice Validators in the order in which they were added, removed ones too, beginning at index `from`, and their total number.
    function validators(uint64 from, uint32 limit) external view returns (Validator[] memory page, uint64 total);
    /// @notice Gas per block of an organisation, 0 when it was removed; of 0, the gas shared by people without an organisation who control a chart.
    function quota(uint32 id) external view returns (uint64);
    /// @notice The limits of the network.
    function parameters() external view returns (Parameters memory);
}
