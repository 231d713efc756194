// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Trials: what stands of clinical trials
/// @notice Native contract at 0x0000000000000000000000000000000000ec000b. Each event of a study is an entry of a log without gaps, each subject a leaf of a tree with sums, so that nothing goes missing unseen. No value, name, arm or
/// kit is on the ledger: roots, counts, codes and accounts are. Entries, bodies, trees and codes stand in docs/protocol/trials.md.
interface ITrials {
    /// @notice When something was observed, and a block that the entering device knew.
    struct When {
        /// Unix milliseconds; 0 for none.
        uint64 observed;
        /// 0 for none.
        uint64 beaconHeight;
        bytes32 beaconHash;
    }

    /// @notice A schedule of activities.
    struct Schedule {
        /// SHA-256 of its document; zero where an amendment leaves the schedule as it is.
        bytes32 root;
        /// For each visit the number of its forms, 1 to 255; in a later schedule 0 for a visit that is retired.
        bytes cells;
    }

    /// @notice An outcome; each word a salted hash, zero where it is not specified.
    struct Outcome {
        /// 1 primary, 2 secondary, 3 other.
        uint8 level;
        bytes32 id;
        bytes32 domain;
        bytes32 measurement;
        bytes32 metric;
        bytes32 aggregation;
        bytes32 timePoint;
        bytes32 population;
    }

    /// @notice A form as it was captured.
    struct Capture {
        uint32 slot;
        uint32 cell;
        bytes32 root;
        uint32 items;
        uint32 nulls;
        When when;
    }

    /// @notice A form that was not captured, with the reason.
    struct Missed {
        uint32 slot;
        uint32 cell;
        uint8 reasonCode;
        bytes32 reason;
        When when;
    }

    /// @notice New versions of items of a form.
    struct Correction {
        uint32 slot;
        uint32 cell;
        /// The newest entry of the form.
        uint64 entry;
        bytes32 root;
        uint32 items;
        uint8 reasonCode;
        When when;
    }

    /// @notice A study.
    struct Study {
        uint32 sponsor;
        uint32 number;
        /// 1 registered, 2 enrolling, 3 locked, 4 unblinded, 5 analysed, 6 published.
        uint8 status;
        /// Entries.
        uint64 size;
        /// Root of the log.
        bytes32 root;
        /// Root of the sums.
        bytes32 sums;
        uint32 subjects;
        uint16 sites;
        uint16 lists;
        uint16 plans;
        uint16 analyses;
        uint16 screenings;
        uint32 queries;
        bytes32 protocol;
        /// Version of the protocol, from 1.
        uint32 version;
        /// The version to which a consent must be at least.
        uint32 consent;
        /// Version of the schedule, from 1.
        uint16 schedule;
        uint8 visits;
        uint16 cells;
        uint16 outcomes;
        uint8 approvers;
        uint8 threshold;
        /// Unix milliseconds.
        uint64 retention;
        /// Entry of the lock in force; 0 for none.
        uint64 lockEntry;
    }

    /// @notice What the subjects of a study come to.
    struct Sums {
        uint32 subjects;
        uint64 entries;
        uint64 items;
        uint64 nulls;
        uint64 missing;
        uint64 openQueries;
        uint32 unsigned;
    }

    /// @notice A subject.
    struct Subject {
        uint32 slot;
        uint16 site;
        /// 1 consented, 2 randomised, 3 withdrawn, 4 withdrawn fully, 5 completed, 6 screen failure, 7 erased.
        uint8 status;
        uint16 schedule;
        uint32 entries;
        uint64 items;
        uint64 nulls;
        uint32 missing;
        uint32 openQueries;
        uint8 unsigned;
        /// Mask of visits.
        uint64 due;
        uint32 consent;
        /// Last link of the subject's chain.
        bytes32 tip;
        /// Forms outside the schedule.
        uint32 unscheduled;
        /// Account of the participant, or zero.
        address participant;
    }

