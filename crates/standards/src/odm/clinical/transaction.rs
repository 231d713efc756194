//! What a file does to the data that the receiver has.

/// The kind of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TransactionType {
    /// New data.
    Insert,
    /// A change of data that are there.
    Update,
    /// Data are taken away.
    Remove,
    /// New data, or a change.
    Upsert,
    /// Nothing: it only says where the data in it belong.
    Context,
}

impl TransactionType {
    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "Insert" => Self::Insert,
            "Update" => Self::Update,
            "Remove" => Self::Remove,
            "Upsert" => Self::Upsert,
            "Context" => Self::Context,
            _ => return None,
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Insert => "Insert",
            Self::Update => "Update",
            Self::Remove => "Remove",
            Self::Upsert => "Upsert",
            Self::Context => "Context",
        }
    }
}
