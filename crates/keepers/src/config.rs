//! What a keeper is given when it starts.

use crate::{Finalised, Shares};
use commonware_cryptography::ed25519;
use std::sync::Arc;
use std::time::Duration;

/// The keepers' channel of the authenticated network.
pub const CHANNEL: u64 = 10;

/// A node's keeper.
pub struct Config {
    /// The network.
    pub chain_id: u64,
    /// This node's identity, with which it signs its messages.
    pub identity: ed25519::PrivateKey,
    /// This node's shares.
    pub shares: Arc<dyn Shares>,
    /// This node's finalised state.
    pub finalised: Arc<dyn Finalised>,
    /// Bounds.
    pub limits: Limits,
}

/// Bounds on what a keeper does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long another keeper may take for one answer.
    pub request_timeout: Duration,
    /// How long an opening may take until enough keepers have answered.
    pub opening_timeout: Duration,
    /// Before a keeper that was behind is asked again.
    pub pause: Duration,
    /// Openings gathered at the same time; more wait.
    pub concurrent_openings: usize,
    /// Requests of one member answered at the same time; more are told to come again.
    pub concurrent_requests_per_member: usize,
    /// Seals that one requester may have signed at once.
    pub seals_burst: u32,
    /// Seals that one requester gains each second.
    pub seals_per_second: u32,
    /// Openings that one requester may have answered at once.
    pub openings_burst: u32,
    /// Openings that one requester gains each second.
    pub openings_per_second: u32,
    /// Requesters whose shares of the rate are remembered.
    pub requesters: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            request_timeout: Duration::from_secs(2),
            opening_timeout: Duration::from_secs(5),
            pause: Duration::from_millis(25),
            concurrent_openings: 256,
            concurrent_requests_per_member: 128,
            seals_burst: 4_096,
            seals_per_second: 512,
            openings_burst: 256,
            openings_per_second: 64,
            requesters: 16_384,
        }
    }
}
