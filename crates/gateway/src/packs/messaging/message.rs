//! The answer to a question, as JSON.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Information, Reason};

/// The longest answer that is read, in bytes.
pub(super) const MOST: usize = 64 << 10;

/// A manufacturer's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// When it was given, as the responder writes it.
    pub timestamp: String,
    /// Who gave it: a GLN.
    pub responder: String,
    /// Of which question.
    pub correlation: String,
    /// Whether the pack is verified.
    pub is_verified: bool,
    /// If not, why.
    pub reason: Option<Reason>,
    /// What else is said.
    pub information: Option<Information>,
}

/// Why a text is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageFault {
    /// Not the JSON of an answer.
    #[error("it is not the json of an answer")]
    Malformed,
    /// The answer to another question.
    #[error("it answers another question")]
    OtherQuestion,
    /// A word that is in no list of the standard.
    #[error("it has a word that the standard does not have")]
    UnknownWord,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Text {
    verification_timestamp: String,
    #[serde(rename = "responderGLN")]
    responder_gln: String,
    #[serde(rename = "corrUUID")]
    corr_uuid: String,
    data: Data,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    verified: bool,
    verification_failure_reason: Option<String>,
    additional_info: Option<String>,
}

impl Response {
    /// The answer as the standard has it.
    pub fn to_json(&self) -> Value {
        let mut data = json!({ "verified": self.is_verified });
        if let Some(reason) = self.reason {
            data["verificationFailureReason"] = json!(reason.word());
        }
        if let Some(information) = self.information {
            data["additionalInfo"] = json!(information.word());
        }
        json!({
            "verificationTimestamp": self.timestamp,
            "responderGLN": self.responder,
            "corrUUID": self.correlation,
            "data": data,
        })
    }

    /// Reads the answer to the question of this number.
    ///
    /// # Errors
    /// [`MessageFault`].
    pub fn read(text: &[u8], correlation: &str) -> Result<Self, MessageFault> {
        let text: Text = serde_json::from_slice(text).map_err(|_| MessageFault::Malformed)?;
        let fits = [&text.verification_timestamp, &text.responder_gln]
            .iter()
            .all(|text| text.len() <= 64 && text.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
        if !fits {
            return Err(MessageFault::Malformed);
        }
        if !text.corr_uuid.eq_ignore_ascii_case(correlation) {
            return Err(MessageFault::OtherQuestion);
        }
        let unknown = MessageFault::UnknownWord;
        let reason = text.data.verification_failure_reason;
        let reason = reason.map(|word| Reason::from_word(&word).ok_or(unknown));
        let information = text.data.additional_info;
        let information = information.map(|word| Information::from_word(&word).ok_or(unknown));
        Ok(Self {
            timestamp: text.verification_timestamp,
            responder: text.responder_gln,
            correlation: text.corr_uuid,
            is_verified: text.data.verified,
            reason: reason.transpose()?,
            information: information.transpose()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: &str = "2b3f5c0e-0c2f-4e0f-9a53-2b1fa0d0b7a1";

    fn response() -> Response {
        Response {
            timestamp: "2026-11-23T08:00:00.000Z".to_owned(),
            responder: "4012345000009".to_owned(),
            correlation: NUMBER.to_owned(),
            is_verified: false,
            reason: Some(Reason::NotForRedistribution),
            information: Some(Information::Recalled),
        }
    }

    #[test]
    fn an_answer_is_read_back() {
        let text = response().to_json().to_string();
        assert_eq!(Response::read(text.as_bytes(), NUMBER), Ok(response()));
        let verified = Response {
            is_verified: true,
            reason: None,
            information: None,
            ..response()
        };
        let text = verified.to_json().to_string();
        assert!(!text.contains("verificationFailureReason"));
        assert_eq!(Response::read(text.as_bytes(), NUMBER), Ok(verified));
    }

    #[test]
    fn what_is_no_answer_to_the_question_is_refused() {
        let text = response().to_json().to_string();
        let read = |text: &str| Response::read(text.as_bytes(), NUMBER);
        assert_eq!(read("{}"), Err(MessageFault::Malformed));
        let other = text.replace("2b3f", "3b3f");
        assert_eq!(read(&other), Err(MessageFault::OtherQuestion));
        let word = text.replace("Not_for_re-distribution", "Because");
        assert_eq!(read(&word), Err(MessageFault::UnknownWord));
        let long = text.replace("4012345000009", &"4".repeat(65));
        assert_eq!(read(&long), Err(MessageFault::Malformed));
    }
}
