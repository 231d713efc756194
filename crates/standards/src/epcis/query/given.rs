//! Values of parameters before their meaning is known.

use super::QueryError;
use crate::epcis::{excerpt::Excerpt, json::Json, number::Number, time::Instant};

/// The most parameters of a query.
pub(super) const MAX_PARAMETERS: usize = 256;
/// The most values of all parameters together.
pub(super) const MAX_VALUES: usize = 10_000;
/// The most patterns of one parameter, each of which is tried on each identifier.
pub(super) const MAX_PATTERNS: usize = 200;
/// The longest value in bytes.
pub(super) const MAX_VALUE_BYTES: usize = 4_096;

/// A parameter with its values, all as text.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) name: String,
    pub(super) values: Vec<String>,
}

impl Given {
    /// From a member of a JSON body.
    pub(super) fn from_json(name: String, value: &Json) -> Result<Self, QueryError> {
        let values = match value {
            Json::List(items) => items.iter().map(|item| scalar(&name, item)).collect(),
            Json::Null => Ok(Vec::new()),
            other => scalar(&name, other).map(|value| vec![value]),
        };
        Ok(Self {
            values: values?,
            name,
        })
    }

    pub(super) fn refuse(&self, expected: &'static str) -> QueryError {
        QueryError::Value {
            parameter: Excerpt::new(&self.name),
            got: Excerpt::new(&self.values.join("|")),
            expected,
        }
    }

    /// At least one value.
    pub(super) fn texts(&self) -> Result<Vec<String>, QueryError> {
        match self.values.is_empty() || self.values.iter().any(String::is_empty) {
            true => Err(self.refuse("one or more values")),
            false => Ok(self.values.clone()),
        }
    }

    /// Exactly one value.
    pub(super) fn text(&self) -> Result<&str, QueryError> {
        match &self.values[..] {
            [value] => Ok(value),
            _ => Err(self.refuse("one value")),
        }
    }

    pub(super) fn time(&self) -> Result<Instant, QueryError> {
        Instant::parse(self.text()?).ok_or_else(|| self.refuse("a date and time with a zone"))
    }

    pub(super) fn number(&self) -> Result<f64, QueryError> {
        let number = Number::parse(self.text()?);
        number
            .map(|number| number.to_f64())
            .filter(|number| number.is_finite())
            .ok_or_else(|| self.refuse("a number"))
    }

    pub(super) fn numbers(&self) -> Result<Vec<f64>, QueryError> {
        let parse = |text: &String| {
            let number = Number::parse(text).map(|number| number.to_f64());
            number.filter(|number| number.is_finite())
        };
        let numbers: Option<Vec<_>> = self.texts()?.iter().map(parse).collect();
        numbers.ok_or_else(|| self.refuse("numbers"))
    }

    pub(super) fn count(&self) -> Result<u64, QueryError> {
        let count = self.text()?.parse();
        count.map_err(|_| self.refuse("a count"))
    }

    /// Whether an `EXISTS` asks at all: a void value, `true` and `1` do.
    pub(super) fn flag(&self) -> Result<bool, QueryError> {
        match &self.values[..] {
            [] => Ok(true),
            [value] => match value.as_str() {
                "" | "true" | "1" => Ok(true),
                "false" | "0" => Ok(false),
                _ => Err(self.refuse("true or false")),
            },
            _ => Err(self.refuse("true or false")),
        }
    }
}

fn scalar(name: &str, value: &Json) -> Result<String, QueryError> {
    match value {
        Json::Text(text) => Ok(text.clone()),
        Json::Number(number) => Ok(number.as_str().to_owned()),
        Json::Bool(flag) => Ok(flag.to_string()),
        Json::Null | Json::List(_) | Json::Object(_) => Err(QueryError::Value {
            parameter: Excerpt::new(name),
            got: Excerpt::new(value.kind()),
            expected: "a text, a number, true, false or an array of these",
        }),
    }
}
