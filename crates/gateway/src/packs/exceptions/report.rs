//! Exceptions as a report between trading partners under the DSCSA, in the message of the Partnership for DSCSA Governance.

use theriac_standards::epcis::exceptions::{Contact, ExceptionReport, Exceptions, Maybe, write};

use super::{
    Action, Subject,
    items::{listed, some},
};
use crate::packs::{
    Error, Partner, Refusal,
    book::{Case, KnownException},
    random,
};

/// Who reports, and about what.
#[derive(Clone, Copy, Debug)]
pub struct Reporter<'a> {
    /// The place: a GLN.
    pub gln: &'a str,
    /// Where to write back.
    pub email: &'a str,
    /// The number of the purchase order.
    pub order: &'a str,
    /// Unix milliseconds.
    pub now_ms: u64,
}

/// What was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The case.
    pub case: String,
    /// The message, as JSON.
    pub message: String,
}

impl Partner {
    /// Reports exceptions to the partner against whom they are, as one case. What was reported before stays in its case, with its items.
    ///
    /// # Errors
    /// `ExceptionUnknown`, `NotInState`, `NothingToReport`, `SeveralPartners`, `SeveralCases`; those of the book.
    pub fn report_exceptions(
        &mut self,
        numbers: &[i64],
        reporter: &Reporter<'_>,
    ) -> Result<Reported, Error> {
        let mut exceptions = Vec::new();
        for number in numbers {
            let exception = self.book.exception(*number)?;
            let exception = exception.ok_or(Refusal::ExceptionUnknown(*number))?;
            if exception.state.next(Action::Report).is_none() {
                return Err(Refusal::NotInState(exception.state.word()).into());
            }
            exceptions.push(exception);
        }
        let case = one_case(&exceptions)?;
        if let Some(case) = &case {
            self.with_rest_of(case, &mut exceptions)?;
        }
        let id = case.unwrap_or_else(uuid);
        let items = exceptions.into_iter().map(|exception| {
            let item = exception.item.clone().unwrap_or_else(uuid);
            (exception, item)
        });
        let items: Vec<_> = items.collect();
        let message = write(&message(&id, &items, reporter));
        let case = Case {
            id: id.clone(),
            report: message.clone(),
            response: None,
        };
        self.book.report_case(&case, &items)?;
        Ok(Reported { case: id, message })
    }

    /// A later report takes the place of the one before: what is still open of the case belongs into it.
    fn with_rest_of(&self, case: &str, exceptions: &mut Vec<KnownException>) -> Result<(), Error> {
        for other in self.book.exceptions_of_case(case)? {
            let is_in = exceptions.iter().any(|one| one.number == other.number);
            if !is_in && !other.state.is_final() {
                exceptions.push(other);
            }
        }
        Ok(())
    }
}

/// The case in which all of them are, if they are in one; refused where they are of several cases or partners.
fn one_case(exceptions: &[KnownException]) -> Result<Option<String>, Refusal> {
    let first = exceptions.first().ok_or(Refusal::NothingToReport)?;
    let partner = |one: &KnownException| (one.found.organisation, one.found.gln.clone());
    if exceptions.iter().any(|one| partner(one) != partner(first)) {
        return Err(Refusal::SeveralPartners);
    }
    let mut cases: Vec<_> = exceptions
        .iter()
        .filter_map(|one| one.case.clone())
        .collect();
    cases.sort_unstable();
    cases.dedup();
    match cases.len() {
        0 | 1 => Ok(cases.pop()),
        _ => Err(Refusal::SeveralCases),
    }
}

fn message(
    case: &str,
    items: &[(KnownException, String)],
    reporter: &Reporter<'_>,
) -> ExceptionReport {
    let others = items
        .iter()
        .filter(|(one, _)| !one.found.subject.has_item());
    let others = others.map(|(one, _)| match &one.found.subject {
        Subject::Damage { pack } => format!("damaged: {pack}"),
        subject => subject.text(),
    });
    ExceptionReport {
        message_uuid: uuid(),
        exception_case_uuid: case.to_owned(),
        timestamp: (reporter.now_ms / 1_000).cast_signed(),
        po_number: reporter.order.to_owned(),
        sender_information: contact(reporter),
        exceptions: Maybe::Some(listed(items)),
        other_errors: some(others.collect()),
        case_resolved: false,
    }
}

/// The last message of a case.
pub(super) fn closing(case: &str, reporter: &Reporter<'_>) -> String {
    write(&ExceptionReport {
        exceptions: Maybe::Some(Exceptions::default()),
        other_errors: Maybe::Absent,
        case_resolved: true,
        ..message(case, &[], reporter)
    })
}

fn contact(reporter: &Reporter<'_>) -> Contact {
    Contact {
        vp: Maybe::Absent,
        gln: Maybe::Some(reporter.gln.to_owned()),
        email: reporter.email.to_owned(),
        phone: Maybe::Absent,
    }
}

/// A random UUID (RFC 9562, version 4).
fn uuid() -> String {
    let mut bytes: [u8; 16] = random();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = hex::encode(bytes);
    let parts = [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ];
    parts.join("-")
}
