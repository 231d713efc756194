//! Versions, syntaxes and forms: what the client says it takes, against what is served.

use super::{
    Problem, ProblemKind, headers,
    media::{accepted_type, media_range},
};
use crate::repository::Form;
use axum::http::{HeaderMap, header};
use theriac_standards::epcis::{
    convert::{IdentifierForm, TermForm},
    xml::Edition,
};

/// The syntax of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Syntax {
    #[default]
    Json,
    Xml,
}

/// What the client takes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wants {
    json: Option<(u16, &'static str)>,
    xml: Option<(u16, &'static str)>,
    /// The edition of XML.
    pub(crate) edition: AnswerEdition,
    pub(crate) identifiers: IdentifierForm,
    pub(crate) terms: TermForm,
}

/// The edition of answers in XML: 2.0 unless the client takes none but earlier ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum AnswerEdition {
    One,
    #[default]
    Two,
}

impl From<AnswerEdition> for Edition {
    fn from(edition: AnswerEdition) -> Self {
        match edition {
            AnswerEdition::One => Self::One,
            AnswerEdition::Two => Self::Two,
        }
    }
}

const JSON: [&str; 2] = ["application/json", "application/ld+json"];
const XML: [&str; 2] = ["application/xml", "text/xml"];

impl Wants {
    /// Reads what a request says.
    ///
    /// # Errors
    /// Versions that are not served, forms that there are none of.
    pub(crate) fn read(request: &HeaderMap) -> Result<Self, Problem> {
        let mut wants = Self::accepting(request);
        wants.edition = edition(request)?;
        if wants.edition == AnswerEdition::One {
            // JSON-LD came with 2.0.
            wants.json = None;
        }
        range(request, ("GS1-CBV-Min", "GS1-CBV-Max"), headers::CBV)?;
        exact(request, "GS1-EPCIS-Version", headers::EPCIS)?;
        exact(request, "GS1-CBV-Version", headers::CBV)?;
        let form = |name: &str| text(request, name);
        wants.identifiers = match form("GS1-EPC-Format")? {
            None => IdentifierForm::DigitalLink,
            Some(form) => IdentifierForm::named(form).ok_or_else(|| unknown("GS1-EPC-Format"))?,
        };
        wants.terms = match form("GS1-CBV-XML-Format")? {
            None => TermForm::NoPreference,
            Some(form) => TermForm::named(form).ok_or_else(|| unknown("GS1-CBV-XML-Format"))?,
        };
        Ok(wants)
    }

    /// Only which syntaxes are taken, for problems too.
    pub(crate) fn accepting(request: &HeaderMap) -> Self {
        let mut wants = Self::default();
        let mut values = request.get_all(header::ACCEPT).iter().peekable();
        if values.peek().is_none() {
            wants.json = Some((1_000, JSON[0]));
            wants.xml = Some((1, XML[0]));
            return wants;
        }
        for value in values.filter_map(|value| value.to_str().ok()) {
            value.split(',').for_each(|range| wants.take(range));
        }
        wants
    }

    fn take(&mut self, range: &str) {
        // Any range counts less than a name.
        let (name, quality) = media_range(range);
        if quality == 0 {
            return;
        }
        let better = |best: &mut Option<(u16, &'static str)>, offered| {
            if best.is_none_or(|(known, _)| known < quality) {
                *best = Some((quality, offered));
            }
        };
        match name.as_str() {
            "*/*" | "application/*" => {
                better(&mut self.json, JSON[0]);
                self.xml.get_or_insert((1, XML[0]));
            }
            "text/*" => better(&mut self.xml, XML[1]),
            name => {
                if let Some(offered) = JSON.into_iter().find(|offered| *offered == name) {
                    better(&mut self.json, offered);
                }
                if let Some(offered) = XML.into_iter().find(|offered| *offered == name) {
                    better(&mut self.xml, offered);
                }
            }
        }
    }

    /// The content type of an answer that is there in both syntaxes.
    ///
    /// # Errors
    /// The client takes neither.
    pub(crate) fn either(&self) -> Result<(Syntax, &'static str), Problem> {
        match (self.json, self.xml) {
            (Some((json, _)), Some((xml, offered))) if xml > json => Ok((Syntax::Xml, offered)),
            (Some((_, offered)), _) => Ok((Syntax::Json, offered)),
            (None, Some((_, offered))) => Ok((Syntax::Xml, offered)),
            (None, None) => {
                let detail = "served are application/json, application/ld+json and application/xml";
                Err(ProblemKind::NotAcceptable.because(detail))
            }
        }
    }

