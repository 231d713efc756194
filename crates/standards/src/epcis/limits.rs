//! How much of a document a reader accepts before it refuses.

/// The bounds of one reading. All of them hold for JSON and XML alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one event as it stands in the document.
    pub event_bytes: usize,
    /// Bytes of all that stands outside the events: header, master data, context.
    pub header_bytes: usize,
    /// Levels of nesting inside an event or a header.
    pub depth: usize,
    /// Values, members, elements and attributes of one event or of the header.
    pub nodes: usize,
    /// Events of one document.
    pub events: u64,
}

impl Default for Limits {
    /// Sixteen MiB and a million values per event, 64 levels, ten million events.
    fn default() -> Self {
        Self {
            event_bytes: 16 << 20,
            header_bytes: 16 << 20,
            depth: 64,
            nodes: 1_000_000,
            events: 10_000_000,
        }
    }
}
