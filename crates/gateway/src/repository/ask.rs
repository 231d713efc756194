//! What is asked of the tables: more than answers the query, never less. What the tables cannot decide is asked of the events.

use super::{
    entry::{
        canonical, comparable, document_name, extension_name, is_asked, role, sensor_key, short,
    },
    statement::Select,
};
use crate::partners::Caller;
use std::collections::BTreeSet;
use theriac_standards::epcis::{
    model::{Field, ReportField},
    time::Instant,
    vocabulary::Kind,
};

/// Conditions on the tables, all of which hold for each event that answers a query.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked(Vec<Condition>);

#[derive(Clone, Debug)]
enum Condition {
    /// The column has one of these values.
    Column(&'static str, Vec<String>),
    /// The column is at least, or at most, so many milliseconds.
    Time(&'static str, &'static str, i64),
    /// It declares another wrong.
    Declares,
    /// An identifier in one of these places is one of these, or begins with one of those.
    Epcs {
        roles: Vec<i64>,
        keys: Vec<String>,
        starts: Vec<String>,
    },
    /// It has an attribute, with one of these values if there are any.
    Attribute(String, Vec<String>),
}

/// What a caller sees, at one moment.
#[derive(Clone, Debug)]
pub(crate) struct View {
    partner: String,
    /// `None` sees all.
    parties: Option<BTreeSet<String>>,
    /// What became visible later is not seen, in milliseconds since 1970.
    pub(crate) until: i64,
    /// What became visible then or before is not seen either.
    pub(crate) since: i64,
}

impl View {
    pub(crate) fn new(caller: &Caller, until: i64) -> Self {
        Self {
            partner: caller.name().to_owned(),
            parties: caller.parties().cloned(),
            until,
            since: 0,
        }
    }

    /// Appends that `e`, an event captured by `c`, is seen.
    pub(super) fn push(&self, select: &mut Select) {
        select.push("c.recorded > ").bind(self.since);
        select.push(" AND c.recorded <= ").bind(self.until);
        let Some(parties) = &self.parties else {
            return;
        };
        select
            .push(" AND (c.partner = ")
            .bind(self.partner.as_str());
        select.push(" OR EXISTS (SELECT 1 FROM readers r WHERE r.seq = e.seq AND ");
        select.push_in("r.gln", parties.iter().map(String::as_str));
        select.push(") OR EXISTS (SELECT 1 FROM grants g WHERE g.seq = e.seq AND g.partner = ");
        select.bind(self.partner.as_str()).push("))");
    }
}

/// How answers are ordered where a column says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// As they were stored.
    Stored,
    EventTime {
        descending: bool,
    },
    RecordTime {
        descending: bool,
    },
}

/// The last event of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor {
    pub(crate) rank: i64,
    pub(crate) seq: i64,
}

impl Order {
    /// The column that events are ranked by.
    pub(super) fn column(self) -> &'static str {
        match self {
            Self::Stored => "e.seq",
            Self::EventTime { .. } => "e.event_time",
            Self::RecordTime { .. } => "c.recorded",
        }
    }

    fn descends(self) -> bool {
        match self {
            Self::Stored => false,
            Self::EventTime { descending } | Self::RecordTime { descending } => descending,
        }
    }

    /// Appends that events stand behind the cursor, and their order.
    pub(super) fn push(self, after: Option<Cursor>, select: &mut Select) {
        let (sign, word) = match self.descends() {
            true => (" < ", " DESC"),
            false => (" > ", ""),
        };
        let column = self.column();
        match (self, after) {
            (_, None) => {}
            (Self::Stored, Some(cursor)) => {
                select.push(" AND e.seq > ").bind(cursor.seq);
            }
            (Self::EventTime { .. } | Self::RecordTime { .. }, Some(cursor)) => {
                select
                    .push(" AND (")
                    .push(column)
                    .push(", e.seq)")
                    .push(sign);
                select.push("(").bind(cursor.rank).push(", ");
                select.bind(cursor.seq).push(")");
            }
        }
        select.push(" ORDER BY ").push(column).push(word);
        if self != Self::Stored {
            select.push(", e.seq").push(word);
        }
    }

    /// The tables in the order in which SQLite is to walk them; it keeps to that of a `CROSS JOIN`.
    pub(super) fn tables(self, asked: &Asked, view: &View) -> &'static str {
        let by_capture = view.since > 0 || asked.is_about_captures();
        match self {
            Self::RecordTime { .. } if by_capture => "captures c CROSS JOIN events e",
            Self::Stored | Self::EventTime { .. } | Self::RecordTime { .. } => {
                "events e CROSS JOIN captures c"
            }
        }
    }
}