    /// The content type of an answer that is there in JSON alone.
    ///
    /// # Errors
    /// The client does not take it.
    pub(crate) fn json(&self) -> Result<&'static str, Problem> {
        let detail = "served are application/json and application/ld+json";
        let refused = || ProblemKind::NotAcceptable.because(detail);
        self.json.map(|(_, offered)| offered).ok_or_else(refused)
    }

    /// The content type of an answer that is there in XML alone.
    ///
    /// # Errors
    /// The client does not take it.
    pub(crate) fn xml(&self) -> Result<&'static str, Problem> {
        let detail = "served are application/xml and text/xml";
        let refused = || ProblemKind::NotAcceptable.because(detail);
        self.xml.map(|(_, offered)| offered).ok_or_else(refused)
    }

    /// The syntax of problems.
    pub(crate) fn problems(&self) -> Syntax {
        self.either().map_or(Syntax::Json, |(syntax, _)| syntax)
    }
}

/// The syntax of a body.
///
/// # Errors
/// None that is read.
pub(crate) fn accepted_form(request: &HeaderMap) -> Result<Form, Problem> {
    let name = accepted_type(request, &[JSON[0], JSON[1], XML[0], XML[1]])?;
    match JSON.contains(&name) {
        true => Ok(Form::Json),
        false => Ok(Form::Xml),
    }
}

fn unknown(header: &str) -> Problem {
    ProblemKind::NotAcceptable.because(format!("{header}: no such form"))
}

fn text<'a>(request: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Problem> {
    let value = request.get(name).map(|value| value.to_str());
    value.transpose().map_err(|_| unknown(name))
}

fn version(request: &HeaderMap, name: &str) -> Result<Option<Vec<u32>>, Problem> {
    let Some(text) = text(request, name)? else {
        return Ok(None);
    };
    let numbers: Option<Vec<u32>> = text.split('.').map(number).collect();
    match numbers {
        Some(mut numbers) if numbers.len() <= 4 => {
            numbers.resize(4, 0);
            Ok(Some(numbers))
        }
        _ => Err(ProblemKind::NotAcceptable.because(format!("{name}: no version"))),
    }
}

/// A part of a version: up to three digits, without zeros before.
fn number(part: &str) -> Option<u32> {
    let plain = part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let stands = plain && (part == "0" || !part.starts_with('0'));
    part.parse().ok().filter(|_| stands)
}

/// Versions served, the least and the greatest.
pub(crate) type Served = (&'static str, &'static str);

fn served((least, greatest): Served) -> (Vec<u32>, Vec<u32>) {
    let numbers = |text: &str| {
        let numbers = text.split('.').filter_map(|part| part.parse().ok());
        let mut numbers: Vec<u32> = numbers.collect();
        numbers.resize(4, 0);
        numbers
    };
    (numbers(least), numbers(greatest))
}

fn range(request: &HeaderMap, (min, max): (&str, &str), known: Served) -> Result<(), Problem> {
    let (least, greatest) = served(known);
    let above = version(request, min)?.is_some_and(|min| min > greatest);
    let below = version(request, max)?.is_some_and(|max| max < least);
    match above || below {
        true => Err(not_served(known)),
        false => Ok(()),
    }
}

fn exact(request: &HeaderMap, name: &str, known: Served) -> Result<(), Problem> {
    let (least, greatest) = served(known);
    match version(request, name)? {
        Some(asked) if asked < least || asked > greatest => Err(not_served(known)),
        Some(_) | None => Ok(()),
    }
}

fn not_served((least, greatest): Served) -> Problem {
    ProblemKind::NotAcceptable.because(format!("served are versions {least} to {greatest}"))
}

fn edition(request: &HeaderMap) -> Result<AnswerEdition, Problem> {
    range(request, ("GS1-EPCIS-Min", "GS1-EPCIS-Max"), headers::EPCIS)?;
    let max = version(request, "GS1-EPCIS-Max")?;
    Ok(match max {
        Some(max) if max[0] < 2 => AnswerEdition::One,
        Some(_) | None => AnswerEdition::Two,
    })
}
