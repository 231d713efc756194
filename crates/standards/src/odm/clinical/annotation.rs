//! What was noted about data.

use super::TransactionType;
use crate::odm::{place::Place, xml::Element};

/// A comment of an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// `Sponsor` or `Site`.
    pub by: Option<String>,
    /// What it says; in ODM 2.0 the first translation.
    pub text: String,
}

/// A flag of an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Its value, and the code list of it.
    pub value: (String, Option<String>),
    /// Its type, and the code list of it.
    pub kind: Option<(String, Option<String>)>,
}

/// An annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Its id, by which typed items of ODM 1.3 name it.
    pub id: Option<String>,
    /// Its number among those of the same data.
    pub number: Option<String>,
    /// What becomes of it.
    pub transaction: Option<TransactionType>,
    /// Its comment.
    pub comment: Option<Comment>,
    /// Its flags.
    pub flags: Vec<Flag>,
    /// Where it stands.
    pub place: Place,
}

impl Annotation {
    /// Reads an `Annotation`.
    pub fn of(element: &Element) -> Self {
        let attribute = |name: &str| element.attribute(name);
        Self {
            id: attribute("ID").map(str::to_owned),
            number: attribute("SeqNum").map(str::to_owned),
            transaction: attribute("TransactionType").and_then(TransactionType::named),
            comment: element.child("Comment").map(comment),
            flags: element.children("Flag").map(flag).collect(),
            place: element.place,
        }
    }
}

fn comment(element: &Element) -> Comment {
    let text = match element.child("TranslatedText") {
        Some(translated) => translated.text(),
        None => element.text(),
    };
    Comment {
        by: element.attribute("SponsorOrSite").map(str::to_owned),
        text: text.trim().to_owned(),
    }
}

fn flag(element: &Element) -> Flag {
    let coded = |name: &str| {
        let child = element.child(name)?;
        let list = child.attribute("CodeListOID").map(str::to_owned);
        Some((child.text().trim().to_owned(), list))
    };
    Flag {
        value: coded("FlagValue").unwrap_or_default(),
        kind: coded("FlagType"),
    }
}
