//! Who asks.

use std::net::IpAddr;

use alloy_primitives::Address;

use crate::login::TokenId;

/// Who asks, after the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    /// No token was given.
    Nobody,
    /// An enrolled account that logged in.
    Account(Address),
    /// Logins are off: everything is open, and this is the account where one is needed.
    Anyone(Address),
}

impl Caller {
    /// The account that a call is made from, if none is named.
    pub(crate) fn account(self) -> Option<Address> {
        match self {
            Self::Nobody => None,
            Self::Account(account) | Self::Anyone(account) => Some(account),
        }
    }
}

/// How a request or connection came in; its token is looked up anew at each call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visit {
    /// The network address of the other side.
    pub(crate) from: IpAddr,
    /// The token given.
    pub(crate) token: Option<TokenId>,
    /// Whether it is a WebSocket, on which subscriptions are possible.
    pub(crate) is_socket: bool,
}
