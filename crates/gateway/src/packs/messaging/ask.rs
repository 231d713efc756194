//! Asks a manufacturer about a pack.

use super::{
    MessageFault, Requester, Response,
    fetch::fetch,
    question::{CONTEXT, LINK_TYPE},
};
use crate::packs::{label::Label, random, verify};

/// What came of asking a manufacturer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManufacturerAnswer {
    /// It answered.
    Answered(Response),
    /// It did not.
    Failed(AskFailure),
}

/// Why a manufacturer did not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskFailure {
    /// The ledger has an address that is none, or that leads inside this organisation.
    #[error("the ledger has an address that is not asked")]
    AddressRefused,
    /// It cannot be reached.
    #[error("it cannot be reached")]
    Unreachable,
    /// It took too long.
    #[error("it took too long")]
    TimedOut,
    /// It answered with another status.
    #[error("it answered with status {0}")]
    Status(u16),
    /// Its answer is none.
    #[error("{0}")]
    Answer(#[from] MessageFault),
}

impl AskFailure {
    /// The stable code, a fact in one word.
    pub fn code(self) -> &'static str {
        match self {
            Self::AddressRefused => "AddressRefused",
            Self::Unreachable => "Unreachable",
            Self::TimedOut => "TimedOut",
            Self::Status(_) => "Status",
            Self::Answer(MessageFault::Malformed) => "Malformed",
            Self::Answer(MessageFault::OtherQuestion) => "OtherQuestion",
            Self::Answer(MessageFault::UnknownWord) => "UnknownWord",
        }
    }
}

/// Asks the responder about a pack, as the place with this GLN; `None` where the product has no responder.
pub(crate) async fn ask(
    requester: &Requester,
    responder: &str,
    (label, gln): (&Label, &str),
) -> Option<ManufacturerAnswer> {
    let address = verify::address(requester.address(responder), label)?;
    let correlation = number();
    let url = format!(
        "{address}&linkType={LINK_TYPE}&context={CONTEXT}&reqGLN={gln}&corrUUID={correlation}"
    );
    let fetched = tokio::time::timeout(requester.patience, fetch(requester, &url)).await;
    let answered = fetched
        .unwrap_or(Err(AskFailure::TimedOut))
        .and_then(|text| Ok(Response::read(&text, &correlation)?));
    Some(match answered {
        Ok(response) => ManufacturerAnswer::Answered(response),
        Err(failure) => ManufacturerAnswer::Failed(failure),
    })
}

/// A random UUID (RFC 9562, version 4).
fn number() -> String {
    let mut bytes: [u8; 16] = random();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = hex::encode(bytes);
    let parts = [
        &text[..8],
        &text[8..12],
        &text[12..16],
        &text[16..20],
        &text[20..],
    ];
    parts.join("-")
}
