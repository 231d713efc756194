//! Why a keeper did not answer, by name.

/// Declares the refusals: name, byte on the wire, and what it says.
macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $fact:literal;)+) => {
        /// A keeper said no, or nothing.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
        #[repr(u8)]
        pub enum Refusal { $($(#[$doc])* #[error($fact)] $name = $code,)+ }

        impl Refusal {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }

            /// The one with this byte on the wire.
            pub(crate) fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

refusals! {
    /// The request is for another network.
    OtherChain = 1, "the keeper belongs to another network";
    /// No or too many seals are listed.
    SealCountOutOfRange = 2, "an opening lists 1 to 512 seals";
    /// No opening with this number is final at the keeper.
    OpeningUnknown = 3, "no such opening is final at the keeper yet";
    /// A rule denied the opening.
    OpeningDenied = 4, "the opening was denied";
    /// The opening is too old.
    OpeningExpired = 5, "the opening has expired: open again";
    /// The controller restricted reading since.
    OpeningClosed = 6, "access to the chart was restricted since the opening: open again";
    /// The requester is no longer enrolled where it was.
    RequesterUnknown = 7, "the requester is not enrolled, or no longer in the organisation of the opening";
    /// The seals listed are not those of the opening.
    SealsDiffer = 8, "the seals listed are not those of the opening";
    /// The key given is not the one that the opening names.
    KeyDiffers = 9, "the key is not the one-time key that the opening names";
    /// The requester has used up its rate.
    TooManyRequests = 10, "the requester asks too much: wait a moment";
    /// The keeper holds no share of the epoch asked for.
    EpochNotHeld = 11, "the keeper holds no share of this epoch";
    /// Too many shares of the epoch were revealed in its key generation.
    SharesRevealed = 12, "too many shares of this epoch were revealed: seals are opened again in the next one";
    /// The keeper answers as many requests as it takes at once.
    Busy = 13, "the keeper is busy";
    /// The keeper could not look into its state.
    Failed = 14, "the keeper could not answer";
    /// Nothing came in time, or what came was not the keeper's. Never sent.
    Silent = 15, "the keeper did not answer";
}

impl Refusal {
    /// Whether the same request may be answered shortly after: the keeper is behind or busy.
    pub(crate) const fn is_passing(self) -> bool {
        match self {
            Self::OpeningUnknown
            | Self::EpochNotHeld
            | Self::Busy
            | Self::Failed
            | Self::Silent => true,
            Self::OtherChain
            | Self::SealCountOutOfRange
            | Self::OpeningDenied
            | Self::OpeningExpired
            | Self::OpeningClosed
            | Self::RequesterUnknown
            | Self::SealsDiffer
            | Self::KeyDiffers
            | Self::TooManyRequests
            | Self::SharesRevealed => false,
        }
    }
}
