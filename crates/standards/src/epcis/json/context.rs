//! The prefixes that a JSON-LD context defines.
//!
//! The EPCIS context is known here under its published names and never fetched. Any other remote context is accepted as a name
//! only: it may define what is not known here, so the prefixes stay open.

use super::Json;
use crate::epcis::model::Prefixes;
use thiserror::Error;

const KNOWN: [&str; 3] = [
    "https://ref.gs1.org/standards/epcis/",
    "https://gs1.github.io/EPCIS/",
    "https://ref.gs1.org/standards/cbv/",
];

/// The most definitions that are kept.
const MAX_TERMS: usize = 1_000;

/// A context with more definitions than are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a context of more than {MAX_TERMS} definitions")]
pub struct TooManyTerms;

/// What prefixes stand for under `context`, beyond what `outer` says.
///
/// # Errors
/// There are more than a thousand definitions.
pub fn prefixes_of(context: &Json, outer: &Prefixes) -> Result<Prefixes, TooManyTerms> {
    let mut prefixes = outer.clone();
    add(context, &mut prefixes)?;
    Ok(prefixes)
}

fn add(context: &Json, prefixes: &mut Prefixes) -> Result<(), TooManyTerms> {
    match context {
        Json::Text(name) => {
            if !KNOWN.iter().any(|known| name.starts_with(known)) {
                prefixes.open = true;
            }
        }
        Json::List(contexts) => {
            let mut contexts = contexts.iter();
            return contexts.try_for_each(|context| add(context, prefixes));
        }
        Json::Object(terms) => {
            if prefixes.iter().count() + terms.len() > MAX_TERMS {
                return Err(TooManyTerms);
            }
            let terms = terms.iter();
            terms.for_each(|(term, definition)| define(term, definition, prefixes));
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
    Ok(())
}

fn define(term: &str, definition: &Json, prefixes: &mut Prefixes) {
    let target = match definition {
        Json::Text(target) => Some(target.as_str()),
        other => other.get("@id").and_then(Json::as_str),
    };
    let Some(target) = target.filter(|target| !term.starts_with('@') && !target.starts_with('@'))
    else {
        return;
    };
    let expanded = prefixes.expand(target);
    prefixes.define(term, expanded.as_deref().unwrap_or(target));
}