    /// @notice State of a study at a moment; zeros where it has not come.
    struct Milestone {
        bytes32 root;
        uint64 size;
        uint64 height;
        uint64 timeMs;
    }

    /// @notice A site; zeros where there is none.
    struct Site {
        uint32 organisation;
        uint8 status;
    }

    /// @notice A role; zeros where there is none.
    struct Grant {
        uint8 role;
        /// Unix milliseconds.
        uint64 until;
    }

    /// @notice A query; zeros where there is none.
    struct Query {
        uint32 slot;
        uint32 cell;
        uint8 state;
    }

    /// @notice A randomisation list; zeros where there is none.
    struct List {
        /// Height of the block whose random value orders it.
        uint64 height;
        uint32 length;
        /// The next index.
        uint32 next;
        /// 1 committed, 2 drawn, 3 with its entries sealed.
        uint8 status;
    }

    /// @notice An opening of an allocation.
    struct Opening {
        bytes32 study;
        uint32 slot;
        uint16 list;
        uint32 index;
        address reader;
        uint32 organisation;
        bytes32 key;
        bool emergency;
        uint64 height;
        uint64 timeMs;
        /// Unix seconds.
        uint64 expiry;
    }

    /// @notice An entry of a study: its 168 bytes, and what its last field is the hash of.
    event Entered(bytes32 indexed study, uint64 indexed number, uint32 indexed slot, uint8 kind, bytes entry, bytes body);
    /// @notice An allocation was opened; keepers answer it for this seal.
    event AllocationOpened(uint64 indexed opening, bytes32 indexed study, uint32 indexed slot, bytes32 seal);
    /// @notice An account set its second key.
    event FactorSet(address indexed account, address factor);

