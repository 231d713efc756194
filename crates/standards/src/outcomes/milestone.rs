//! When in a study's life something happened.

use super::When;
use serde::Serialize;

/// The milestones of a study, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Milestones {
    /// When it was registered.
    pub registered: Option<When>,
    /// When the first subject consented.
    pub first_consent: Option<When>,
    /// When the data were locked.
    pub lock: Option<When>,
    /// When the treatments were told.
    pub unblinding: Option<When>,
}

/// The part of a study's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Before it was registered.
    BeforeRegistration,
    /// Before the first subject consented.
    BeforeEnrolment,
    /// While subjects are in the study.
    During,
    /// After the data were locked.
    AfterLock,
    /// After the treatments were told.
    AfterUnblinding,
    /// It cannot be said: a date is missing, or the same as a milestone as far as it is known.
    Unknown,
}

impl Phase {
    /// The phase in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::BeforeRegistration => "before registration",
            Self::BeforeEnrolment => "before enrolment",
            Self::During => "during the study",
            Self::AfterLock => "after lock",
            Self::AfterUnblinding => "after unblinding",
            Self::Unknown => "at an unknown time",
        }
    }
}

impl Milestones {
    /// The part of the study's life in which something happened.
    pub fn phase(&self, at: Option<&When>) -> Phase {
        let Some(at) = at else {
            return Phase::Unknown;
        };
        for (milestone, phase) in [
            (&self.unblinding, Phase::AfterUnblinding),
            (&self.lock, Phase::AfterLock),
            (&self.first_consent, Phase::During),
        ] {
            match milestone.as_ref().map(|milestone| at.is_before(milestone)) {
                Some(Some(false)) => return phase,
                Some(None) => return Phase::Unknown,
                Some(Some(true)) | None => {}
            }
        }
        if self.first_consent.is_none() {
            return Phase::Unknown;
        }
        let registered = self.registered.as_ref();
        match registered.and_then(|registered| at.is_before(registered)) {
            Some(true) => Phase::BeforeRegistration,
            Some(false) | None => Phase::BeforeEnrolment,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phase_follows_from_the_milestones() {
        let when = |text: &str| When::parse(text);
        let milestones = Milestones {
            registered: when("2020-01-10"),
            first_consent: when("2020-02-01"),
            lock: when("2021-06-01"),
            unblinding: when("2021-07-01"),
        };
        for (at, phase) in [
            ("2020-01-09", Phase::BeforeRegistration),
            ("2020-01-31", Phase::BeforeEnrolment),
            ("2020-02-01", Phase::Unknown),
            ("2020-02", Phase::Unknown),
            ("2020-02-02", Phase::During),
            ("2021-06-15", Phase::AfterLock),
            ("2021-08", Phase::AfterUnblinding),
        ] {
            assert_eq!(milestones.phase(when(at).as_ref()), phase, "{at}");
        }
        assert_eq!(milestones.phase(None), Phase::Unknown);
        let none = Milestones::default();
        assert_eq!(none.phase(when("2020-01-01").as_ref()), Phase::Unknown);
    }
}
