//! Questions about data: those of ODM 2.0, and those that Rave and OpenClinica export.

use super::AuditRecord;
use crate::odm::{
    place::Place,
    xml::{Element, Space},
};

/// Where a query is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QueryState {
    /// It may become one.
    Candidate,
    /// It waits for an answer.
    Open,
    /// It was answered.
    Answered,
    /// It is done.
    Closed,
    /// It was taken back.
    Cancelled,
    /// The data were put right.
    Resolved,
}

impl QueryState {
    /// The state of this name, in ODM 2.0 or in an export of Rave or OpenClinica.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "Candidate" => Self::Candidate,
            "Open" | "New" | "Updated" => Self::Open,
            "Answered" | "Resolution Proposed" => Self::Answered,
            "Closed" => Self::Closed,
            "Cancelled" => Self::Cancelled,
            "Resolved" => Self::Resolved,
            _ => return None,
        })
    }
}

/// A query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Its OID, or the vendor's id.
    pub id: Option<String>,
    /// Its state, where the name is known.
    pub state: Option<QueryState>,
    /// Its state as it stands in the file.
    pub status: Option<String>,
    /// `Manual` or `System`, or the vendor's type.
    pub kind: Option<String>,
    /// Who asks.
    pub source: Option<String>,
    /// Who is asked.
    pub target: Option<String>,
    /// When it was changed last, as it stands in the file.
    pub at: Option<String>,
    /// What it says, one text for each of its notes.
    pub texts: Vec<String>,
    /// Its audit records.
    pub audits: Vec<AuditRecord>,
    /// Where it stands.
    pub place: Place,
}

impl Query {
    /// Reads a `Query` of ODM 2.0 or Rave, or a `DiscrepancyNote` of OpenClinica; `None` for anything else.
    pub fn of(element: &Element) -> Option<Self> {
        match (element.name.space, &*element.name.local) {
            (Space::Odm, "Query") => Some(Self::standard(element)),
            (Space::Foreign, "Query") => Some(Self::of_rave(element)),
            (Space::Foreign, "DiscrepancyNote") => Some(Self::of_openclinica(element)),
            _ => None,
        }
    }

    fn with_status(element: &Element, status: Option<String>) -> Self {
        Self {
            id: None,
            state: status.as_deref().and_then(QueryState::named),
            status,
            kind: None,
            source: None,
            target: None,
            at: None,
            texts: Vec::new(),
            audits: Vec::new(),
            place: element.place,
        }
    }

    fn standard(element: &Element) -> Self {
        let attribute = |name: &str| element.attribute(name).map(str::to_owned);
        Self {
            id: attribute("OID"),
            kind: attribute("Type"),
            source: attribute("Source"),
            target: attribute("Target"),
            at: attribute("LastUpdateDatetime"),
            texts: element.children("Value").map(Element::text).collect(),
            audits: element
                .children("AuditRecord")
                .map(AuditRecord::of)
                .collect(),
            ..Self::with_status(element, attribute("State"))
        }
    }

    fn of_rave(element: &Element) -> Self {
        let attribute = |name: &str| element.attribute(name).map(str::to_owned);
        let texts = [attribute("Value"), attribute("Response")];
        Self {
            id: attribute("QueryRepeatKey"),
            target: attribute("Recipient"),
            texts: texts.into_iter().flatten().collect(),
            ..Self::with_status(element, attribute("Status"))
        }
    }

    fn of_openclinica(element: &Element) -> Self {
        let attribute = |name: &str| element.attribute(name).map(str::to_owned);
        let notes = element
            .elements()
            .filter(|note| &*note.name.local == "ChildNote");
        let texts = notes.flat_map(|note| {
            let said = ["Description", "DetailedNote"];
            let parts = note
                .elements()
                .filter(move |part| said.contains(&&*part.name.local));
            parts.map(|part| part.text().trim().to_owned())
        });
        Self {
            id: attribute("ID"),
            kind: attribute("NoteType"),
            at: attribute("DateUpdated"),
            texts: texts.filter(|text| !text.is_empty()).collect(),
            ..Self::with_status(element, attribute("Status"))
        }
    }
}
