//! What is wrong in truth, whatever the papers say.

/// Something that is not as the papers say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fraud {
    /// The pack is a copy of one that is or was in trade.
    Clone,
    /// The serial number was never given.
    GuessedSerial,
    /// The pack bears another lot number than it was made with.
    RelabelledLot,
    /// The pack bears another expiry than it was made with.
    AlteredExpiry,
    /// Taken in transit: the papers go on without it.
    StolenInTransit,
    /// Taken from a shelf.
    StolenFromShelf,
    /// A stolen pack that is offered again.
    StolenOffered,
    /// Another party than the addressee took it in.
    Diverted,
    /// The paper of a receipt says an earlier time than it was.
    BackDated,
    /// Papers with nothing behind them.
    GhostShipment,
    /// A pack that travels without papers.
    Unannounced,
}

impl Fraud {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Clone,
        Self::GuessedSerial,
        Self::RelabelledLot,
        Self::AlteredExpiry,
        Self::StolenInTransit,
        Self::StolenFromShelf,
        Self::StolenOffered,
        Self::Diverted,
        Self::BackDated,
        Self::GhostShipment,
        Self::Unannounced,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Clone => "clone",
            Self::GuessedSerial => "guessed_serial",
            Self::RelabelledLot => "relabelled_lot",
            Self::AlteredExpiry => "altered_expiry",
            Self::StolenInTransit => "stolen_in_transit",
            Self::StolenFromShelf => "stolen_from_shelf",
            Self::StolenOffered => "stolen_offered",
            Self::Diverted => "diverted",
            Self::BackDated => "back_dated",
            Self::GhostShipment => "ghost_shipment",
            Self::Unannounced => "unannounced",
        }
    }
}
