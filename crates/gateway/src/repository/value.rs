//! Values of columns and rows, the same for both databases.

use super::StorageError;

/// A value of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Integer(i64::from(flag))
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A row of an answer, taken from left to right.
#[derive(Debug)]
pub(crate) struct Row(std::vec::IntoIter<Value>);

impl Row {
    pub(super) fn new(values: Vec<Value>) -> Self {
        Self(values.into_iter())
    }

    pub(super) fn value(&mut self) -> Result<Value, StorageError> {
        self.0.next().ok_or(StorageError::Shape("another column"))
    }

    pub(super) fn integer(&mut self) -> Result<i64, StorageError> {
        match self.value()? {
            Value::Integer(number) => Ok(number),
            Value::Null | Value::Text(_) | Value::Bytes(_) => {
                Err(StorageError::Shape("an integer"))
            }
        }
    }

    pub(super) fn flag(&mut self) -> Result<bool, StorageError> {
        self.integer().map(|number| number != 0)
    }

    pub(super) fn text(&mut self) -> Result<String, StorageError> {
        self.maybe_text()?.ok_or(StorageError::Shape("a text"))
    }

    pub(super) fn maybe_text(&mut self) -> Result<Option<String>, StorageError> {
        match self.value()? {
            Value::Text(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            Value::Integer(_) | Value::Bytes(_) => Err(StorageError::Shape("a text")),
        }
    }

    pub(super) fn maybe_integer(&mut self) -> Result<Option<i64>, StorageError> {
        match self.value()? {
            Value::Integer(number) => Ok(Some(number)),
            Value::Null => Ok(None),
            Value::Text(_) | Value::Bytes(_) => Err(StorageError::Shape("an integer")),
        }
    }

    pub(super) fn bytes(&mut self) -> Result<Vec<u8>, StorageError> {
        match self.value()? {
            Value::Bytes(bytes) => Ok(bytes),
            Value::Null | Value::Integer(_) | Value::Text(_) => Err(StorageError::Shape("bytes")),
        }
    }
}
