//! Identifiers with a type of their own.

/// A member organisation: dense from 1 in order of genesis; 0 stands for no organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationId(pub u32);

impl OrganisationId {
    /// No organisation: the common quota of people who left theirs and still control a chart.
    pub const NONE: Self = Self(0);
}

impl std::fmt::Display for OrganisationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
