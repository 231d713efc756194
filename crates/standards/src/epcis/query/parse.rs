//! Parameters by their names.

use super::{
    QueryError,
    clause::{Clause, ErrorClause, Operator, SensorClause},
    extension::extension,
    given::{Given, MAX_PARAMETERS, MAX_VALUE_BYTES, MAX_VALUES},
    matching::matching,
    pattern::canonical,
    select::{Direction, OrderBy},
    sensor::sensor,
};
use crate::epcis::{
    excerpt::Excerpt,
    model::{Action, EventType, Field, Prefixes},
    uri::is_uri,
    vocabulary::{Kind, Term},
};

/// A parsed query.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub(super) clauses: Vec<Clause>,
    /// By what to order.
    pub order_by: Option<OrderBy>,
    /// In which direction; `DESC` unless said otherwise.
    pub direction: Direction,
    /// The first so many events alone.
    pub event_count_limit: Option<u64>,
    /// No answer at all if there are more.
    pub max_event_count: Option<u64>,
    /// Events of one page.
    pub per_page: Option<u64>,
    /// Where the next page begins, as the server said it.
    pub next_page_token: Option<String>,
}

impl Query {
    pub(super) fn new(given: Vec<Given>, prefixes: &Prefixes) -> Result<Self, QueryError> {
        bound(&given)?;
        let mut query = Self::default();
        for (at, each) in given.iter().enumerate() {
            if given[..at].iter().any(|earlier| earlier.name == each.name) {
                return Err(QueryError::Repeated(Excerpt::new(&each.name)));
            }
            if !query.control(each, prefixes)? {
                query.clauses.extend(clause(each, prefixes)?);
            }
        }
        if query.event_count_limit.is_some() && query.max_event_count.is_some() {
            return Err(QueryError::TwoLimits);
        }
        if query.event_count_limit.is_some() && query.order_by.is_none() {
            return Err(QueryError::LimitWithoutOrder);
        }
        Ok(query)
    }