    /// @notice The account has no enrolment.
    error NotEnrolled();
    /// @notice The organisation ended the person's enrolment.
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
    /// @notice The caller is no administrator of an organisation.
    error NotAnAdministrator();
    /// @notice A commitment or identifier that must be given is zero.
    error CommitmentMissing();
    /// @notice The key identifier is zero.
    error KeyMissing();
    /// @notice The signature is longer than 1024 bytes.
    error SignatureTooLong();
    /// @notice The account is zero or a native contract.
    error AccountNotAllowed();
    /// @notice No opening has this number.
    error OpeningUnknown();
    /// @notice No study has this identifier.
    error StudyUnknown();
    /// @notice The organisation is no sponsor, manufacturer, hospital or clinic.
    error MayNotSponsor();
    /// @notice The sponsor registered a study with this number.
    error StudyRegistered();
    /// @notice The number is not the next one.
    error NumberNotNext();
    /// @notice The schedule has not 1 to 64 visits with forms, or more than 1,024 forms.
    error ScheduleMalformed();
    /// @notice A later schedule keeps the forms of the visits before, or retires a visit with 0.
    error ScheduleDiffers();
    /// @notice The study has no outcome.
    error OutcomesMissing();
    /// @notice The study has more than 64 outcomes.
    error TooManyOutcomes();
    /// @notice No level of an outcome has this code.
    error UnknownOutcomeLevel();
    /// @notice An outcome lacks its identifier, domain, measurement or time point.
    error OutcomeUnspecified();
    /// @notice Two outcomes have the same identifier.
    error OutcomeTwice();
    /// @notice No outcome is primary.
    error PrimaryMissing();
    /// @notice There are not 1 to 16 different approvers, or the threshold is not 1 to their number.
    error ApproversMalformed();
    /// @notice The end of retention is not later than this block.
    error RetentionPassed();
    /// @notice The account has no role in the study that admits this.
    error TrialRoleMissing();
    /// @notice The account's organisation is not the site's.
    error NotOfTheSite();
    /// @notice No reason of this kind has this code.
    error UnknownReason();
    /// @notice No site of the study has this number.
    error SiteUnknown();
    /// @notice A site keeps its organisation.
    error SiteDiffers();
    /// @notice No status of a site has this code.
    error UnknownSiteStatus();
    /// @notice The site enrols nobody.
    error SiteClosed();
    /// @notice No role in a study has this code.
    error UnknownTrialRole();
    /// @notice The role is held at a site, or at none.
    error RoleNotOfSite();
    /// @notice The end of the role is not later than this block.
    error UntilPassed();
    /// @notice One role sees allocations, and another of the account in this study must not.
    error SightsMixed();
    /// @notice The data of the study are locked.
    error StudyLocked();
    /// @notice No subject has this slot.
    error SubjectUnknown();
    /// @notice The subject belongs to another site.
    error SiteOfSubjectDiffers();
    /// @notice The protocol has no such version.
    error ConsentVersionUnknown();
    /// @notice The consent is to an earlier version, and the amendment asks for a new one.
    error ConsentOutdated();
    /// @notice The subject's part in the study has ended.
    error SubjectEnded();
    /// @notice No scope of an ending has this code.
    error UnknownEndScope();
    /// @notice A visit that is to remain due is not due.
    error VisitsNotDue();
    /// @notice Forms of the subject are missing.
    error FormsMissing();
    /// @notice A call is of 1 to 256 forms.
    error EntryCountOutOfRange();
    /// @notice The schedule has no such form.
    error CellUnknown();
    /// @notice The visit of the form is not due for this subject.
    error CellNotDue();
    /// @notice A form outside the schedule takes the next number of its slot.
    error CellNotNext();
    /// @notice The form was captured or declared missed.
    error CellCaptured();
    /// @notice The form was neither captured nor declared missed.
    error CellEmpty();
    /// @notice A form has at least one item, and no more nulls than items.
    error ItemCountMalformed();
    /// @notice The entry is not the newest of the form.
    error EntryNotNewest();
    /// @notice The observation is said to be later than this block.
    error ObservedAhead();
    /// @notice A beacon has both a height and a hash, or neither.
    error BeaconMalformed();
    /// @notice The beacon is not earlier than its own block.
    error BeaconAhead();
    /// @notice The chain has another hash at the beacon's height.
    error BeaconDiffers();
    /// @notice No query of the study has this number.
    error QueryUnknown();
    /// @notice No state of a query has this code.
    error UnknownQueryState();
    /// @notice The query is about another form.
    error QueryDiffers();
    /// @notice The query does not go from its state to this one.
    error QueryNotThere();
    /// @notice No scope of a signature has this code.
    error UnknownSignatureScope();
    /// @notice No meaning of a signature has this code.
    error UnknownMeaning();
    /// @notice Slot and site are not those of the scope.
    error ScopeDiffers();
    /// @notice The signature is said to be later than this block.
    error SignedAhead();
    /// @notice The data are not as they were shown.
    error DataChanged();
    /// @notice The account set no second key before this block.
    error FactorMissing();
    /// @notice The second key is zero, the account itself or the account's last one.
    error FactorMalformed();
    /// @notice The signature is not the account's over exactly this.
    error NotSignedByAccount();
    /// @notice The second signature is not by the account's second key over exactly this.
    error NotSignedByFactor();
    /// @notice Forms that are due were neither captured nor declared missed.
    error DataMissing();
    /// @notice Queries are open.
    error QueriesOpen();
    /// @notice Subjects with data lack the investigator's signature.
    error SignaturesMissing();
    /// @notice The data of the study are not locked.
    error NotLocked();
    /// @notice The entry is not that of the lock in force.
    error LockDiffers();
    /// @notice The account is no approver of the study.
    error NotAnApprover();
    /// @notice The approver has approved this unlock.
    error UnlockApprovedAlready();
    /// @notice A participant has consented.
    error ConsentBegun();
    /// @notice The list is not of 1 to 1,000,000 entries in whole blocks.
    error ListMalformed();
    /// @notice The delay is not of 8 to 8,191 blocks.
    error ListDelayOutOfRange();
    /// @notice No list of the study has this number.
    error ListUnknown();
    /// @notice The list was drawn.
    error DrawnAlready();
    /// @notice The block of the list is not there yet.
    error DrawTooEarly();
    /// @notice The block of the list is more than 8,191 blocks back.
    error DrawTooLate();
    /// @notice The bytes are not the header of the list's block.
    error HeaderDiffers();
    /// @notice The list is not drawn.
    error ListNotDrawn();
    /// @notice The entries of the list are sealed.
    error ListSealedAlready();
    /// @notice The entries of the list are not sealed.
    error ListNotSealed();
    /// @notice All entries of the list are allocated.
    error ListExhausted();
    /// @notice The subject has an index of the list.
    error AllocatedAlready();
    /// @notice The subject has no index of the list.
    error NotAllocated();
    /// @notice No analysis plan of the study has this number.
    error PlanUnknown();
    /// @notice The study is not unblinded.
    error NotUnblinded();
    /// @notice No outcome of the study has this index.
    error OutcomeOutOfRange();
    /// @notice No basis of an erasure has this code.
    error UnknownErasureBasis();
    /// @notice The study's retention is not over.
    error RetentionNotOver();
    /// @notice The subject's data were erased.
    error SubjectErased();
    /// @notice The study has as many subjects as it may.
    error StudyFull();
    /// @notice No milestone has this code.
    error MilestoneUnknown();
    /// @notice The subject has consented to this version.
    error ConsentRepeated();
    /// @notice The function changes state and cannot be called by STATICCALL.
    error StaticCallNotAllowed();
    /// @notice Native contracts hold no value.
    error ValueNotAccepted();
    /// @notice Native contracts cannot be reached by DELEGATECALL or CALLCODE.
    error DelegateCallNotAllowed();
    /// @notice This contract has no function with this selector.
    error UnknownFunctionSelector(bytes4 selector);

