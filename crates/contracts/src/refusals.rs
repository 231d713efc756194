//! Every refusal of the native contracts, in one table: code, selector, HTTP status and what to do.

use alloy_primitives::{Bytes, keccak256};

use crate::host::Stop;

/// Declares the refusals in the order of their codes; the Solidity error has the same name and no arguments.
macro_rules! refusals {
    ($($name:ident = $code:literal, $status:literal, $fact:literal, $hint:literal;)+) => {
        /// A rule said no. Its Solidity error has the same name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum Refusal { $(#[doc = $fact] $name = $code,)+ }

        impl Refusal {
            /// All of them, in order of code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name of the Solidity error.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }

            /// The HTTP status that tells it.
            pub const fn http_status(self) -> u16 {
                match self { $(Self::$name => $status,)+ }
            }

            /// What is so, in lower case.
            pub const fn fact(self) -> &'static str {
                match self { $(Self::$name => $fact,)+ }
            }

            /// What to do about it, for the command line.
            pub const fn hint(self) -> &'static str {
                match self { $(Self::$name => $hint,)+ }
            }
        }
    };
}

refusals! {
    // Any contract.
    UnknownFunctionSelector = 100, 404, "the contract has no such function", "check the ABI in solidity/interfaces";
    StaticCallNotAllowed = 101, 405, "the function changes state and was called by STATICCALL", "send a transaction instead of a static call";
    DelegateCallNotAllowed = 102, 405, "a native contract was reached by DELEGATECALL or CALLCODE", "call the contract's own address";
    ValueNotAccepted = 103, 422, "value was sent to a native contract", "send the transaction with value 0";
    PageOutOfRange = 104, 422, "the page is not of 1 to 100 entries", "ask for 1 to 100 entries at a time";
    NotEnrolled = 105, 403, "the account has no enrolment", "ask an organisation to enrol it: theriac directory enrol";
    EnrolmentEnded = 106, 403, "the organisation ended the person's enrolment", "ask an organisation to enrol the person again";
    EnrolmentExpired = 107, 403, "the person's enrolment has expired", "ask the organisation to enrol the person again with a later expiry";
    CommitmentMissing = 108, 422, "a commitment or identifier that must be given is zero", "give all commitments and identifiers";
    ExpiryPassed = 109, 422, "the expiry is not later than this block", "give a later expiry, in unix seconds";
    UnknownRole = 110, 422, "no role has this code", "see the roles in theriac directory enrol --help";
    UnknownKind = 111, 422, "no kind of record has this code", "see the kinds in theriac record add --help";
    KeyMissing = 112, 422, "the key identifier is zero", "give the content id of the public key";
    ChartUnknown = 113, 404, "no chart has this identifier", "check the identifier of the chart";
    RecordUnknown = 114, 404, "no record of this chart has this identifier", "list the records of the chart: theriac record list";
    RecordWithdrawnAlready = 115, 410, "the author withdrew the record", "ask its author for a new record";
    SignatureTooLong = 116, 422, "the signature is longer than 1024 bytes", "give a signature of 65 bytes, or what the contract wallet needs";
    NotAParty = 117, 403, "the caller is no party of the chart", "ask for access first: theriac access request";
    // members
    NoLongerAMember = 150, 403, "the organisation was removed by vote", "ask a member organisation to enrol the person";
    NotAValidatorsAdmin = 151, 403, "the caller is not the admin account of a member that runs a validator", "use the admin account of an organisation with a validator";
    ProposalUnknown = 152, 404, "no proposal has this number", "list the proposals: theriac member list";
    ProposalDecided = 153, 409, "the proposal was decided before", "see the decision: theriac member list --all";
    ProposalExpired = 154, 410, "the time to vote on the proposal is over", "propose it again: theriac member propose";
    NotYourValidator = 155, 403, "the validator is removed or another organisation's", "list the validators: theriac member list";
    VotedAlready = 156, 409, "all validators that the caller votes for have voted on this", "a vote stays as it was cast";
    VotesUndecided = 157, 409, "the votes do not decide the proposal yet", "wait for more votes: theriac member list";
    TooManyProposals = 158, 429, "the organisation has 8 open proposals", "wait until one is decided or expires";
    NameMalformed = 159, 422, "the name has not 1 to 64 bytes, or a control character", "give a shorter name in plain characters";
    UnknownOrganisationKind = 160, 422, "no kind of organisation has this code", "see the kinds in theriac member propose admit --help";
    AdminAccountTaken = 161, 409, "the account is another member's, or was enrolled as a person", "make an account for the organisation: theriac account new";
    TooManyOrganisations = 162, 409, "the network has 10,000 organisations", "no more organisations can be admitted";
    QuotaZero = 163, 422, "the quota is zero", "give a quota above zero, or remove the organisation";
    OrganisationHasValidators = 164, 409, "the organisation runs a validator", "remove its validators first: theriac member propose remove-validator";
    IdentityMalformed = 165, 422, "the identity is not an Ed25519 public key", "give the identity that theriac genesis identity printed";
    IdentityTaken = 166, 409, "a validator has this identity", "list the validators: theriac member list";
    LocationMalformed = 167, 422, "the location is not an IP address and a port as they are printed", "give the address of the validator's peer-to-peer door, such as 10.0.0.1:9000";
    LocationTaken = 168, 409, "a validator has this location", "list the validators: theriac member list";
    TooManyValidators = 169, 409, "the network has as many validators as its epochs can carry", "remove a validator first: theriac member propose remove-validator";
    ValidatorUnknown = 170, 404, "no active validator has this identity", "list the validators: theriac member list";
    TooFewValidators = 171, 409, "without this validator not one member could fail unharmed", "add another validator first: theriac member propose add-validator";
    ParameterOutOfRange = 172, 422, "a parameter is zero or greater than allowed", "see the ranges in theriac member propose parameters --help";
    VersionNotNewer = 173, 422, "the version is not newer than the one in force", "give a higher version; see theriac member list";
    HeightTooSoon = 174, 422, "the height is less than 100 blocks away", "give a later height; see theriac status";
    ContentUnreadable = 175, 409, "the proposal was written under an earlier version of the rules", "propose it again: theriac member propose";
    UnknownOrganisation = 200, 404, "no organisation has this identifier", "list the organisations: theriac directory show";
    // records: erasing and holding
    NeitherAuthorNorController = 250, 403, "the account is neither the record's author nor the chart's controller", "only they have a record erased";
    RecordNotWithdrawn = 251, 409, "the record counts still", "let its author withdraw it first: theriac record withdraw";
    RecordErasedAlready = 252, 410, "the record was erased", "nothing of it is left to erase or hold";
    RecordHeld = 253, 409, "the record must be kept until its hold ends", "wait for the end of the hold: theriac record hold RECORD";
    MayNotHold = 254, 403, "the account is neither the author nor an administrator of the author's organisation", "ask them to set or release the hold";
    HoldTooLong = 255, 422, "the hold would end more than 30 years from now", "give an earlier end; it can be extended later";
    NotHeld = 256, 409, "no hold stands on the record", "see the record: theriac record show";
    // directory
    NotAnAdministrator = 300, 403, "the caller is no administrator of an organisation", "use the organisation's admin account or an administrator's";
    AccountNotAllowed = 301, 422, "the account is zero or a native contract", "give a person's account";
    AccountIsAnOrganisation = 302, 409, "the account is an organisation's admin account", "give the person an account of their own";
    AlreadyEnrolled = 303, 409, "the account has an active enrolment", "end the enrolment first, where it is: theriac directory revoke";
    NotYourOrganisation = 304, 403, "the person belongs to another organisation", "ask the person's own organisation";
    // records
    RoleMayNotWrite = 400, 403, "the role may not write records into this chart", "ask a physician, nurse, pharmacist or the gateway to write it";
    NotYourChart = 401, 403, "a patient adds to her own chart only", "use your own chart";
    ChartIdMissing = 402, 422, "the chart's identifier is zero", "give 32 random bytes";
    ChartExists = 403, 409, "a chart with this identifier exists", "give 32 fresh random bytes";
    ControllerNotEnrolled = 404, 422, "the controller to be has no active enrolment", "enrol the patient first: theriac directory enrol";
    ControllerNotAPatient = 405, 422, "someone else opens a chart for a patient only", "let the person open the chart themself";
    RecordIdMissing = 406, 422, "the record's identifier is zero", "give 32 random bytes";
    UnknownProtection = 407, 422, "no protection has this code", "use direct (1) or sealed (2)";
    RecordExists = 408, 409, "a record with this identifier exists", "give 32 fresh random bytes";
    NotTheAuthor = 409, 403, "the account is not the author of the record", "only the author amends or withdraws it";
    DeadlinePassed = 410, 422, "the deadline of the author's signature has passed", "let the author sign again with a later deadline";
    NonceNotNext = 411, 409, "the nonce is not the author's next one", "read the next nonce and let the author sign again";
    NotSignedByAuthor = 412, 403, "the signature is not the author's over exactly this", "let the author sign exactly these values on this chain";
    // access
    NotTheController = 500, 403, "the caller does not control the chart", "only the patient decides: use her key";
    OwnChart = 501, 409, "the reader controls the chart and needs no grant", "read it with the wrap made for the controller";
    UnknownPurpose = 502, 422, "no purpose of use has this code", "see the purposes in theriac access request --help";
    KindMismatch = 503, 422, "the record is of another kind than the mask says", "give the kind of the record, or none";
    WrapMissing = 504, 422, "the wrap's identifier is zero", "give the content id of the wrapped data key";
    ExpiryTooFar = 505, 422, "the expiry is later than the network allows", "give an earlier expiry; see the parameters of members";
    DailyLimitReached = 506, 429, "the account made as many requests and openings today as the network allows", "try again tomorrow (UTC)";
    RequestUnknown = 507, 404, "no request or grant has this identifier", "list them: theriac access log";
    RequestDecided = 508, 409, "the request was decided before", "see the decision: theriac access log";
    RequestExpired = 509, 410, "the request has expired", "ask again: theriac access request";
    RequestNotAdmitted = 510, 409, "the request was not admitted by a rule", "approve it instead: theriac access approve";
    RequestDenied = 511, 403, "the request was denied", "ask the patient";
    NotYetGranted = 512, 409, "the request waits for the patient", "wait for her decision: theriac watch";
    GrantRevoked = 513, 403, "the grant was revoked", "ask again: theriac access request";
    GrantExpired = 514, 410, "the grant has expired", "ask again: theriac access request";
    NotTheGrantee = 515, 403, "the caller does not hold the grant", "only the requester opens; ask for access yourself";
    RecordNotCovered = 516, 403, "the grant does not cover the record", "ask for this record: theriac access request";
    ApprovalReplayed = 517, 409, "an approval with this nonce was counted before", "the patient signs each request anew, with a fresh nonce";
    NotSignedByController = 518, 403, "the signature is not the controller's over exactly this approval", "sign exactly the fields of the request on this chain";
    RuleIndexOutOfOrder = 519, 422, "the index is not that of a rule and not the next one", "list the rules and use the next index";
    TooManyRules = 520, 429, "the chart holds as many rules as the network allows", "replace or remove a rule";
    RuleMalformed = 521, 422, "the rule has no effect, or ends before it begins", "give deny or permit, and an end later than the beginning";
    RuleUnknown = 522, 404, "no rule has this index", "list the rules of the chart";
    OrganisationChanged = 523, 403, "the grantee has left the organisation that the grant names", "ask again from the new organisation: theriac access request";
    // seals
    SealMissing = 600, 422, "a sealed record comes with its seal", "register it with registerSealed, or with direct protection";
    RecordIsSealed = 601, 409, "the record is sealed", "open it through its seal, and amend it with a new seal";
    RecordNotSealed = 602, 409, "the record is not sealed", "open it under a grant, and amend it without a seal";
    RecordCountOutOfRange = 603, 422, "an opening is of 1 to 512 records", "open the records in several openings";
    RecordTwice = 604, 422, "a record is listed twice", "list each record once";
    PurposeDiffers = 605, 409, "the request was made for another purpose", "open for the purpose of the request, or ask again";
    RuleNotAContract = 606, 422, "the address holds no code, or is a native contract", "deploy the rule first, and give its address";
    OpeningUnknown = 607, 404, "no opening has this number", "check the number of the opening";
    OpeningDenied = 608, 403, "the opening was denied", "ask the patient: theriac access request";
    OpeningExpired = 609, 410, "the opening has expired", "open the records again";
    OpeningClosed = 610, 403, "access was restricted or the key frozen after the opening", "open the records again; the rules decide as they stand now";
    SealsDiffer = 611, 409, "the seals are not those of the opening", "list the seals of the opening in its order";
    NotAnEmergency = 612, 422, "only BTG and ETREAT are purposes of an emergency", "give one of them, or open without breaking the glass";
    RoleMayNotBreakGlass = 613, 403, "only physicians and nurses break the glass", "ask the patient: theriac access request";
    NothingInScope = 614, 404, "the chart has no record that break-glass may open", "ask the patient: theriac access request";
    UnknownOutcome = 615, 422, "no outcome of a review has this code", "give justified (1) or not justified (2)";
    NothingToReview = 616, 409, "the opening broke no glass", "list the reviews that the organisation owes";
    NotAPrivacyOfficer = 617, 403, "the caller is no privacy officer of the organisation", "ask a privacy officer of the requester's organisation";
    OwnOpening = 618, 409, "the officer made the opening", "let another privacy officer review it";
    ReviewedAlready = 619, 409, "the opening was reviewed before", "see the review: reviewOf";
    // recovery
    KeyFrozen = 700, 403, "the key is frozen while its recovery runs", "wait for the end of the recovery: theriac recovery status";
    KeyReplaced = 701, 410, "another key has taken the place of this one", "use the key that the recovery named";
    GuardianCountOutOfRange = 702, 422, "there are not 1 to 16 guardians", "name 1 to 16 guardians";
    ThresholdOutOfRange = 703, 422, "the threshold is not 2 to the number of guardians, or 1 for a single one", "give a threshold of more than half of the guardians";
    DelayOutOfRange = 704, 422, "the delay is not within the network's bounds", "see recoveryDelayMin and recoveryDelayMax in the parameters of members";
    GuardianTwice = 705, 422, "an account is named twice as guardian", "name each guardian once";
    GuardianNotAllowed = 706, 422, "the account cannot be its own guardian", "name people and organisations whom you trust";
    RecoveryRuns = 707, 409, "a recovery of this account is running", "veto it, or let the guardians cancel it: theriac recovery status";
    NoGuardians = 708, 404, "the account has no guardians", "its person names them: theriac recovery guardians";
    NotAGuardian = 709, 403, "the caller is not a guardian of the account", "ask one of its guardians";
    SuccessorNotAllowed = 710, 422, "the successor is zero, a native contract, an organisation, enrolled or awaited by someone else", "make a fresh key: theriac account new";
    RecoveryUnknown = 711, 404, "no recovery of this account is open", "a guardian begins one: theriac recovery propose";
    SuccessorNotProposed = 712, 404, "no guardian has proposed this successor", "check the address, or propose it: theriac recovery propose";
    SuccessorFixed = 713, 409, "the recovery is for another successor", "see it: theriac recovery status";
    ApprovedAlready = 714, 409, "the guardian has approved this successor before", "wait for the others: theriac recovery status";
    VetoesUsedUp = 715, 409, "every guardian is needed already", "speak with the guardians; one who disagrees is enough to stop it";
    FreezeVotedAlready = 716, 409, "the guardian has voted to freeze before", "wait for the others: theriac recovery status";
    CancelVotedAlready = 717, 409, "the guardian has voted to cancel before", "wait for the others: theriac recovery status";
    ApprovalsMissing = 718, 409, "fewer guardians than needed approve", "wait for the others: theriac recovery status";
    DelayNotOver = 719, 409, "the delay of the recovery is not over", "execute it later: theriac recovery status";
    NothingToMove = 720, 409, "all charts of the account have been moved", "nothing more is to be done";
    NotSignedBySuccessor = 721, 403, "the signature is not the successor's over exactly this", "let the successor sign exactly these values on this chain";
    NotConcerned = 722, 403, "the caller is neither the account nor a guardian nor the successor", "ask the person or a guardian";
    AccountIsASuccessor = 723, 409, "the account is to succeed another in a recovery", "wait for the end of the recovery";
    MovesUnfinished = 724, 409, "charts of the key before this one are yet to be moved", "move them first: theriac recovery execute";
    // delegation
    UnknownDelegationKind = 750, 422, "no kind of delegation has this code", "give guardian (1) or proxy (2)";
    DelegationMalformed = 751, 422, "the delegation has no end, ends before it begins, or names a majority for a proxy", "give a proxy an end, a guardian an end or the day of majority";
    DelegateIsTheController = 752, 409, "the controller needs no delegation of her own chart", "appoint someone else";
    TooManyDelegates = 753, 429, "the chart has as many delegates as it may", "dismiss one first: theriac delegate dismiss";
    DelegateUnknown = 754, 404, "the account is no delegate of the chart", "list the delegates: theriac delegate list";
    NotADelegate = 755, 403, "the account may not act for the chart in this", "see the kinds, purposes and time of the delegation: theriac delegate list";
    NotSignedByDelegate = 756, 403, "the signature is not the delegate's over exactly this approval", "sign exactly the fields of the request on this chain";
    // packs
    NotATradingPartner = 800, 403, "the organisation does not trade in medicines", "use an account of a manufacturer, wholesaler, pharmacy, hospital or clinic";
    RoleMayNotHandlePacks = 801, 403, "the role does not act for the organisation in packs", "ask a pharmacist, an administrator or the gateway";
    NotAManufacturer = 802, 403, "the organisation is no manufacturer", "let the manufacturer enter it";
    NotADispenser = 803, 403, "the organisation is no pharmacy, hospital or clinic", "let a pharmacy, hospital or clinic dispense it";
    RoleMayNotDispense = 804, 403, "the role may not dispense", "ask a pharmacist";
    GtinMalformed = 805, 422, "the number is no GTIN of at most 14 digits with its check digit", "check the number as it is printed";
    HolderNotAManufacturer = 806, 422, "the holder of a product is a manufacturer", "give the number of a manufacturer";
    ResponderMalformed = 807, 422, "the responder is no https address of at most 200 characters", "give an address that begins with https://, or none";
    NotTheProductHolder = 808, 403, "the product is not the caller's to claim or to change", "ask its holder or a regulator";
    ProductUnknown = 809, 404, "nobody has claimed the product", "check the GTIN";
    LotCommissioned = 810, 409, "a lot with this root was commissioned", "see the lot; a lot is entered once";
    LotUnknown = 811, 404, "no lot has this root", "check the root of the lot";
    KeyUsed = 812, 409, "the key was used before", "make a fresh one-time key";
    KeyCountOutOfRange = 813, 422, "an entry closes 1 to 64 keys", "close the keys in several entries";
    ListsDiffer = 814, 422, "two lists that belong together differ in length", "give one value for each";
    KeyTwice = 815, 422, "a key is listed twice", "list each key once";
    KeyClosed = 816, 409, "the key is closed", "ask the sender for what follows; a key is closed once";
    NotSignedByKey = 817, 403, "the signature is not by the key over exactly this", "sign exactly these values with the one-time key on this chain";
    PackCountOutOfRange = 818, 422, "an entry is of 1 to 64 packs", "enter the packs in several entries";
    PackTwice = 819, 422, "a pack is listed twice", "list each pack once";
    AlreadyDispensed = 820, 409, "the pack was dispensed", "set the pack apart and investigate: one of two packs with these values may be false";
    AlreadyDecommissioned = 821, 409, "the pack left otherwise than by being dispensed", "set the pack apart, and see how it left";
    PackFlagged = 822, 409, "a flag stands on the pack", "set the pack apart, and see its flags";
    PackReserved = 823, 409, "after a contest only the holder's organisation may let the pack leave", "ask for the custody of the pack, and contest with it";
    UnknownExitKind = 824, 422, "no kind of exit has this code, or it is that of dispensing", "give sample (2) to stolen (8), or dispense";
    UndoNotAllowed = 825, 422, "a pack that was destroyed, lost or stolen does not come back", "give zero for the undo commitment";
    HasNotLeft = 826, 409, "the pack has not left", "nothing is to be undone";
    NotYourExit = 827, 403, "another organisation entered the exit", "ask that organisation";
    ExitIsFinal = 828, 409, "the exit was entered as one that cannot be undone", "destroy the pack and enter nothing more";
    UndoTooLate = 829, 410, "an exit is undone within 10 days", "the pack stays out";
    SecretDiffers = 830, 403, "the secret is not that of the exit", "give the secret that was made for this exit";
    NothingToContest = 831, 409, "the pack has not left, or by the caller's own organisation", "see the exit of the pack";
    StepCountOutOfRange = 832, 422, "a custody proof has at most 16 steps", "ask a regulator";
    CustodyNotProven = 833, 422, "the proof does not lead from the lot to a key", "ask the sender of the pack for the proof";
    ExitByTheHolder = 834, 409, "the organisation held the pack when it let it leave", "ask that organisation";
    UnknownFlagSubject = 835, 422, "no subject of a flag has this code", "give lot (1), container (2) or pack (3)";
    UnknownFlagKind = 836, 422, "no kind of flag has this code, or none of this subject", "see the kinds in solidity/interfaces/IPacks.sol";
    HandleMalformed = 837, 422, "the handle is zero, or no key in the lower 20 bytes", "give a root, a key padded on the left, or a nullifier";
    MayNotFlag = 838, 403, "neither the organisation that commissioned the lot nor a regulator", "ask the manufacturer of the lot";
    TooManyFlags = 839, 429, "the handle has as many flags as may stand on it", "see them; one is enough";
    FlagUnknown = 840, 404, "no flag has this number", "check the number of the flag";
    FlagCleared = 841, 409, "the flag was cleared", "see the flag";
    MayNotClear = 842, 403, "neither the organisation that flagged nor a regulator", "ask the organisation that raised the flag";
    DocumentCountOutOfRange = 843, 422, "an entry is of 1 to 64 documents", "commit the documents in several entries";
    DocumentTwice = 844, 422, "a document is listed twice", "list each document once";
    DocumentCommitted = 845, 409, "the document was committed before", "see when it was; leave it out";
    FlagTwice = 846, 409, "the newest flag of the handle says the same", "see the flag; give a notice of its own for another";
    // cabinets
    RoleMayNotOpenCabinets = 850, 403, "only administrators, pharmacists and gateways open cabinets", "ask an administrator";
    CabinetExists = 851, 409, "a cabinet with this identifier exists", "give 32 fresh random bytes";
    CabinetUnknown = 852, 404, "no cabinet has this identifier", "check the identifier of the cabinet";
    AuditorNotARegulator = 853, 422, "the auditor is a regulator, or nobody", "give the number of a regulator, or 0";
    NotYourCabinet = 854, 403, "the cabinet is another organisation's", "ask that organisation";
    RoleMayNotRecord = 855, 403, "the role records nothing in cabinets", "ask a pharmacist, nurse, physician, administrator or the gateway";
    CommitmentMalformed = 856, 422, "a commitment is no point of ristretto255 in its one encoding", "make commitments with the client library";
    NotConserved = 857, 422, "what came in is not the sum of where it went", "let amounts and blindings add up";
    ItemUnknown = 858, 404, "nothing was recorded of the item in this cabinet", "check the identifier of the item";
    RoleMayNotCount = 859, 403, "only pharmacists, nurses, physicians and administrators count", "let two of them count";
    WitnessIsTheCounter = 860, 422, "the witness is the one who counts", "let a second person witness the count";
    WitnessNotEligible = 861, 403, "the witness may not count in this organisation", "let a pharmacist, nurse, physician or administrator witness";
    NotSignedByWitness = 862, 403, "the signature is not the witness's over exactly this", "let the witness sign this count with the item's present number of entries";
    ScalarMalformed = 863, 422, "the blinding is no scalar in its one encoding", "make it with the client library";
    CountNotProven = 864, 422, "the blinding does not show the count to be equal", "give the difference of the blindings, or zero where the count differs";
    DiscrepancyUnknown = 865, 404, "no discrepancy has this number", "list the open discrepancies of the organisation";
    RoleMayNotExplain = 866, 403, "only administrators and pharmacists explain", "ask one who did not count";
    OwnDiscrepancy = 867, 409, "who counted or witnessed does not explain", "let another administrator or pharmacist explain it";
    ExplainedAlready = 868, 409, "the discrepancy was explained", "see the discrepancy";
    NotACabinetReader = 869, 403, "the caller is neither of the organisation nor of the auditor", "ask the organisation of the cabinet";
    RecordedAlready = 870, 409, "these amounts were recorded before", "see the balances; a new record has new blindings";
    // prescriptions
    NotAPrescriber = 880, 403, "only physicians of hospitals and clinics prescribe", "ask a physician";
    FillsOutOfRange = 881, 422, "a prescription has 1 to 100 fills", "give 1 to 100 fills";
    WindowMalformed = 882, 422, "the prescription ends before it begins, or more than a year after", "give an end at most 366 days after the beginning";
    PrescriptionUnknown = 883, 404, "no prescription has this key", "scan the prescription again";
    FillTaken = 884, 409, "the key was spent by a fill", "see that fill; the patient holds the next key";
    PrescriptionCancelled = 885, 410, "the prescription was cancelled", "ask the prescriber";
    PrescriptionNotBegun = 886, 409, "the prescription does not count yet", "fill it from its first day on";
    PrescriptionExpired = 887, 410, "the prescription has expired", "ask the prescriber for a new one";
    NextNotNeeded = 888, 422, "after the last fill no key follows", "give zero for the next key";
    QuantityNotConserved = 889, 422, "what was left is not the sum of what is dispensed and what is left", "let amounts and blindings add up";
    PrescriptionFilled = 890, 409, "all fills were taken", "nothing is left to cancel";
    MayNotCancel = 891, 403, "neither the prescriber nor an administrator of her organisation", "ask the prescriber";
    // trials
    StudyUnknown = 900, 404, "no study has this identifier", "check the identifier of the study";
    MayNotSponsor = 901, 403, "the organisation is no sponsor, manufacturer, hospital or clinic", "let the sponsor register the study";
    StudyRegistered = 902, 409, "the sponsor registered a study with this number", "see the study; the next number registers another";
    NumberNotNext = 903, 409, "the number is not the next one", "read how many there are, and send the call with the next number";
    ScheduleMalformed = 904, 422, "the schedule has not 1 to 64 visits with forms, or more than 1,024 forms", "give for each visit the number of its forms, 1 to 255";
    ScheduleDiffers = 905, 422, "a later schedule keeps the forms of the visits before, or retires a visit with 0", "repeat the earlier visits, and append the new ones";
    OutcomesMissing = 906, 422, "the study has no outcome", "give its outcomes";
    TooManyOutcomes = 907, 422, "the study has more than 64 outcomes", "give at most 64";
    UnknownOutcomeLevel = 908, 422, "no level of an outcome has this code", "give primary (1), secondary (2) or other (3)";
    OutcomeUnspecified = 909, 422, "an outcome lacks its identifier, domain, measurement or time point", "specify each outcome before the study begins";
    OutcomeTwice = 910, 422, "two outcomes have the same identifier", "give each outcome an identifier of its own";
    PrimaryMissing = 911, 422, "no outcome is primary", "give at least one primary outcome";
    ApproversMalformed = 912, 422, "there are not 1 to 16 different approvers, or the threshold is not 1 to their number", "name the approvers, and how many of them unlock";
    RetentionPassed = 913, 422, "the end of retention is not later than this block", "give a later end, in unix milliseconds";
    TrialRoleMissing = 914, 403, "the account has no role in the study that admits this", "ask the sponsor for the role, or someone who has it";
    NotOfTheSite = 915, 403, "the account's organisation is not the site's", "use an account of the site's organisation";
    UnknownReason = 916, 422, "no reason of this kind has this code", "see the reasons in docs/protocol/trials.md";
    SiteUnknown = 917, 404, "no site of the study has this number", "list the sites of the study";
    SiteDiffers = 918, 422, "a site keeps its organisation", "open another site for another organisation";
    UnknownSiteStatus = 919, 422, "no status of a site has this code", "give open (1) or closed (2)";
    SiteClosed = 920, 409, "the site enrols nobody", "enrol at a site that is open";
    UnknownTrialRole = 921, 422, "no role in a study has this code", "see the roles in docs/protocol/trials.md";
    RoleNotOfSite = 922, 422, "the role is held at a site, or at none", "give a site to investigators and coordinators, and 0 to the sponsor's roles";
    UntilPassed = 923, 422, "the end of the role is not later than this block", "give a later end in unix milliseconds, or 0 to end the role now";
    SightsMixed = 924, 409, "one role sees allocations, and another of the account in this study must not", "give the role to someone else";
    StudyLocked = 925, 409, "the data of the study are locked", "let the approvers unlock them first";
    SubjectUnknown = 926, 404, "no subject has this slot", "check the slot";
    SiteOfSubjectDiffers = 927, 409, "the subject belongs to another site", "give the subject's site";
    ConsentVersionUnknown = 928, 422, "the protocol has no such version", "give the version that the consent document names";
    ConsentOutdated = 929, 409, "the consent is to an earlier version, and the amendment asks for a new one", "let the participant consent again";
    SubjectEnded = 930, 409, "the subject's part in the study has ended", "nothing more can be entered of this kind";
    UnknownEndScope = 931, 422, "no scope of an ending has this code", "give treatment (1), consent (2), screen failure (3) or completion (4)";
    VisitsNotDue = 932, 422, "a visit that is to remain due is not due", "name visits that are due";
    FormsMissing = 933, 409, "forms of the subject are missing", "capture them, or declare them missed with a reason";
    EntryCountOutOfRange = 934, 422, "a call is of 1 to 256 forms", "enter the forms in several calls";
    CellUnknown = 935, 422, "the schedule has no such form", "check the number of the cell";
    CellNotDue = 936, 409, "the visit of the form is not due for this subject", "see the visits that are due";
    CellNotNext = 937, 409, "a form outside the schedule takes the next number of its slot", "read how many there are, and make the form with the next number";
    CellCaptured = 938, 409, "the form was captured or declared missed", "correct it instead";
    CellEmpty = 939, 409, "the form was neither captured nor declared missed", "capture it first";
    ItemCountMalformed = 940, 422, "a form has at least one item, and no more nulls than items", "count the items of the form";
    EntryNotNewest = 941, 409, "the entry is not the newest of the form", "read the newest entry, and correct that";
    ObservedAhead = 942, 422, "the observation is said to be later than this block", "give the time of the observation, not a later one";
    BeaconMalformed = 943, 422, "a beacon has both a height and a hash, or neither", "give both, or zeros";
    BeaconAhead = 944, 422, "the beacon is not earlier than its own block", "give a block that the device knew";
    BeaconDiffers = 945, 422, "the chain has another hash at the beacon's height", "give the hash of a finalised block of this chain";
    QueryUnknown = 946, 404, "no query of the study has this number", "check the number of the query";
    UnknownQueryState = 947, 422, "no state of a query has this code", "give open (1), answered (2), closed (3) or cancelled (4)";
    QueryDiffers = 948, 422, "the query is about another form", "give the slot and cell of the query";
    QueryNotThere = 949, 409, "the query does not go from its state to this one", "see the state of the query";
    UnknownSignatureScope = 950, 422, "no scope of a signature has this code", "give subject (1), site (2) or study (3)";
    UnknownMeaning = 951, 422, "no meaning of a signature has this code", "see the meanings in docs/protocol/trials.md";
    ScopeDiffers = 952, 422, "slot and site are not those of the scope", "give slot and site of the subject, the site alone, or neither";
    SignedAhead = 953, 422, "the signature is said to be later than this block", "give the time of signing, not a later one";
    DataChanged = 954, 409, "the data are not as they were shown", "read them again, and decide on them as they stand";
    FactorMissing = 955, 409, "the account set no second key before this block", "set the second key first";
    FactorMalformed = 956, 422, "the second key is zero, the account itself or the account's last one", "give a key of another device";
    NotSignedByAccount = 957, 403, "the signature is not the account's over exactly this", "sign exactly these values with the account's key on this chain";
    NotSignedByFactor = 958, 403, "the second signature is not by the account's second key over exactly this", "sign exactly these values with the second key on this chain";
    DataMissing = 959, 409, "forms that are due were neither captured nor declared missed", "see the subjects with missing forms";
    QueriesOpen = 960, 409, "queries are open", "answer and close them";
    SignaturesMissing = 961, 409, "subjects with data lack the investigator's signature", "let the investigators sign";
    NotLocked = 962, 409, "the data of the study are not locked", "lock them first";
    LockDiffers = 963, 409, "the entry is not that of the lock in force", "give the number of the entry of the lock";
    NotAnApprover = 964, 403, "the account is no approver of the study", "ask an approver that the registration names";
    UnlockApprovedAlready = 965, 409, "the approver has approved this unlock", "wait for the other approvers";
    ConsentBegun = 966, 409, "a participant has consented", "lists are committed to before the first consent";
    ListMalformed = 967, 422, "the list is not of 1 to 1,000,000 entries in whole blocks", "give a length that is a multiple of the block length";
    ListDelayOutOfRange = 968, 422, "the delay is not of 8 to 8,191 blocks", "give a delay of 8 to 8,191 blocks";
    ListUnknown = 969, 404, "no list of the study has this number", "check the number of the list";
    DrawnAlready = 970, 409, "the list was drawn", "see the list";
    DrawTooEarly = 971, 409, "the block of the list is not there yet", "draw after the block at the list's height";
    DrawTooLate = 972, 410, "the block of the list is more than 8,191 blocks back", "the list is abandoned; commit to another before the first consent";
    HeaderDiffers = 973, 422, "the bytes are not the header of the list's block", "give the header of the block at the list's height";
    ListNotDrawn = 974, 409, "the list is not drawn", "draw it first";
    ListSealedAlready = 975, 409, "the entries of the list are sealed", "see the list";
    ListNotSealed = 976, 409, "the entries of the list are not sealed", "seal them first";
    ListExhausted = 977, 409, "all entries of the list are allocated", "nothing is left to allocate";
    AllocatedAlready = 978, 409, "the subject has an index of the list", "see the allocation";
    NotAllocated = 979, 404, "the subject has no index of the list", "allocate first";
    PlanUnknown = 980, 404, "no analysis plan of the study has this number", "register the plan first";
    NotUnblinded = 981, 409, "the study is not unblinded", "unblind it first";
    OutcomeOutOfRange = 982, 422, "no outcome of the study has this index", "give the index of a registered outcome, from 0";
    UnknownErasureBasis = 983, 422, "no basis of an erasure has this code", "give retention over (1), order (2) or unlawful (3)";
    RetentionNotOver = 984, 409, "the study's retention is not over", "wait for its end, or give the order that demands it";
    SubjectErased = 985, 410, "the subject's data were erased", "nothing of them is left";
    StudyFull = 986, 409, "the study has as many subjects as it may", "no more can enrol";
    MilestoneUnknown = 987, 422, "no milestone has this code", "give registration (1) to first publication (7)";
    ConsentRepeated = 988, 409, "the subject has consented to this version", "see the subject; a later version is consented to anew";
}

impl Refusal {
    /// The stable code; it is never given a new meaning.
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// The signature of the Solidity error.
    pub fn signature(self) -> String {
        let arguments = match self {
            Self::UnknownFunctionSelector => "bytes4",
            _ => "",
        };
        format!("{}({arguments})", self.name())
    }

    /// The first four bytes of the revert data.
    pub fn selector(self) -> [u8; 4] {
        let hash = keccak256(self.signature());
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// The refusal that these revert data tell.
    pub fn from_revert(data: &[u8]) -> Option<Self> {
        let selector: [u8; 4] = data.get(..4)?.try_into().ok()?;
        Self::ALL
            .iter()
            .copied()
            .find(|refusal| refusal.selector() == selector)
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.fact())
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Revert(Bytes::copy_from_slice(&refusal.selector()))
    }
}

#[cfg(test)]
mod tests;
