//! What a request passes before a handler sees it, and what its answer passes after.
//!
//! ```text
//! connection --> URI length --> token --> route --> policy --> versions and syntax --> handler
//! ```
//!
//! The route table says who may do what; there is no other place where that is decided, beside which events a caller sees.

mod access;
mod answer;
mod call;
mod headers;
mod media;
mod negotiate;
mod openapi;
mod page;
mod problem;
mod route;
mod server;
mod service;
mod table;

pub use openapi::openapi_document;
pub use route::{Policy, RouteRow};
pub use table::routes;

pub(crate) use answer::{Answer, empty};
pub(crate) use call::{Call, pairs};
pub(crate) use headers::location;
pub(crate) use headers::{add_capture_limits, discovery};
pub(crate) use media::{accepted_type, preferred};
pub(crate) use negotiate::{AnswerEdition, Syntax, Wants, accepted_form};
pub(crate) use page::{Continued, From, Page, Pages, Place};
pub(crate) use problem::{Problem, ProblemKind, escaped};
pub(crate) use server::{allowed, serve};
pub(crate) use service::Service;