    /// @notice Register a study; by an administrator of a sponsor, manufacturer, hospital or clinic.
    /// @param number the sponsor's next, from 1.
    /// @param protocol SHA-256 of the protocol's document.
    /// @param approvers 1 to 16 accounts, of which `threshold` unlock.
    /// @param retention Unix milliseconds until which the data are kept.
    /// @return study its identifier.
    function register(uint32 number, bytes32 protocol, Schedule calldata schedule, Outcome[] calldata outcomes, address[] calldata approvers, uint8 threshold, uint64 retention) external returns (bytes32 study);
    /// @notice Amend protocol, schedule or outcomes; by the sponsor.
    /// @param version the next of the protocol.
    /// @param schedule zero and empty where it stays as it is.
    /// @param outcomes empty where they stay as they are, else all of them.
    /// @param renew whether every participant is to consent again.
    function amend(bytes32 study, uint32 version, bytes32 protocol, uint8 reasonCode, bytes32 reason, Schedule calldata schedule, Outcome[] calldata outcomes, bool renew) external;
    /// @notice Open a site, close it or open it again; by the sponsor.
    /// @param site the next number from 1, or that of a site.
    /// @param status 1 open, 2 closed.
    function site(bytes32 study, uint16 site, uint32 organisation, uint8 status) external;
    /// @notice Give an account a role, or end it; by the sponsor, or for coordinators by an investigator of the site.
    /// @param site 0 for all sites.
    /// @param role 1 trial manager, 2 investigator, 3 coordinator, 4 monitor, 5 data manager, 6 trial pharmacist, 7 statistician, 8 unblinded statistician, 9 data protection officer.
    /// @param until Unix milliseconds; 0 ends the role.
    function role(bytes32 study, address account, uint16 site, uint8 role, uint64 until) external;
    /// @notice Enter a consent; by an investigator or coordinator of the site.
    /// @param slot the next number, or that of a subject who consents again.
    /// @param document SHA-256 of the consent document.
    /// @param version of the protocol for which the document was approved.
    /// @param signature salted commitment to the signed document.
    /// @param participant the participant's account, or zero.
    function consent(bytes32 study, uint32 slot, uint16 site, bytes32 document, uint32 version, bytes32 signature, address participant, When calldata when) external;
    /// @notice End a subject's part; by an investigator or coordinator of the site, or the participant's account.
    /// @param scope 1 treatment, 2 consent, 3 screen failure, 4 completion.
    /// @param due mask of visits that remain due.
    function withdraw(bytes32 study, uint32 slot, uint8 scope, uint64 due, bytes32 reason, When calldata when) external;
    /// @notice Capture 1 to 256 forms, all or none; by investigators and coordinators of their sites.
    function capture(bytes32 study, Capture[] calldata captures) external;
    /// @notice Declare 1 to 256 forms missed, all or none; by investigators and coordinators of their sites.
    function miss(bytes32 study, Missed[] calldata forms) external;
    /// @notice Correct items of 1 to 256 forms, all or none; by investigators and coordinators of their sites.
    function correct(bytes32 study, Correction[] calldata corrections) external;
    /// @notice Open, close or cancel a query, by a monitor or data manager; answer it, by the site.
    /// @param query the next number from 1, or that of a query.
    /// @param state 1 open, 2 answered, 3 closed, 4 cancelled.
    /// @param text salted commitment.
    function query(bytes32 study, uint32 slot, uint32 query, uint32 cell, uint8 state, bytes32 text) external;
    /// @notice Sign data as they stand, with both keys of the caller; by whoever has a role at the site or the study, or the sponsor.
    /// @param scope 1 subject, 2 site, 3 study.
    /// @param dataRoot the subject's tip, or the root of the log.
    /// @param meaning 1 authorship, 2 review, 3 approval, 4 responsibility, 5 consent, 6 lock, 7 release.
    /// @param name salted commitment to the printed name.
    /// @param time of signing, in Unix milliseconds.
    /// @param signature of the caller over Sign(bytes32 study,uint32 slot,uint16 site,uint8 scope,bytes32 dataRoot,uint8 meaning,bytes32 name,uint64 time,address account).
    /// @param second of the second key over the same.
    function sign(bytes32 study, uint32 slot, uint16 site, uint8 scope, bytes32 dataRoot, uint8 meaning, bytes32 name, uint64 time, bytes calldata signature, bytes calldata second) external;
    /// @notice Set the caller's second key. To replace one, the key before it signs too.
    /// @param signature of the new key over Factor(address account,address factor).
    /// @param former of the key before it over the same; empty with the first.
    function setFactor(address factor, bytes calldata signature, bytes calldata former) external;
    /// @notice Lock the data, while nothing is missing, no query open and every subject with data signed; by a data manager.
    /// @param size entries before this one.
    /// @param root of the log before this entry.
    /// @param sums root of the sums.
    function lock(bytes32 study, uint64 size, bytes32 root, bytes32 sums) external;
    /// @notice Approve that the lock is undone; by an approver. The approval that reaches the threshold unlocks.
    /// @param lockEntry number of the lock's entry.
    function approveUnlock(bytes32 study, uint64 lockEntry, uint8 reasonCode, bytes32 reason) external;
    /// @notice Commit to a randomisation list, before the first consent; by an unblinded statistician.
    /// @param list the next number, from 1.
    /// @param delay blocks until that whose random value orders the list, 8 to 8,191.
    /// @param secret commitment.
    function commitList(bytes32 study, uint16 list, bytes32 stratum, bytes32 baseRoot, uint32 length, uint32 blockLength, uint32 delay, bytes32 secret) external;
    /// @notice Draw a list's random value, within 8,191 blocks of its block; by anyone enrolled.
    /// @param header of that block, in RLP.
    function drawList(bytes32 study, uint16 list, bytes calldata header) external;
    /// @notice Fix a list's sealed entries; by an unblinded statistician.
    function sealList(bytes32 study, uint16 list, bytes32 root) external;
    /// @notice Give a subject the next index of a list; by an investigator or trial pharmacist of the site.
    function allocate(bytes32 study, uint32 slot, uint16 list) external returns (uint32 index);
    /// @notice Open a subject's allocation; by a trial pharmacist, or in an emergency by an investigator of the site.
    /// @param reasonCode 1 dispensing, 2 emergency, 3 safety report, 4 accident, 5 other.
    /// @param key content id of the reader's one-time public key.
    /// @return opening its number, from 2^63 on in the whole network; keepers answer it until it expires.
    function open(bytes32 study, uint32 slot, uint16 list, bool emergency, uint8 reasonCode, bytes32 reason, bytes32 key) external returns (uint64 opening);
    /// @notice Register an analysis plan; by a statistician.
    /// @param number the next, from 1.
    function plan(bytes32 study, bytes32 document, uint16 number) external;
    /// @notice Unblind a locked study with a registered plan; by an unblinded statistician.
    /// @param secrets root over the secrets of the lists.
    function unblind(bytes32 study, uint16 plan, bytes32 secrets) external;
    /// @notice Enter an analysis of locked data, of a study with lists after it was unblinded; by a statistician.
    /// @param number the next, from 1.
    /// @param plan number of the plan that asks for it; 0 for none.
    /// @param lockEntry number of the entry of the lock in force.
    /// @param outcome index of the outcome, from 0.
    function analyse(bytes32 study, uint16 number, uint16 plan, uint64 lockEntry, bytes32 manifest, bytes32 program, bytes32 result, uint16 outcome) external;
    /// @notice Enter a publication of results; by the sponsor.
    /// @param outcomes as they are published.
    function publish(bytes32 study, bytes32 document, Outcome[] calldata outcomes) external;
    /// @notice Erase a subject's data: position and counts stay; by a data protection officer, or an investigator of the site.
    /// @param basis 1 retention over, 2 order, 3 unlawful.
    function erase(bytes32 study, uint32 slot, uint8 basis, bytes32 reason) external;
    /// @notice Enter a screening for fabricated data; by a data manager or monitor.
    /// @param number the next, from 1.
    function screen(bytes32 study, bytes32 report, uint16 number) external;

