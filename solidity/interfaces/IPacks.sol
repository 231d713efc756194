// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

/// @title Packs: serialised packs of medicines, from the lot to the patient
/// @notice Native contract at 0x0000000000000000000000000000000000ec0008. State lies per lot, per hand-over and per exception, and per pack only once it leaves.
/// An entry tells which account acts and when; it never tells product, lot, serial number, expiry, partner, price or how many packs. The hashes stand in
/// docs/protocol/packs.md. A trading partner is a manufacturer, wholesaler, pharmacy, hospital or clinic; its pharmacists, gateways and administrators act for it.
interface IPacks {
    /// @notice Who answers for a product.
    struct Product {
        uint64 gtin;
        /// A manufacturer.
        uint32 holder;
        /// https address at which others ask about packs of the product, or empty.
        string responder;
        uint64 changedTimeMs;
    }

    /// @notice A lot, without a word of what it is.
    struct Lot {
        /// Root of the trie of its pack tags.
        bytes32 root;
        uint32 organisation;
        address account;
        /// The one-time key that first holds its packs.
        address key;
        /// Salted hash of the commissioning event, or zero.
        bytes32 document;
        uint64 height;
        uint64 timeMs;
    }

    /// @notice What became of all that a one-time key held; zeros while it is not closed.
    struct Closing {
        /// Entries of closings are numbered from 1 in the whole network; keys that were closed together have one number.
        uint64 number;
        /// keccak256(keccak256("theriac/pack/handover/v1"), salt, hand-over root).
        bytes32 commitment;
        bytes32 document;
        uint32 organisation;
        address account;
        uint64 height;
        uint64 timeMs;
    }

    /// @notice Whether a pack has left, and how.
    struct Exit {
        /// 0 has not left; 1 dispensed, 2 sample, 3 free-sample, 4 destroyed, 5 exported, 6 locked, 7 lost, 8 stolen.
        uint8 kind;
        uint32 organisation;
        address account;
        uint64 height;
        uint64 timeMs;
        /// How often it left, exits that were undone or struck included.
        uint16 exits;
        /// Whether an exit of it was ever struck.
        bool contested;
        /// The only organisation that may let it leave, after a contest; 0 for any.
        uint32 reservedFor;
        /// Whether its organisation can undo the exit now, with the secret.
        bool undoable;
    }

    /// @notice A warning about a lot, a container or a pack.
    struct Flag {
        uint64 number;
        /// 1 lot, 2 container, 3 pack.
        uint8 subject;
        /// Root of the lot, key of the container, nullifier of the pack.
        bytes32 handle;
        /// 1 recall-class-1, 2 recall-class-2, 3 recall-class-3, 4 withdrawn, 5 stolen, 6 suspect, 7 quarantine, 8 illegitimate, 9 expiry-extended.
        uint8 kind;
        uint32 organisation;
        address account;
        /// Salted hash of the notice, or zero.
        bytes32 notice;
        uint64 height;
        uint64 timeMs;
        /// 0 while it stands.
        uint32 clearedBy;
        bytes32 clearedNotice;
        uint64 clearedTimeMs;
    }

    /// @notice When a document was committed; zeros when it was not.
    struct Document {
        uint64 height;
        uint64 timeMs;
    }

    /// @notice One step of a pack from key to key.
    struct CustodyStep {
        /// The key that was closed.
        address key;
        /// Salt of its commitment.
        bytes32 salt;
        /// Siblings of the pack in its container, of that in the next outer one, and so on: at most 4. Only where the key handed over one container and nothing else.
        bytes32[][] inner;
        /// The key that holds it from then on.
        address next;
        /// Siblings of the pack, or of the outermost container, in the hand-over.
        bytes32[] outer;
    }

    /// @notice The way of a pack from its lot to the key that holds it.
    struct CustodyProof {
        /// Root of the lot.
        bytes32 lot;
        /// Siblings of the pack's tag in the lot.
        bytes32[] membership;
        /// At most 16; none where the lot's first key holds it still.
        CustodyStep[] steps;
    }

