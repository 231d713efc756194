//! The tables of the index and their formats.

use redb::TableDefinition;

/// The format of all tables; a file of another format is refused.
pub(super) const FORMAT: u64 = 1;

/// A table from height to bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct ByHeight(pub(super) &'static str);

impl ByHeight {
    /// How the database knows it.
    pub(super) const fn table(self) -> TableDefinition<'static, u64, &'static [u8]> {
        TableDefinition::new(self.0)
    }
}

/// Facts about the file: `format`.
pub(super) const FACTS: TableDefinition<&str, u64> = TableDefinition::new("facts");

/// Height -> block hash (32 bytes) and header RLP.
pub(super) const HEADERS: ByHeight = ByHeight("headers");

/// Height -> RLP list of `[raw, sender]`.
pub(super) const BODIES: ByHeight = ByHeight("bodies");

/// Height -> RLP list of receipts.
pub(super) const RECEIPTS: ByHeight = ByHeight("receipts");

/// Height -> RLP list `[certificate, section]`, both opaque here.
pub(super) const CONSENSUS: ByHeight = ByHeight("consensus");

/// All tables from height to bytes.
pub(super) const ALL_BY_HEIGHT: [ByHeight; 4] = [HEADERS, BODIES, RECEIPTS, CONSENSUS];

/// Block hash -> height.
pub(super) const HEIGHTS: TableDefinition<[u8; 32], u64> = TableDefinition::new("heights");

/// (First 8 bytes of a transaction hash, height, index in the block). The prefix keeps random
/// keys short; a reader compares the whole hash.
pub(super) const PLACES: TableDefinition<(u64, u64, u32), ()> = TableDefinition::new("places");

/// Span number -> filter over all addresses and topics of its blocks; see `span`.
pub(super) const SPANS: TableDefinition<u64, &[u8]> = TableDefinition::new("spans");
