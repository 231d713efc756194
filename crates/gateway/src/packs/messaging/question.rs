//! A question about a pack, as it arrives in a URL.

use theriac_standards::gs1::key::Gln;

use crate::packs::label::Label;

/// A question about a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What is printed on it.
    pub label: Label,
    /// Who asks: a GLN.
    pub requester: String,
    /// The number of the question, which its answer repeats.
    pub correlation: String,
}

/// Why a URL is no question. Nothing of the pack is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuestionFault {
    /// A parameter is missing.
    #[error("{0}: missing")]
    Missing(&'static str),
    /// A parameter is not what it should be.
    #[error("{0}: expected {1}")]
    Faulty(&'static str, &'static str),
}

/// The link type that stands for this service.
pub(super) const LINK_TYPE: &str = "verificationService";
/// Why one asks: a pack came back, and is to be sold again.
pub(super) const CONTEXT: &str = "dscsaSaleableReturn";

impl Question {
    /// Reads the path (GTIN, lot, serial) and the parameters of the query.
    ///
    /// # Errors
    /// [`QuestionFault`] of the first that is missing or faulty.
    pub fn read(
        [gtin, lot, serial]: [&str; 3],
        parameter: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, QuestionFault> {
        let given = |name: &'static str| parameter(name).ok_or(QuestionFault::Missing(name));
        let expiry = given("exp")?;
        if given("linkType")? != LINK_TYPE {
            return Err(QuestionFault::Faulty("linkType", LINK_TYPE));
        }
        let (requester, correlation) = (context_and_requester(&parameter)?, given("corrUUID")?);
        if !is_uuid(&correlation) {
            return Err(QuestionFault::Faulty("corrUUID", "a UUID"));
        }
        if gtin.len() != 14 {
            return Err(QuestionFault::Faulty("gtin", "14 digits"));
        }
        let label = Label::new(gtin, serial, lot, &expiry);
        let faulty = |_| QuestionFault::Faulty("gtin, lot, ser, exp", "values as GS1 has them");
        Ok(Self {
            label: label.map_err(faulty)?,
            requester,
            correlation,
        })
    }
}

/// The requester's GLN, of a query that names the context as well.
///
/// # Errors
/// [`QuestionFault`] of the first that is missing or faulty.
pub(crate) fn context_and_requester(
    parameter: &impl Fn(&str) -> Option<String>,
) -> Result<String, QuestionFault> {
    let given = |name: &'static str| parameter(name).ok_or(QuestionFault::Missing(name));
    if given("context")? != CONTEXT {
        return Err(QuestionFault::Faulty("context", CONTEXT));
    }
    let requester = given("reqGLN")?;
    match Gln::parse(&requester) {
        Ok(_) => Ok(requester),
        Err(_) => Err(QuestionFault::Faulty("reqGLN", "a GLN of 13 digits")),
    }
}

fn is_uuid(text: &str) -> bool {
    let places = text.bytes().enumerate();
    text.len() == 36
        && places.into_iter().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: [&str; 3] = ["04012345123456", "L7", "A1"];
    const QUERY: [(&str, &str); 5] = [
        ("exp", "271100"),
        ("linkType", "verificationService"),
        ("context", "dscsaSaleableReturn"),
        ("reqGLN", "4012345000023"),
        ("corrUUID", "2b3f5c0e-0c2f-4e0f-9a53-2b1fa0d0b7a1"),
    ];

    fn read(query: &[(&str, &str)]) -> Result<Question, QuestionFault> {
        let found = |name: &str| query.iter().find(|(key, _)| *key == name);
        Question::read(PATH, |name| {
            found(name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_whole_question_is_read() {
        let question = read(&QUERY).unwrap();
        assert_eq!(question.label.lot(), "L7");
        assert_eq!(question.requester, "4012345000023");
    }

    #[test]
    fn each_parameter_must_be_there_and_right() {
        for (at, (name, _)) in QUERY.iter().enumerate() {
            let mut without = QUERY.to_vec();
            without.remove(at);
            assert_eq!(read(&without), Err(QuestionFault::Missing(name)));
            let mut wrong = QUERY;
            wrong[at].1 = "x y";
            assert!(
                matches!(read(&wrong), Err(QuestionFault::Faulty(..))),
                "{name}"
            );
        }
    }
}