    event ProductSet(uint64 indexed gtin, uint32 indexed holder, uint32 indexed by, string responder);
    event Commissioned(bytes32 indexed root, uint32 indexed organisation, address account, address key, bytes32 document);
    event Closed(address indexed key, uint64 indexed number, uint32 indexed organisation, address account, bytes32 commitment, bytes32 document);
    /// @notice A pack left.
    event Left(bytes32 indexed nullifier, uint32 indexed organisation, uint8 indexed kind, address account);
    /// @notice An exit was undone by its organisation.
    event Undone(bytes32 indexed nullifier, uint32 indexed organisation, address account);
    /// @notice The holder of a pack struck the exit that `guesser` had entered; `guesser` is 0 where only the reservation moved.
    event Contested(bytes32 indexed nullifier, uint32 indexed organisation, uint32 indexed guesser, address account);
    event Flagged(uint64 indexed number, bytes32 indexed handle, uint32 indexed organisation, uint8 subject, uint8 kind, bytes32 notice);
    event Cleared(uint64 indexed number, bytes32 indexed handle, uint32 indexed organisation, bytes32 notice);
    event Committed(bytes32 indexed document, uint32 indexed organisation, address account);

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
    /// @notice A key is zero.
    error KeyMissing();
    /// @notice A page holds 1 to 100 entries.
    error PageOutOfRange();
    /// @notice The organisation does not trade in medicines.
    error NotATradingPartner();
    /// @notice The role does not act for the organisation in packs.
    error RoleMayNotHandlePacks();
    /// @notice The organisation is no manufacturer.
    error NotAManufacturer();
    /// @notice The organisation is no pharmacy, hospital or clinic.
    error NotADispenser();
    /// @notice Only pharmacists and, for packs, gateways dispense.
    error RoleMayNotDispense();
    /// @notice The number is no GTIN of at most 14 digits with its check digit.
    error GtinMalformed();
    /// @notice The holder of a product is a manufacturer.
    error HolderNotAManufacturer();
    /// @notice The responder is no https address of at most 200 characters.
    error ResponderMalformed();
    /// @notice The product is claimed by another manufacturer, or was to be claimed for one.
    error NotTheProductHolder();
    /// @notice Nobody has claimed the product.
    error ProductUnknown();
    /// @notice A lot with this root was commissioned.
    error LotCommissioned();
    /// @notice No lot has this root.
    error LotUnknown();
    /// @notice The key was used before.
    error KeyUsed();
    /// @notice An entry closes 1 to 64 keys.
    error KeyCountOutOfRange();
    /// @notice Two lists that belong together differ in length.
    error ListsDiffer();
    /// @notice A key is listed twice.
    error KeyTwice();
    /// @notice The key is closed.
    error KeyClosed();
    /// @notice A signature is not by its key over exactly this.
    error NotSignedByKey();
    /// @notice An entry is of 1 to 64 packs.
    error PackCountOutOfRange();
    /// @notice A pack is listed twice.
    error PackTwice();
    /// @notice The pack was dispensed.
    error AlreadyDispensed();
    /// @notice The pack left otherwise than by being dispensed.
    error AlreadyDecommissioned();
    /// @notice A flag stands on the pack.
    error PackFlagged();
    /// @notice After a contest only the holder's organisation may let the pack leave.
    error PackReserved();
    /// @notice No kind of exit has this code, or it is that of dispensing.
    error UnknownExitKind();
    /// @notice A pack that was destroyed, lost or stolen does not come back.
    error UndoNotAllowed();
    /// @notice The pack has not left.
    error HasNotLeft();
    /// @notice Another organisation entered the exit.
    error NotYourExit();
    /// @notice The exit was entered as one that cannot be undone.
    error ExitIsFinal();
    /// @notice An exit is undone within 10 days.
    error UndoTooLate();
    /// @notice The secret is not that of the exit.
    error SecretDiffers();
    /// @notice The pack has not left, or by the caller's own organisation.
    error NothingToContest();
    /// @notice A custody proof has at most 16 steps.
    error StepCountOutOfRange();
    /// @notice The proof does not lead from the lot to a key.
    error CustodyNotProven();
    /// @notice The organisation held the pack when it let it leave.
    error ExitByTheHolder();
    /// @notice No subject of a flag has this code.
    error UnknownFlagSubject();
    /// @notice No kind of flag has this code, or none of this subject.
    error UnknownFlagKind();
    /// @notice The handle is zero, or no key in the lower 20 bytes.
    error HandleMalformed();
    /// @notice Neither the organisation that commissioned the lot nor a regulator.
    error MayNotFlag();
    /// @notice 64 flags stand on the handle.
    error TooManyFlags();
    /// @notice The newest flag of the handle says the same.
    error FlagTwice();
    /// @notice No flag has this number.
    error FlagUnknown();
    /// @notice The flag was cleared.
    error FlagCleared();
    /// @notice Neither the organisation that flagged nor a regulator.
    error MayNotClear();
    /// @notice An entry is of 1 to 64 documents.
    error DocumentCountOutOfRange();
    /// @notice A document is listed twice.
    error DocumentTwice();
    /// @notice The document was committed before.
    error DocumentCommitted();
    /// @notice The function changes state and cannot be called by STATICCALL.
    error StaticCallNotAllowed();
    /// @notice Native contracts hold no value.
    error ValueNotAccepted();
    /// @notice Native contracts cannot be reached by DELEGATECALL or CALLCODE.
    error DelegateCallNotAllowed();
    /// @notice This contract has no function with this selector.
    error UnknownFunctionSelector(bytes4 selector);