    /// Takes a parameter that says how to answer; false if it says what to ask.
    fn control(&mut self, given: &Given, prefixes: &Prefixes) -> Result<bool, QueryError> {
        match given.name.as_str() {
            "orderBy" => self.order_by = Some(OrderBy::read(given.text()?, prefixes)),
            "orderDirection" => {
                self.direction = match given.text()? {
                    "ASC" => Direction::Ascending,
                    "DESC" => Direction::Descending,
                    _ => return Err(given.refuse("ASC or DESC")),
                };
            }
            "eventCountLimit" => self.event_count_limit = Some(given.count()?),
            "maxEventCount" => self.max_event_count = Some(given.count()?),
            "perPage" => self.per_page = Some(given.count()?),
            "nextPageToken" => self.next_page_token = Some(given.text()?.to_owned()),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

fn bound(given: &[Given]) -> Result<(), QueryError> {
    let too_large = |limit, what| Err(QueryError::TooLarge { limit, what });
    let values = given.iter().flat_map(|each| &each.values);
    if given.len() > MAX_PARAMETERS {
        return too_large(MAX_PARAMETERS, "parameters");
    }
    if values.clone().count() > MAX_VALUES {
        return too_large(MAX_VALUES, "values");
    }
    if values.clone().any(|value| value.len() > MAX_VALUE_BYTES) {
        return too_large(MAX_VALUE_BYTES, "bytes of one value");
    }
    Ok(())
}

/// The condition of a parameter; `None` where its value says that it asks nothing.
fn clause(given: &Given, prefixes: &Prefixes) -> Result<Option<Clause>, QueryError> {
    let unknown = || QueryError::UnknownParameter(Excerpt::new(&given.name));
    let (operator, rest) = given.name.split_once('_').unwrap_or((&given.name, ""));
    let found = match operator {
        "eventType" if rest.is_empty() => Some(event_types(given)?),
        "EQ" => equal(given, rest)?,
        "GE" | "LT" => time(given, operator, rest)?,
        "MATCH" => Some(matching(given, rest)?),
        "WD" => Some(Clause::Within(
            place(rest).ok_or_else(unknown)?,
            ids(given)?,
        )),
        "EXISTS" => return exists(given, rest, prefixes),
        "GT" | "LE" | "HASATTR" | "EQATTR" => None,
        _ => return Err(unknown()),
    };
    if found.is_some() {
        return Ok(found);
    }
    if let Some(operator) = Operator::named(operator) {
        if let Some(found) = sensor(given, operator, rest)? {
            return Ok(Some(found));
        }
        if let Some(found) = quantity(given, operator, rest)? {
            return Ok(Some(found));
        }
    }
    extension(given, prefixes)?.map(Some).ok_or_else(unknown)
}

fn event_types(given: &Given) -> Result<Clause, QueryError> {
    let names = given.texts()?;
    let stands = |name: &String| EventType::standard(name).is_some() || is_uri(name);
    match names.iter().all(stands) {
        true => Ok(Clause::EventType(names)),
        false => Err(given.refuse("types of events")),
    }
}

fn equal(given: &Given, rest: &str) -> Result<Option<Clause>, QueryError> {
    let clause = match rest {
        "action" => {
            let actions: Option<Vec<_>> = given
                .texts()?
                .iter()
                .map(|word| Action::named(word))
                .collect();
            Clause::Action(actions.ok_or_else(|| given.refuse("ADD, OBSERVE or DELETE"))?)
        }
        "bizStep" => Clause::Term(Field::BizStep, Kind::BizStep, terms(given, Kind::BizStep)?),
        "disposition" => {
            let terms = terms(given, Kind::Disposition)?;
            Clause::Term(Field::Disposition, Kind::Disposition, terms)
        }
        "persistentDisposition_set" | "persistentDisposition_unset" => Clause::Persistent {
            set: rest.ends_with("_set"),
            terms: terms(given, Kind::Disposition)?,
        },
        "transformationID" => Clause::Id(Field::TransformationId, ids(given)?),
        "eventID" => Clause::Id(Field::EventId, given.texts()?),
        "errorReason" => Clause::Error(ErrorClause::Reason(terms(given, Kind::ErrorReason)?)),
        "correctiveEventID" => Clause::Error(ErrorClause::CorrectiveId(given.texts()?)),
        _ => match (place(rest), document(rest)) {
            (Some(place), _) => Clause::Id(place, ids(given)?),
            (None, Some((field, kind, type_name))) => {
                Clause::Document(field, kind.to_web(type_name).into_owned(), ids(given)?)
            }
            (None, None) => return Ok(None),
        },
    };
    Ok(Some(clause))
}

fn place(rest: &str) -> Option<Field> {
    match rest {
        "readPoint" => Some(Field::ReadPoint),
        "bizLocation" => Some(Field::BizLocation),
        _ => None,
    }
}

/// `bizTransaction_po`, `source_owning_party`, `destination_location`.
fn document(rest: &str) -> Option<(Field, Kind, &str)> {
    let (list, type_name) = rest.split_once('_').filter(|(_, name)| !name.is_empty())?;
    match list {
        "bizTransaction" => Some((Field::BizTransactionList, Kind::BizTransaction, type_name)),
        "source" => Some((Field::SourceList, Kind::Party, type_name)),
        "destination" => Some((Field::DestinationList, Kind::Party, type_name)),
        _ => None,
    }
}

fn terms(given: &Given, kind: Kind) -> Result<Vec<String>, QueryError> {
    let texts = given.texts()?;
    match texts
        .iter()
        .any(|text| kind.classify(text) == Term::Invalid)
    {
        true => Err(given.refuse("terms of the vocabulary or URIs")),
        false => Ok(texts
            .iter()
            .map(|text| kind.to_web(text).into_owned())
            .collect()),
    }
}

/// Identifiers in canonical form.
fn ids(given: &Given) -> Result<Vec<String>, QueryError> {
    let texts = given.texts()?;
    match texts.iter().all(|text| is_uri(text)) {
        true => Ok(texts.iter().map(|text| canonical(text)).collect()),
        false => Err(given.refuse("URIs")),
    }
}

fn time(given: &Given, operator: &str, rest: &str) -> Result<Option<Clause>, QueryError> {
    let operator = match operator {
        "GE" => Operator::GreaterOrEqual,
        _ => Operator::Less,
    };
    Ok(match rest {
        "eventTime" => Some(Clause::Time(Field::EventTime, operator, given.time()?)),
        "recordTime" => Some(Clause::Time(Field::RecordTime, operator, given.time()?)),
        "errorDeclaration_Time" | "errorDeclarationTime" => {
            Some(Clause::Error(ErrorClause::Time(operator, given.time()?)))
        }
        _ => None,
    })
}

fn quantity(given: &Given, operator: Operator, rest: &str) -> Result<Option<Clause>, QueryError> {
    let uom = match rest.strip_prefix("quantity") {
        Some("") => None,
        Some(uom) if uom.starts_with('_') => Some(uom[1..].to_owned()),
        _ => return Ok(None),
    };
    Ok(Some(Clause::Quantity {
        operator,
        values: match operator {
            Operator::Equal => given.numbers()?,
            Operator::Greater
            | Operator::GreaterOrEqual
            | Operator::Less
            | Operator::LessOrEqual => vec![given.number()?],
        },
        uom,
    }))
}

fn exists(given: &Given, rest: &str, prefixes: &Prefixes) -> Result<Option<Clause>, QueryError> {
    let asked = given.flag()?;
    let clause = match rest {
        "errorDeclaration" => Clause::Error(ErrorClause::Exists),
        "sensorElementList" => Clause::Sensor(SensorClause::Exists),
        _ => extension(given, prefixes)?
            .ok_or_else(|| QueryError::UnknownParameter(Excerpt::new(&given.name)))?,
    };
    Ok(asked.then_some(clause))
}
