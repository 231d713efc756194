//! Reading parameters: positional, in the forms of the execution API, each error naming its argument.

mod block;
mod call;
mod hex;
mod query;

pub(crate) use block::BlockReference;
pub(crate) use call::CallArguments;
pub(crate) use hex::{Quantity, Slot};
pub(crate) use query::{LogQuery, LogRange};

use jsonrpsee::types::Params;
use serde_json::{Map, Value};

use crate::answer::RpcError;

/// A parameter that is read from JSON.
pub(crate) trait Argument: Sized {
    /// Reads it; the error says what is wrong, without repeating the value.
    fn read(value: &Value) -> Result<Self, String>;
}

/// The parameters of a call, taken one after the other.
#[derive(Debug)]
pub(crate) struct Arguments {
    values: std::vec::IntoIter<Value>,
    position: usize,
}

impl Arguments {
    /// Takes the parameters of a call: an array, or none at all.
    pub(crate) fn new(params: &Params<'_>) -> Result<Self, RpcError> {
        let values = match params.as_str() {
            None => Vec::new(),
            Some(text) => serde_json::from_str::<Option<Vec<Value>>>(text)
                .map_err(|_| RpcError::Invalid("parameters must be an array".to_owned()))?
                .unwrap_or_default(),
        };
        Ok(Self {
            values: values.into_iter(),
            position: 0,
        })
    }

    /// The next argument, which must be there.
    pub(crate) fn required<T: Argument>(&mut self, name: &str) -> Result<T, RpcError> {
        let position = self.position;
        self.optional(name)?
            .ok_or_else(|| RpcError::Invalid(format!("missing argument {position} ({name})")))
    }

    /// The next argument, which may be absent or null.
    pub(crate) fn optional<T: Argument>(&mut self, name: &str) -> Result<Option<T>, RpcError> {
        let position = self.position;
        self.position += 1;
        match self.values.next() {
            None | Some(Value::Null) => Ok(None),
            Some(value) => T::read(&value).map(Some).map_err(|problem| {
                RpcError::Invalid(format!("invalid argument {position} ({name}): {problem}"))
            }),
        }
    }

    /// Whether another argument that is not null follows; it is passed over.
    pub(crate) fn skip(&mut self) -> bool {
        self.position += 1;
        self.values.next().is_some_and(|value| !value.is_null())
    }

    /// Refuses arguments that nobody asked for.
    pub(crate) fn check_finished(&self) -> Result<(), RpcError> {
        match self.values.len() {
            0 => Ok(()),
            more => Err(RpcError::Invalid(format!(
                "too many arguments, want at most {}, got {}",
                self.position,
                self.position + more
            ))),
        }
    }
}

impl Argument for bool {
    fn read(value: &Value) -> Result<Self, String> {
        value.as_bool().ok_or_else(|| "not a boolean".to_owned())
    }
}

impl Argument for String {
    fn read(value: &Value) -> Result<Self, String> {
        value
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| "not a string".to_owned())
    }
}

/// Any JSON.
impl Argument for Value {
    fn read(value: &Value) -> Result<Self, String> {
        Ok(value.clone())
    }
}

/// Percentiles, ascending from 0 to 100.
impl Argument for Vec<f64> {
    fn read(value: &Value) -> Result<Self, String> {
        let list = value.as_array().ok_or("not an array")?;
        if list.len() > 100 {
            return Err("more than 100 percentiles".to_owned());
        }
        let numbers: Option<Vec<f64>> = list.iter().map(Value::as_f64).collect();
        let numbers = numbers.ok_or("not an array of numbers")?;
        let ascending = numbers.windows(2).all(|pair| pair[0] <= pair[1]);
        let bounded = numbers.iter().all(|number| (0.0..=100.0).contains(number));
        match ascending && bounded {
            true => Ok(numbers),
            false => Err("percentiles must ascend from 0 to 100".to_owned()),
        }
    }
}

/// A field of an object, which may be absent or null.
pub(crate) fn field<T: Argument>(
    fields: &Map<String, Value>,
    name: &str,
) -> Result<Option<T>, String> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => T::read(value)
            .map(Some)
            .map_err(|problem| format!("{name}: {problem}")),
    }
}

#[cfg(test)]
mod tests;
