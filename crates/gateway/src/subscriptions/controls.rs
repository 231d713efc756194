//! What a subscriber asks for, in a body or in a URL.

use super::{Destination, Schedule};
use crate::{
    clock,
    config::Webhooks,
    door::{Problem, ProblemKind},
};
use serde_json::{Map, Value};

/// The longest signature token, in bytes.
const TOKEN: usize = 1_024;

/// When a subscriber is told.
#[derive(Clone, Debug)]
pub(crate) enum When {
    /// Whenever an event that answers becomes visible.
    Stream,
    /// At these times.
    Scheduled(Schedule, Map<String, Value>),
}

/// What a subscriber asks for.
#[derive(Clone, Debug)]
pub(crate) struct Controls {
    pub(crate) when: When,
    /// Whether to tell that there is nothing.
    pub(crate) report_if_empty: bool,
    /// From which record time on the first time, in milliseconds since 1970.
    pub(crate) initial: Option<i64>,
}

fn refuse(detail: impl ToString) -> Problem {
    ProblemKind::SubscriptionControls.because(detail)
}

impl Controls {
    /// Reads the body of a subscription by webhook, with where to send and what to sign with.
    ///
    /// # Errors
    /// What is missing, or cannot be so.
    pub(crate) fn read(
        body: &[u8],
        webhooks: &Webhooks,
    ) -> Result<(Self, Destination, Option<String>), Problem> {
        let body: Value = serde_json::from_slice(body).map_err(|_| refuse("expected JSON"))?;
        let Value::Object(members) = &body else {
            return Err(refuse("expected an object"));
        };
        let dest = members.get("dest").and_then(Value::as_str);
        let dest = dest.ok_or_else(|| refuse("dest: expected a URL"))?;
        let dest = Destination::read(dest, webhooks).map_err(refuse)?;
        let token = match members.get("signatureToken") {
            None | Some(Value::Null) => None,
            Some(Value::String(token)) if !token.is_empty() && token.len() <= TOKEN => {
                Some(token.clone())
            }
            Some(_) => return Err(refuse("signatureToken: expected a text of 1 to 1024 bytes")),
        };
        let schedule = match members.get("schedule") {
            None | Some(Value::Null) => None,
            Some(Value::Object(fields)) => Some(fields.clone()),
            Some(_) => return Err(refuse("schedule: expected an object")),
        };
        let flag = |name: &'static str| match members.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(refuse(format!("{name}: expected true or false"))),
        };
        let time = match members.get("initialRecordTime") {
            None | Some(Value::Null) => None,
            Some(time) => Some(time.as_str().unwrap_or("")),
        };
        let empty = flag("reportIfEmpty")?.unwrap_or(false);
        let controls = Self::new((flag("stream")?, schedule), empty, time)?;
        Ok((controls, dest, token))
    }

    /// Reads the parameters of a WebSocket's URL.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn of_url(
        parameters: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, Problem> {
        let (mut stream, mut empty, mut time) = (None, false, None);
        let mut fields = Map::new();
        let flag = |name: &str, value: &str| match value {
            "true" | "" => Ok(true),
            "false" => Ok(false),
            _ => Err(refuse(format!("{name}: expected true or false"))),
        };
        for (name, value) in parameters {
            match name.as_str() {
                "stream" => stream = Some(flag("stream", &value)?),
                "reportIfEmpty" => empty = flag("reportIfEmpty", &value)?,
                "initialRecordTime" => time = Some(value),
                _ => {
                    fields.insert(name, Value::String(value));
                }
            }
        }
        let schedule = (!fields.is_empty()).then_some(fields);
        Self::new((stream, schedule), empty, time.as_deref())
    }

    fn new(
        (stream, schedule): (Option<bool>, Option<Map<String, Value>>),
        report_if_empty: bool,
        initial: Option<&str>,
    ) -> Result<Self, Problem> {
        let when = match (stream, schedule) {
            (Some(true), None) => When::Stream,
            (None | Some(false), Some(fields)) => {
                When::Scheduled(Schedule::read(&fields).map_err(refuse)?, fields)
            }
            (Some(true), Some(_)) => {
                return Err(refuse("stream and schedule exclude each other"));
            }
            (None | Some(false), None) => {
                return Err(refuse("expected stream to be true, or a schedule"));
            }
        };
        let time = initial.map(clock::millis);
        let wrong = || refuse("initialRecordTime: expected a date and time with a zone");
        Ok(Self {
            when,
            report_if_empty,
            initial: time.map(|time| time.ok_or_else(wrong)).transpose()?,
        })
    }
}