impl Asked {
    /// What the parameters of a query, which must be valid, ask of the tables.
    pub(crate) fn of<'a>(parameters: impl Iterator<Item = (&'a str, &'a [String])>) -> Self {
        let conditions = parameters.filter_map(|(name, values)| condition(name, values));
        Self(conditions.collect())
    }

    /// Whether nothing is asked of an event but when it became visible.
    fn is_about_captures(&self) -> bool {
        let of_capture = |condition: &Condition| matches!(condition, Condition::Time(column, ..) if column.starts_with("c."));
        self.0.iter().all(of_capture)
    }

    pub(super) fn push(&self, select: &mut Select) {
        for condition in &self.0 {
            select.push(" AND ");
            condition.push(select);
        }
    }
}

impl Condition {
    fn push(&self, select: &mut Select) {
        match self {
            Self::Column(column, values) => {
                select.push_in(column, values.iter().map(String::as_str));
            }
            Self::Time(column, sign, millis) => {
                select.push(column).push(sign).bind(*millis);
            }
            Self::Declares => {
                select.push("e.declared IS NOT NULL");
            }
            Self::Epcs {
                roles,
                keys,
                starts,
            } => {
                select.push("e.seq IN (SELECT seq FROM epcs WHERE ");
                select.push_in("role", roles.iter().copied()).push(" AND (");
                select.push_in("key", keys.iter().map(String::as_str));
                for start in starts {
                    select.push(" OR key >= ").bind(start.as_str());
                    select.push(" AND key < ").bind(after(start));
                }
                select.push("))");
            }
            Self::Attribute(name, values) => {
                select.push("e.seq IN (SELECT seq FROM attributes WHERE name = ");
                select.bind(name.as_str());
                if !values.is_empty() {
                    select.push(" AND ");
                    select.push_in("value", values.iter().map(String::as_str));
                }
                select.push(")");
            }
        }
    }
}

/// The first text behind all that begin with `start`, which ends with a slash.
fn after(start: &str) -> String {
    format!("{}0", &start[..start.len() - 1])
}

fn condition(name: &str, values: &[String]) -> Option<Condition> {
    let (operator, rest) = name.split_once('_').unwrap_or((name, ""));
    match operator {
        "eventType" => Some(column("e.event_type", values, short)),
        "EQ" => equal(rest, values),
        "GE" | "LT" if time_column(rest).is_some() => time(operator, rest, values),
        "MATCH" => matching(rest, values),
        "EXISTS" => {
            let asks = matches!(
                values.first().map(String::as_str),
                None | Some("" | "true" | "1")
            );
            asks.then(|| exists(rest)).flatten()
        }
        "GE" | "LT" | "GT" | "LE" => exists(rest),
        _ => None,
    }
}

fn column(column: &'static str, values: &[String], key: impl Fn(&str) -> String) -> Condition {
    Condition::Column(column, values.iter().map(|value| key(value)).collect())
}

fn attribute(name: &str, values: &[String], key: impl Fn(&str) -> String) -> Option<Condition> {
    let values = values.iter().map(|value| key(value));
    Some(Condition::Attribute(name.to_owned(), values.collect()))
}

fn web(kind: Kind) -> impl Fn(&str) -> String {
    move |text| short(&kind.to_web(text))
}

fn equal(rest: &str, values: &[String]) -> Option<Condition> {
    match rest {
        "action" => Some(column("e.action", values, short)),
        "bizStep" => Some(column("e.biz_step", values, web(Kind::BizStep))),
        "disposition" => Some(column("e.disposition", values, web(Kind::Disposition))),
        "readPoint" => Some(column("e.read_point", values, canonical)),
        "bizLocation" => Some(column("e.biz_location", values, canonical)),
        "eventID" => Some(column("e.event_id", values, str::to_owned)),
        "persistentDisposition_set" => attribute("set", values, web(Kind::Disposition)),
        "persistentDisposition_unset" => attribute("unset", values, web(Kind::Disposition)),
        "transformationID" => attribute(rest, values, canonical),
        "errorReason" => attribute(rest, values, web(Kind::ErrorReason)),
        "correctiveEventID" => attribute(rest, values, short),
        _ => document(rest, values).or_else(|| sensor_or_extension(rest, values)),
    }
}