    /// @notice How many studies a sponsor registered.
    function registered(uint32 organisation) external view returns (uint32);
    /// @notice The identifier that a sponsor's study has.
    function studyId(uint32 organisation, uint32 number) external view returns (bytes32);
    /// @notice A study.
    function studyOf(bytes32 study) external view returns (Study memory);
    /// @notice What its subjects come to.
    function sumsOf(bytes32 study) external view returns (Sums memory);
    /// @notice Its state at a milestone: 1 registered, 2 first consent, 3 last lock, 4 unblinded, 5 first analysis, 6 last unlock, 7 first publication.
    function milestoneOf(bytes32 study, uint8 milestone) external view returns (Milestone memory);
    /// @notice A subject.
    function subjectOf(bytes32 study, uint32 slot) external view returns (Subject memory);
    /// @notice The newest entry of a form of a subject; 0 where there is none.
    function entryOf(bytes32 study, uint32 slot, uint32 cell) external view returns (uint64);
    /// @notice A site.
    function siteOf(bytes32 study, uint16 site) external view returns (Site memory);
    /// @notice The role of an account at a site, or at none with 0.
    function roleOf(bytes32 study, address account, uint16 site) external view returns (Grant memory);
    /// @notice A query.
    function queryOf(bytes32 study, uint32 query) external view returns (Query memory);
    /// @notice A list.
    function listOf(bytes32 study, uint16 list) external view returns (List memory);
    /// @notice One more than the index that a subject has of a list; 0 for none.
    function placeOf(bytes32 study, uint16 list, uint32 slot) external view returns (uint32);
    /// @notice The seal of an entry of a list, with which it is encrypted.
    function sealOf(bytes32 study, uint16 list, uint32 index) external view returns (bytes32);
    /// @notice An opening of an allocation.
    function openingByNumber(uint64 opening) external view returns (Opening memory);
    /// @notice The second key of an account, or zero.
    function factorOf(address account) external view returns (address);
    /// @notice The signing domain (EIP-5267).
    function eip712Domain() external view returns (bytes1 fields, string memory name, string memory version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] memory extensions);
}
