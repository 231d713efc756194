//! JSON as FHIR has it: bounded, and no member twice.

use std::{cell::Cell, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::FhirError;

/// The largest resource or bundle that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// The deepest nesting that is read.
pub const MAX_DEPTH: usize = 40;

/// The one member of the map as which serde_json gives a number that is not whole, so that no digit of it is lost.
const NUMBER: &str = "$serde_json::private::Number";

pub(super) fn parse(bytes: &[u8]) -> Result<Value, FhirError> {
    if bytes.len() > MAX_BYTES {
        return Err(FhirError::TooLarge(bytes.len()));
    }
    let stopped = Cell::new(Stopped::Syntax);
    let tree = Tree {
        depth: 0,
        stopped: &stopped,
    };
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = tree
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| {
        let (line, column) = (error.line(), error.column());
        match stopped.get() {
            Stopped::Syntax => FhirError::NotJson { line, column },
            Stopped::Depth => FhirError::TooDeep { line },
            Stopped::Repetition => FhirError::MemberTwice { line, column },
        }
    })
}

/// Why reading stopped; serde's errors carry only text.
#[derive(Clone, Copy)]
enum Stopped {
    Syntax,
    Depth,
    Repetition,
}

#[derive(Clone, Copy)]
struct Tree<'a> {
    depth: usize,
    stopped: &'a Cell<Stopped>,
}

impl Tree<'_> {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        let depth = self.depth + 1;
        if depth > MAX_DEPTH {
            self.stopped.set(Stopped::Depth);
            return Err(E::custom("too deep"));
        }
        Ok(Self { depth, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("json")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let tree = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(tree)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let tree = self.deeper()?;
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if name == NUMBER {
                let digits: String = members.next_value()?;
                let number: Number = digits.parse().map_err(A::Error::custom)?;
                return Ok(Value::Number(number));
            }
            if map.contains_key(&name) {
                self.stopped.set(Stopped::Repetition);
                return Err(A::Error::custom("twice"));
            }
            map.insert(name, members.next_value_seed(tree)?);
        }
        Ok(Value::Object(map))
    }
}
