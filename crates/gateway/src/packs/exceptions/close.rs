//! Exceptions come to an end: settled, or taken back.

use super::{Action, Reporter, report::closing};
use crate::packs::{
    Error, Partner, Refusal,
    book::{Case, Outcome},
};

/// An exception that came to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// Its number.
    pub number: i64,
    /// The case, where it was reported and this was its last exception: the partner is to be told that it is closed.
    pub last_of_case: Option<String>,
}

impl Partner {
    /// Brings an exception to its end as settled; its packs are released, or kept out.
    ///
    /// # Errors
    /// `ExceptionUnknown`, `NotInState`; those of the book.
    pub fn resolve_exception(&mut self, number: i64, outcome: Outcome) -> Result<Closed, Error> {
        self.close(number, Action::Resolve, outcome)
    }

    /// Takes an exception back: it was none. Its packs are released.
    ///
    /// # Errors
    /// As [`Partner::resolve_exception`].
    pub fn withdraw_exception(&mut self, number: i64) -> Result<Closed, Error> {
        self.close(number, Action::Withdraw, Outcome::Released)
    }

    fn close(&mut self, number: i64, action: Action, outcome: Outcome) -> Result<Closed, Error> {
        let exception = self.book.exception(number)?;
        let exception = exception.ok_or(Refusal::ExceptionUnknown(number))?;
        if exception.state.next(action).is_none() {
            return Err(Refusal::NotInState(exception.state.word()).into());
        }
        self.book.close_exception(&exception, action, outcome)?;
        let mut last_of_case = exception.case;
        if let Some(case) = &last_of_case {
            let all = self.book.exceptions_of_case(case)?;
            if !all.iter().all(|one| one.state.is_final()) {
                last_of_case = None;
            }
        }
        Ok(Closed {
            number,
            last_of_case,
        })
    }

    /// The last message of a case: that it is closed.
    ///
    /// # Errors
    /// `CaseUnknown`; `NotInState` while an exception of it is open; those of the book.
    pub fn closing_report(&self, case: &str, reporter: &Reporter<'_>) -> Result<String, Error> {
        let unknown = || Refusal::CaseUnknown(case.to_owned());
        let Case { id, .. } = self.book.case(case)?.ok_or_else(unknown)?;
        let all = self.book.exceptions_of_case(&id)?;
        match all.iter().find(|one| !one.state.is_final()) {
            Some(open) => Err(Refusal::NotInState(open.state.word()).into()),
            None => Ok(closing(&id, reporter)),
        }
    }
}
