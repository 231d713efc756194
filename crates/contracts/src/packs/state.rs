//! Storage of packs. Slots 0 to 14, as `solidity/layout/Packs.sol` has them.

use alloy_primitives::{Address, B256, U256};

use crate::{
    addresses::PACKS,
    codes::FlagSubject,
    host::{Halt, Host},
    storage::{Item, Map, Placed, State, Text, stored},
};

/// Keys, packs or documents of one entry.
pub(crate) const LIST_LIMIT: usize = 64;
/// Flags that may stand on one handle.
pub(crate) const STANDING_LIMIT: u32 = 64;
/// Time in which an exit can be undone: 10 days.
const UNDO_PERIOD_MS: u64 = 864_000_000;

stored! {
    /// Who answers for a product, without the responder, which stands in the next slot.
    Claim, 1 slots {
        /// A manufacturer; 0 for none.
        holder: u32 = (0, 0), "holder";
        /// Time of the newest change.
        changed_time_ms: u64 = (0, 4), "changedTimeMs";
    }
}

/// A product: who answers for it, and where.
pub(crate) struct Product {
    pub(crate) claim: Item<Claim>,
    pub(crate) responder: Text,
}

/// Slot of the responder from the base of a product.
pub(crate) const PRODUCT_RESPONDER: u64 = 1;

impl Placed for Product {
    fn at(slot: U256) -> Self {
        Self {
            claim: Item::at(slot),
            responder: Text::at(slot.wrapping_add(U256::from(PRODUCT_RESPONDER))),
        }
    }
}

stored! {
    /// A lot.
    Lot, 3 slots {
        /// Who commissioned it.
        account: Address = (0, 0), "account";
        /// The manufacturer; 0 when there is no such lot.
        organisation: u32 = (0, 20), "organisation";
        /// Its block.
        height: u64 = (0, 24), "height";
        /// The key that first holds its packs.
        key: Address = (1, 0), "key";
        /// Time of that block.
        time_ms: u64 = (1, 20), "timeMs";
        /// Salted hash of the event, or zero.
        document: B256 = (2, 0), "document";
    }
}

stored! {
    /// Keys closed together.
    Closing, 4 slots {
        /// To what follows; zero when there is no such closing.
        commitment: B256 = (0, 0), "commitment";
        /// Salted hash of the event, or zero.
        document: B256 = (1, 0), "document";
        /// Who closed them.
        account: Address = (2, 0), "account";
        /// The account's organisation.
        organisation: u32 = (2, 20), "organisation";
        /// Its block.
        height: u64 = (2, 24), "height";
        /// Time of that block.
        time_ms: u64 = (3, 0), "timeMs";
    }
}

stored! {
    /// Whether a pack has left.
    Exit, 2 slots {
        /// Who entered it.
        account: Address = (0, 0), "account";
        /// The account's organisation.
        organisation: u32 = (0, 20), "organisation";
        /// Code of its kind; 0 while the pack has not left.
        kind: u8 = (0, 24), "kind";
        /// How often it left.
        exits: u16 = (0, 25), "exits";
        /// Whether an exit was ever struck.
        contested: bool = (0, 27), "contested";
        /// The only organisation that may let it leave; 0 for any.
        reserved_for: u32 = (0, 28), "reservedFor";
        /// Its block.
        height: u64 = (1, 0), "height";
        /// Time of that block.
        time_ms: u64 = (1, 8), "timeMs";
        /// Closings in the network so far.
        closings: u64 = (1, 16), "closings";
    }
}

stored! {
    /// A flag.
    Flag, 4 slots {
        /// What it stands on.
        handle: B256 = (0, 0), "handle";
        /// Salted hash of the notice, or zero.
        notice: B256 = (1, 0), "notice";
        /// Who raised it.
        account: Address = (2, 0), "account";
        /// The account's organisation; 0 when there is no such flag.
        organisation: u32 = (2, 20), "organisation";
        /// Code of the subject.
        subject: u8 = (2, 24), "subject";
        /// Code of the kind.
        kind: u8 = (2, 25), "kind";
        /// One more than the number of the flag before it on the same handle; 0 for none.
        previous: u64 = (3, 0), "previous";
        /// Its block.
        height: u64 = (3, 8), "height";
        /// Time of that block.
        time_ms: u64 = (3, 16), "timeMs";
        /// The organisation that cleared it; 0 while it stands.
        cleared_by: u32 = (3, 24), "clearedBy";
    }
}

