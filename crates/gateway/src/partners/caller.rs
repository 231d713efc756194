//! The partner behind a request.

use super::{Partner, Reach, Right};
use std::{collections::BTreeSet, sync::Arc};

/// The partner behind a request.
#[derive(Clone, Debug)]
pub(crate) struct Caller(pub(crate) Arc<Partner>);

impl Caller {
    pub(crate) fn name(&self) -> &str {
        &self.0.name
    }

    pub(crate) fn may(&self, right: Right) -> bool {
        self.0.rights.contains(right)
    }

    /// The GLNs whose events it may read; `None` where it may read all.
    pub(crate) fn parties(&self) -> Option<&BTreeSet<String>> {
        match &self.0.reach {
            Reach::Everything => None,
            Reach::Parties(glns) => Some(glns),
        }
    }
}
