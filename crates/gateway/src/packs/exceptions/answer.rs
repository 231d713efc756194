//! The partner's answer: a response of the Partnership for DSCSA Governance to a report of ours.

use theriac_standards::epcis::exceptions::{
    AlternativeResolution, ExceptionResponse, Resolution, ResolutionResponse, ResponseItem,
    check_response, read_report, read_response,
};

use super::Action;
use crate::packs::{Error, Partner, Refusal, book::KnownException};

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The case.
    pub case: String,
    /// The exceptions with the answer to each, in words.
    pub answers: Vec<(i64, String)>,
}

impl Partner {
    /// Takes the partner's response to a case.
    ///
    /// # Errors
    /// `ResponseFaulty`, `CaseUnknown`, `NotThePartner`, `NotInState`; those of the book.
    pub fn answer_exceptions(&mut self, response: &[u8]) -> Result<Answered, Error> {
        let text = String::from_utf8_lossy(response);
        let response =
            read_response(response).map_err(|error| Refusal::ResponseFaulty(error.to_string()))?;
        let id = response.exception_case_uuid.clone();
        let case = self.book.case(&id)?;
        let case = case.ok_or_else(|| Refusal::CaseUnknown(id.clone()))?;
        let report = read_report(case.report.as_bytes()).expect("the book has what was reported");
        if let Some(defect) = check_response(&response, &report).into_iter().next() {
            return Err(Refusal::ResponseFaulty(defect.to_string()).into());
        }
        let exceptions = self.book.exceptions_of_case(&id)?;
        check_sender(&response, &exceptions)?;
        let answers = answers(&response, exceptions)?;
        self.book.answer_case((&id, &text), &answers)?;
        let answers = answers
            .into_iter()
            .map(|(one, answer)| (one.number, answer));
        Ok(Answered {
            case: id,
            answers: answers.collect(),
        })
    }
}

/// Whether the response is of who sent the goods, where both say their place.
fn check_sender(
    response: &ExceptionResponse,
    exceptions: &[KnownException],
) -> Result<(), Refusal> {
    let expected = exceptions.iter().map(|one| one.found.gln.as_str());
    let mut expected = expected.filter(|gln| !gln.is_empty());
    match (response.sender_information.gln.value(), expected.next()) {
        (Some(got), Some(expected)) if got != expected => Err(Refusal::NotThePartner {
            got: got.clone(),
            expected: expected.to_owned(),
        }),
        (Some(_) | None, Some(_) | None) => Ok(()),
    }
}

/// Each exception that the response speaks of; one without an item in the message is answered by its notes.
fn answers(
    response: &ExceptionResponse,
    exceptions: Vec<KnownException>,
) -> Result<Vec<(KnownException, String)>, Refusal> {
    let items = || response.response_items.value().into_iter().flatten();
    let mut answers = Vec::new();
    for exception in exceptions {
        let item = items().find(|item| exception.item.as_ref() == Some(&item.exception_item_uuid));
        let notes = response.additional_notes.value();
        let answer = match (item, notes) {
            (Some(item), _) => words(item),
            (None, Some(notes)) if !exception.found.subject.has_item() => notes.clone(),
            (None, _) => continue,
        };
        if exception.state.next(Action::Answer).is_none() {
            return Err(Refusal::NotInState(exception.state.word()));
        }
        answers.push((exception, answer));
    }
    Ok(answers)
}

fn words(item: &ResponseItem) -> String {
    let verdict = match item.resolution_response {
        ResolutionResponse::Accept => "accepted",
        ResolutionResponse::Reject => "rejected",
    };
    let instead = item.alternative_resolution.value().and_then(instead);
    let instead = instead.map(|one| format!(", offers: {one}"));
    let comments = item.comments.value().map(|one| format!(": {one}"));
    [Some(verdict.to_owned()), instead, comments]
        .into_iter()
        .flatten()
        .collect()
}

fn instead(offer: &AlternativeResolution) -> Option<&'static str> {
    offer.alternative_resolution.map(request)
}

/// What is asked for or offered, in words.
pub(super) fn request(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::SendNewData => "send new data",
        Resolution::SendProduct => "send product",
        Resolution::ReturnProduct => "return product",
        Resolution::SendBackProduct => "send back product",
        Resolution::CreditAccount => "credit account",
        Resolution::DebitAccount => "debit account",
    }
}