stored! {
    /// How a flag was cleared.
    Clearing, 2 slots {
        /// Salted hash of the notice, or zero.
        notice: B256 = (0, 0), "notice";
        /// When.
        time_ms: u64 = (1, 0), "timeMs";
    }
}

stored! {
    /// The flags of a handle.
    Flagged, 1 slots {
        /// One more than the number of the newest; 0 for none.
        newest: u64 = (0, 0), "newest";
        /// How many are not cleared.
        standing: u32 = (0, 8), "standing";
    }
}

stored! {
    /// When a document was committed.
    Document, 1 slots {
        /// The block; 0 when it was not.
        height: u64 = (0, 0), "height";
        /// Time of that block.
        time_ms: u64 = (0, 8), "timeMs";
    }
}

/// Products by GTIN.
pub(crate) const PRODUCTS: Map<u64, Product> = Map::new(0);
/// How many products were ever claimed.
pub(crate) const PRODUCT_COUNT: Item<u64> = Item::new(1);
/// GTINs in order of their first claim.
pub(crate) const PRODUCT_AT: Map<u64, Item<u64>> = Map::new(2);
/// Lots by root.
pub(crate) const LOTS: Map<B256, Item<Lot>> = Map::new(3);
/// The lot whose packs a key first holds.
pub(crate) const LOT_OF: Map<Address, Item<B256>> = Map::new(4);
/// The closing of a key, counted from 1.
pub(crate) const CLOSED_IN: Map<Address, Item<u64>> = Map::new(5);
/// Closings in the network so far.
pub(crate) const CLOSING_COUNT: Item<u64> = Item::new(6);
/// Closings by number, from 1.
pub(crate) const CLOSINGS: Map<u64, Item<Closing>> = Map::new(7);
/// Exits by nullifier.
pub(crate) const EXITS: Map<B256, Item<Exit>> = Map::new(8);
/// Commitments to the secrets that undo exits.
pub(crate) const UNDOS: Map<B256, Item<B256>> = Map::new(9);
/// Number of flags so far.
pub(crate) const FLAG_COUNT: Item<u64> = Item::new(10);
/// Flags by number.
pub(crate) const FLAGS: Map<u64, Item<Flag>> = Map::new(11);
/// How flags were cleared.
pub(crate) const CLEARINGS: Map<u64, Item<Clearing>> = Map::new(12);
/// The flags of handles, by subject.
pub(crate) const FLAGGED: Map<u8, Map<B256, Item<Flagged>>> = Map::new(13);
/// Documents by hash.
pub(crate) const DOCUMENTS: Map<B256, Item<Document>> = Map::new(14);

/// The contract's storage.
pub(crate) fn state(host: &mut dyn Host) -> State<'_> {
    State::new(host, PACKS)
}

/// Whether a key holds or held something.
pub(crate) fn is_used(state: &mut State<'_>, key: Address) -> Result<bool, Halt> {
    let lot = LOT_OF.at(state, key)?.load(state)?;
    let closed = CLOSED_IN.at(state, key)?.load(state)?;
    Ok(!lot.is_zero() || closed != 0)
}

/// The closing of a key and its number, if it is closed.
pub(crate) fn closing(state: &mut State<'_>, key: Address) -> Result<Option<(u64, Closing)>, Halt> {
    let number = CLOSED_IN.at(state, key)?.load(state)?;
    if number == 0 {
        return Ok(None);
    }
    let closing = CLOSINGS.at(state, number)?.load(state)?;
    Ok(Some((number, closing)))
}

/// How many flags stand on a pack.
pub(crate) fn standing_on_pack(state: &mut State<'_>, nullifier: B256) -> Result<u32, Halt> {
    let flagged = FLAGGED.at(state, FlagSubject::Pack.code())?;
    Ok(flagged.at(state, nullifier)?.load(state)?.standing)
}

impl Exit {
    /// A pack that has not left; what was before stays known.
    pub(crate) fn taken_back(self) -> Self {
        Self {
            account: Address::ZERO,
            organisation: 0,
            kind: 0,
            height: 0,
            time_ms: 0,
            closings: 0,
            ..self
        }
    }

    /// Whether the time in which it can be undone is over.
    pub(crate) fn is_settled(&self, time_ms: u64) -> bool {
        time_ms > self.time_ms.saturating_add(UNDO_PERIOD_MS)
    }
}