    /// @notice Claim a product, hand it over, or change where others ask. Unclaimed: by a manufacturer for itself. Claimed: by its holder, also to hand it to another manufacturer. A regulator may always.
    /// @param responder https address of at most 200 characters, or empty.
    function setProduct(uint64 gtin, uint32 holder, string calldata responder) external;
    /// @notice Enter a lot, once; by a gateway or administrator of a manufacturer.
    /// @param root of the trie of the lot's pack tags.
    /// @param key a fresh one-time key, which holds the packs.
    /// @param document salted hash of the event, or zero.
    function commission(bytes32 root, address key, bytes32 document) external;
    /// @notice Close one-time keys: ship, receive, unpack, return. What follows is in the commitment, which tells nothing. Each key is closed once, ever.
    /// @param keys 1 to 64, each different.
    /// @param signatures of each key, 65 bytes, over Closing(address key,bytes32 commitment,bytes32 document,address account), the account being the caller.
    function close(address[] calldata keys, bytes32 commitment, bytes32 document, bytes[] calldata signatures) external;
    /// @notice Dispense packs, all or none; by a pharmacist or gateway of a pharmacy, hospital or clinic. That they belong to a lot that was commissioned the gateway checks.
    /// @param undo for each pack keccak256(keccak256("theriac/pack/undo/v1"), secret), or zero for an exit that cannot be undone.
    function dispense(bytes32[] calldata nullifiers, bytes32[] calldata undo) external;
    /// @notice Let packs leave otherwise, all or none.
    /// @param kind 2 sample, 3 free-sample, 4 destroyed, 5 exported, 6 locked, 7 lost, 8 stolen. A flag on a pack does not keep it from 4, 6, 7 and 8.
    /// @param undo as for `dispense`; zero for 4, 7 and 8.
    function decommission(bytes32[] calldata nullifiers, uint8 kind, bytes32[] calldata undo) external;
    /// @notice Undo an exit within 10 days: by the organisation that entered it, with the secret, while no flag stands on the pack. The ledger cannot know whether
    /// the lot was recalled or the pack has expired: the gateway checks that before it undoes.
    function undo(bytes32 nullifier, bytes32 secret) external;
    /// @notice Strike the exit of a pack that another organisation entered without holding it. Only the caller's organisation may let the pack leave next. Reveals the pack's tag. Where the
    /// exit was struck before, a holder after the one who contested takes over the reservation.
    /// @param signature of the last key of the proof, 65 bytes, over Contest(bytes32 tag,address account), the account being the caller.
    function contest(bytes32 tag, CustodyProof calldata proof, bytes calldata signature) external;
    /// @notice Raise a flag. On a lot: 1 to 4 and 6 to 9, by the organisation that commissioned it or a regulator. On a container or a pack: 5 to 8, by a trading partner or a regulator; who knows its key
    /// or its printed values may.
    /// @param handle the root, the key in the lower 20 bytes, or the nullifier.
    /// @return number counted without gaps in the whole network.
    function flag(uint8 subject, bytes32 handle, uint8 kind, bytes32 notice) external returns (uint64 number);
    /// @notice Clear a flag, once: by the organisation that raised it or a regulator.
    function clear(uint64 number, bytes32 notice) external;
    /// @notice Commit to events that belong to no other entry: 1 to 64 salted hashes, each once ever.
    function commit(bytes32[] calldata documents) external;

    /// @notice A product that is claimed.
    function product(uint64 gtin) external view returns (Product memory);
    /// @notice Products in order of their first claim, and their number.
    function products(uint64 from, uint32 limit) external view returns (Product[] memory page, uint64 total);
    /// @notice A lot.
    function lot(bytes32 root) external view returns (Lot memory);
    /// @notice What became of all that a key held.
    function closing(address key) external view returns (Closing memory);
    /// @notice Whether a pack has left.
    function exit(bytes32 nullifier) external view returns (Exit memory);
    /// @notice When a document was committed.
    function document(bytes32 hash) external view returns (Document memory);
    /// @notice Number of flags in the network so far.
    function flagCount() external view returns (uint64);
    /// @notice A flag.
    function flagByNumber(uint64 number) external view returns (Flag memory);
    /// @notice Flags in order of number, and how many there are.
    function flags(uint64 from, uint32 limit) external view returns (Flag[] memory page, uint64 total);
    /// @notice Flags of a handle, newest first, and how many of them stand.
    /// @param before the number of a flag of the handle: those before it; type(uint64).max for the newest.
    function flagsOf(uint8 subject, bytes32 handle, uint64 before, uint32 limit) external view returns (Flag[] memory page, uint32 standing);
    /// @notice The signing domain (EIP-5267).
    function eip712Domain() external view returns (bytes1 fields, string memory name, string memory version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] memory extensions);
}
