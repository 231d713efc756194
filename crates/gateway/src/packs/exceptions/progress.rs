//! How far an exception is, who may take it on, and that its end is one.
//!
//! ```text
//! from        report      answer      resolve     withdraw
//! opened      reported    -           -           withdrawn
//! reported    reported    answered    resolved    withdrawn
//! answered    reported    answered    resolved    withdrawn
//! resolved    -           -           -           -
//! withdrawn   -           -           -           -
//!
//! opened ---> reported <---> answered          (any of the first three) ---> withdrawn
//!                 |              |
//!                 +--> resolved <+
//! ```

/// How far an exception is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was found, and nobody was told.
    Opened,
    /// The partner was told.
    Reported,
    /// The partner answered.
    Answered,
    /// It is settled.
    Resolved,
    /// There was none: it was a mistake of one's own.
    Withdrawn,
}

/// What takes an exception on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The partner is told, or told anew.
    Report,
    /// The partner says what it will do, or says it anew.
    Answer,
    /// It is settled.
    Resolve,
    /// There was none.
    Withdraw,
}

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// Who received.
    Receiver,
    /// Who sent.
    Sender,
}

impl State {
    /// All, in order of code.
    pub const ALL: [Self; 5] = [
        Self::Opened,
        Self::Reported,
        Self::Answered,
        Self::Resolved,
        Self::Withdrawn,
    ];

    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Reported => "reported",
            Self::Answered => "answered",
            Self::Resolved => "resolved",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether nothing follows.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Resolved | Self::Withdrawn)
    }

    pub(in crate::packs) fn code(self) -> i64 {
        self as i64
    }

    pub(in crate::packs) fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The state that an action leads to; `None` where it is not for this state.
    pub fn next(self, action: Action) -> Option<Self> {
        match (self, action) {
            (Self::Opened, Action::Report) => Some(Self::Reported),
            (Self::Opened, Action::Withdraw) => Some(Self::Withdrawn),
            (Self::Opened, Action::Answer | Action::Resolve) => None,

            (Self::Reported, Action::Report) => Some(Self::Reported),
            (Self::Reported, Action::Answer) => Some(Self::Answered),
            (Self::Reported, Action::Resolve) => Some(Self::Resolved),
            (Self::Reported, Action::Withdraw) => Some(Self::Withdrawn),

            (Self::Answered, Action::Report) => Some(Self::Reported),
            (Self::Answered, Action::Answer) => Some(Self::Answered),
            (Self::Answered, Action::Resolve) => Some(Self::Resolved),
            (Self::Answered, Action::Withdraw) => Some(Self::Withdrawn),

            (
                Self::Resolved | Self::Withdrawn,
                Action::Report | Action::Answer | Action::Resolve | Action::Withdraw,
            ) => None,
        }
    }
}

impl Action {
    /// All.
    pub const ALL: [Self; 4] = [Self::Report, Self::Answer, Self::Resolve, Self::Withdraw];

    /// Who does it. The sender's answers come as messages of the case; everything else is the receiver's.
    pub fn party(self) -> Party {
        match self {
            Self::Answer => Party::Sender,
            Self::Report | Self::Resolve | Self::Withdraw => Party::Receiver,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_allows_these_actions_and_no_other() {
        let rows = [
            (
                State::Opened,
                [Some(State::Reported), None, None, Some(State::Withdrawn)],
            ),
            (
                State::Reported,
                [
                    Some(State::Reported),
                    Some(State::Answered),
                    Some(State::Resolved),
                    Some(State::Withdrawn),
                ],
            ),
            (
                State::Answered,
                [
                    Some(State::Reported),
                    Some(State::Answered),
                    Some(State::Resolved),
                    Some(State::Withdrawn),
                ],
            ),
            (State::Resolved, [None; 4]),
            (State::Withdrawn, [None; 4]),
        ];
        assert_eq!(rows.map(|(state, _)| state), State::ALL);
        for (state, outcomes) in rows {
            assert_eq!(Action::ALL.map(|action| state.next(action)), outcomes);
        }
    }

    /// All sequences of six actions, those that are refused skipped.
    #[test]
    fn a_final_state_is_never_left_and_none_is_resolved_that_was_not_reported() {
        let mut finals = 0;
        for number in 0..4_usize.pow(6) {
            let actions = (0..6).map(|place| Action::ALL[number / 4_usize.pow(place) % 4]);
            let (mut state, mut was_reported) = (State::Opened, false);
            for action in actions {
                let next = state.next(action);
                assert!(!state.is_final() || next.is_none());
                state = next.unwrap_or(state);
                was_reported |= state == State::Reported;
            }
            assert!(state != State::Resolved || was_reported);
            finals += usize::from(state.is_final());
        }
        assert!(finals > 3_000, "{finals}");
    }

    #[test]
    fn a_state_is_read_back_from_its_code() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        assert_eq!(State::from_code(5), None);
    }
}