fn document(rest: &str, values: &[String]) -> Option<Condition> {
    let (list, type_name) = rest.split_once('_')?;
    let kind = match list {
        "bizTransaction" => Kind::BizTransaction,
        "source" | "destination" => Kind::Party,
        _ => return None,
    };
    attribute(&document_name(list, kind, type_name), values, canonical)
}

fn sensor_or_extension(rest: &str, values: &[String]) -> Option<Condition> {
    let field = ReportField::named(rest).filter(|field| is_asked(*field));
    if let Some(field) = field {
        return attribute(field.name(), values, |text| sensor_key(field, text));
    }
    match rest.contains(':') {
        true => attribute(&extension_name(rest), values, comparable),
        false => exists(rest),
    }
}

/// The condition that what a parameter is about is there at all.
fn exists(rest: &str) -> Option<Condition> {
    const SENSOR: [&str; 11] = [
        "sensorElementList",
        "time",
        "startTime",
        "endTime",
        "percRank",
        "value",
        "minValue",
        "maxValue",
        "meanValue",
        "sDev",
        "percValue",
    ];
    if rest.contains(':') {
        return Some(Condition::Attribute(extension_name(rest), Vec::new()));
    }
    match rest {
        "errorDeclaration" | "errorDeclarationTime" | "errorDeclaration_Time" => {
            Some(Condition::Declares)
        }
        _ => {
            let field = rest.split('_').next().unwrap_or(rest);
            let name = "sensorElementList".to_owned();
            let sensor = SENSOR.contains(&field);
            sensor.then(|| Condition::Attribute(name, Vec::new()))
        }
    }
}

fn time_column(rest: &str) -> Option<&'static str> {
    match rest {
        "eventTime" => Some("e.event_time"),
        "recordTime" => Some("c.recorded"),
        _ => None,
    }
}

/// Columns hold milliseconds rounded half up, so that the bounds are one wider.
fn time(operator: &str, rest: &str, values: &[String]) -> Option<Condition> {
    let column = time_column(rest)?;
    let millis = Instant::parse(values.first()?)?.to_millis();
    Some(match operator {
        "GE" => Condition::Time(column, " >= ", millis - 1),
        _ => Condition::Time(column, " <= ", millis + 1),
    })
}

fn matching(rest: &str, values: &[String]) -> Option<Condition> {
    let epcs = [Field::EpcList, Field::ChildEpcs];
    let (inputs, outputs) = ([Field::InputEpcList], [Field::OutputEpcList]);
    let fields: Vec<Field> = match rest {
        "epc" => epcs.into(),
        "parentID" => vec![Field::ParentId],
        "inputEPC" => inputs.into(),
        "outputEPC" => outputs.into(),
        "anyEPC" => [&epcs[..], &inputs, &outputs, &[Field::ParentId]].concat(),
        "epcClass" => vec![Field::QuantityList, Field::ChildQuantityList],
        "inputEPCClass" => vec![Field::InputQuantityList],
        "outputEPCClass" => vec![Field::OutputQuantityList],
        "anyEPCClass" => vec![
            Field::QuantityList,
            Field::ChildQuantityList,
            Field::InputQuantityList,
            Field::OutputQuantityList,
        ],
        _ => return None,
    };
    // SQLite takes no longer chain of conditions than a thousand.
    const MOST_STARTS: usize = 100;
    let (mut keys, mut starts) = (Vec::new(), Vec::new());
    for value in values {
        match value.strip_suffix("/*") {
            // Which serials a pattern URN stands for, only the event can be asked.
            _ if value.starts_with("urn:epc:idpat:") => return None,
            Some(start) if start.len() < 256 && starts.len() < MOST_STARTS => {
                starts.push(format!("{}/", canonical(start)))
            }
            Some(_) => return None,
            None => keys.push(canonical(value)),
        }
    }
    Some(Condition::Epcs {
        roles: fields.into_iter().filter_map(role).collect(),
        keys,
        starts,
    })
}
