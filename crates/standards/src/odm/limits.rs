//! How much of a file a reader accepts before it refuses.

/// The bounds of one reading. A file as a whole has none: it streams by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one tag, text or comment.
    pub token_bytes: usize,
    /// Bytes of one unit that is held in memory as a tree: an item's data, a definition, a user.
    pub unit_bytes: usize,
    /// Elements, attributes and texts of one unit.
    pub unit_nodes: usize,
    /// Levels of nesting.
    pub depth: usize,
    /// Attributes of one element, declarations of namespaces among them.
    pub attributes: usize,
    /// Definitions, references and keys of one file that are kept to be resolved.
    pub definitions: usize,
}

impl Default for Limits {
    /// Four MiB a token; sixteen MiB and a million nodes a unit; 64 levels; 256 attributes; four million definitions.
    fn default() -> Self {
        Self {
            token_bytes: 4 << 20,
            unit_bytes: 16 << 20,
            unit_nodes: 1_000_000,
            depth: 64,
            attributes: 256,
            definitions: 4_000_000,
        }
    }
}
