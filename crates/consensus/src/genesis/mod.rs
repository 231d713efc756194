//! The beginning of a network: its charter, the ceremony that makes its key, and the files that both leave behind.
//!
//! ```text
//! charter.json --- agreed by all members: who, where, which parameters
//!      |
//!      v
//! ceremony: every member deals, nobody ever holds the key
//!      |
//!      v
//! network.json (public, the same at every member)  +  secrets/ (one share, never leaves its node)
//! ```

mod bootstrap;
mod ceremony;
mod charter;
mod identity;
mod layout;
mod network;
mod rollcall;
mod sockets;
mod text;
mod transport;

pub use ceremony::{CeremonyError, Completed, ParticipantConfig, blocks_of_ceremony, participate};
pub use charter::{Charter, CharterError, Organisation, Parameters, Validator};
pub use identity::{Identity, IdentityError};
pub use layout::NodeDirectory;
pub use network::{Network, NetworkError};
pub use sockets::participate_on_sockets;

use commonware_cryptography::bls12381::{dkg::feldman_desmedt::Reveal, primitives::sharing::Mode};

/// How shares are numbered: plain counters, at the stable level of the engine, for every key generation of a network.
pub const SHARING_MODE: Mode = Mode::NonZeroCounter;
/// How revealed shares are counted, for every key generation of a network.
pub const REVEAL: Reveal = Reveal::V1;

/// The namespace of a network's first key generation: no prefix of, nor prefixed by, any other of the network.
///
/// `attempt` parts a repeated ceremony from the one that failed.
pub fn bootstrap_namespace(chain_id: u64, attempt: u32) -> Vec<u8> {
    [
        b"theriac/".as_slice(),
        &chain_id.to_be_bytes(),
        b"/bootstrap/",
        &attempt.to_be_bytes(),
    ]
    .concat()
}
