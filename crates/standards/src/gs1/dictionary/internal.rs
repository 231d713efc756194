//! Identifiers that trading partners agree on among themselves, or use inside a company.

use super::Entry;
use super::component::x_to;
use super::entry::{ai, range};

pub(super) const ENTRIES: &[Entry] = &[
    ai("90", &[x_to(30)]).attribute(),
    range("91", "99", &[x_to(90)]).attribute(),
];
