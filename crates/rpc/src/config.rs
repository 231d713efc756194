//! How the server is set up.

use std::{net::SocketAddr, time::Duration};

use alloy_primitives::Address;

/// How the server is set up.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen; loopback unless said otherwise, port 0 for any free one.
    pub listen: SocketAddr,
    /// The chain id, in challenges and `eth_chainId`.
    pub chain_id: u64,
    /// Who may read.
    pub auth: Auth,
    /// The authority that a challenge names (EIP-4361 `domain`), such as `node1.example:8545`; the
    /// address that the server listens on where none is given.
    pub domain: Option<String>,
    /// Web origins whose pages may call this server; none unless listed.
    pub origins: Vec<String>,
    /// What `web3_clientVersion` says.
    pub client_version: String,
    /// How long a token is good for.
    pub token_lifetime: Duration,
    /// How long a challenge may be answered.
    pub challenge_lifetime: Duration,
    /// Bounds on what a caller may ask.
    pub limits: Limits,
}

impl Config {
    /// A server on loopback, any free port, with logins on.
    pub fn new(chain_id: u64) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            chain_id,
            auth: Auth::On,
            domain: None,
            origins: Vec::new(),
            client_version: concat!("theriac/", env!("CARGO_PKG_VERSION")).to_owned(),
            token_lifetime: Duration::from_secs(3_600),
            challenge_lifetime: Duration::from_secs(300),
            limits: Limits::default(),
        }
    }
}

/// Who may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Callers log in; design section 5.
    On,
    /// Everything is open, to the account given where a method needs one. For a demo on loopback.
    Off(Address),
}

/// Bounds on what a caller may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// TCP connections at once.
    pub connections: u32,
    /// Subscriptions on one WebSocket connection.
    pub subscriptions: u32,
    /// Bytes of a JSON-RPC request.
    pub request_bytes: u32,
    /// Bytes of a JSON-RPC response.
    pub response_bytes: u32,
    /// Calls in a batch.
    pub batch: u32,
    /// Nesting of JSON in a call's parameters.
    pub json_depth: usize,
    /// Bytes of a blob put into the vault; 64 GiB is what the format allows.
    pub blob_bytes: u64,
    /// Blocks that one log query may span.
    pub log_blocks: u64,
    /// Logs that one query may return.
    pub log_results: usize,
    /// Installed filters of one account.
    pub filters: usize,
    /// How long an unused filter lives.
    pub filter_lifetime: Duration,
    /// How long one call may take.
    pub call_time: Duration,
    /// How long a client may take to send a request's headers.
    pub header_time: Duration,
    /// How long a blob may take to go through, and a second more for each MiB of it.
    pub blob_time: Duration,
    /// Cost units that an account gains each second; see [`METHODS`](crate::METHODS) for costs.
    pub rate_per_second: u32,
    /// Cost units that an account may spend at once.
    pub rate_burst: u32,
    /// Cost units per second of callers without a token, for each address they come from.
    pub anonymous_per_second: u32,
    /// Tokens that an account may hold; the oldest gives way.
    pub tokens: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 512,
            subscriptions: 64,
            request_bytes: 1 << 20,
            response_bytes: 16 << 20,
            batch: 128,
            json_depth: 32,
            blob_bytes: 64 << 30,
            log_blocks: 100_000,
            log_results: 10_000,
            filters: 64,
            filter_lifetime: Duration::from_secs(300),
            call_time: Duration::from_secs(15),
            header_time: Duration::from_secs(10),
            blob_time: Duration::from_secs(300),
            rate_per_second: 5_000,
            rate_burst: 10_000,
            anonymous_per_second: 50,
            tokens: 16,
        }
    }
}
