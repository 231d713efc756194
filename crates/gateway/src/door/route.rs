//! What a route is.

use super::{Answer, Call, Problem};
use crate::partners::{Caller, Right};
use std::{future::Future, pin::Pin};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Anyone, without a token.
    Open,
    /// Any partner.
    Known,
    /// Partners with this right.
    With(Right),
    /// Partners with one of two rights.
    Either(Right, Right),
    /// Partners with this right, and anyone where the configuration says so.
    Responder(Right),
}

impl Policy {
    pub(crate) fn admits(self, caller: &Caller) -> bool {
        match self {
            Self::Open | Self::Known => true,
            Self::With(right) | Self::Responder(right) => caller.may(right),
            Self::Either(one, other) => caller.may(one) || caller.may(other),
        }
    }

    /// The policy in words.
    pub fn words(self) -> String {
        match self {
            Self::Open => "anyone".to_owned(),
            Self::Known => "any partner".to_owned(),
            Self::With(right) => right.name().to_owned(),
            Self::Either(one, other) => format!("{} or {}", one.name(), other.name()),
            Self::Responder(right) => {
                format!("{}, or none where the responder is open", right.name())
            }
        }
    }
}

/// A row of the route table, for documents and tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteRow {
    /// The method; `WEBSOCKET` is `GET` with an upgrade.
    pub method: &'static str,
    /// The path, parameters in braces.
    pub path: &'static str,
    /// Who may.
    pub policy: Policy,
    /// What it does.
    pub summary: &'static str,
}

pub(crate) type Answering = Pin<Box<dyn Future<Output = Result<Answer, Problem>> + Send>>;

/// A route.
pub(crate) struct Route {
    pub(crate) row: RouteRow,
    pub(crate) handler: fn(Call) -> Answering,
}
