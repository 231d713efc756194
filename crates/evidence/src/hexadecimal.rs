//! Bytes as lower-case hexadecimal text with `0x`, the only form that a bundle accepts.

use alloy_primitives::{Address, FixedBytes};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::borrow::Cow;

/// What can be made of bytes, of the right count.
pub(crate) trait FromBytes: Sized {
    fn from_bytes(bytes: Vec<u8>) -> Option<Self>;
}

impl FromBytes for Vec<u8> {
    fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        Some(bytes)
    }
}

impl<const N: usize> FromBytes for FixedBytes<N> {
    fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        Self::try_from(bytes.as_slice()).ok()
    }
}

impl FromBytes for Address {
    fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        Self::try_from(bytes.as_slice()).ok()
    }
}

fn print(bytes: &[u8]) -> String {
    format!("0x{}", hex::encode(bytes))
}

fn read<T: FromBytes, E: Error>(text: &str) -> Result<T, E> {
    let digits = text
        .strip_prefix("0x")
        .filter(|digits| !digits.bytes().any(|byte| byte.is_ascii_uppercase()))
        .ok_or_else(|| E::custom("expected lower-case hexadecimal after 0x"))?;
    let bytes = hex::decode(digits).map_err(E::custom)?;
    let length = bytes.len();
    T::from_bytes(bytes).ok_or_else(|| E::custom(format!("{length} bytes are not the right count")))
}

pub(crate) fn serialize<T: AsRef<[u8]>, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&print(value.as_ref()))
}

pub(crate) fn deserialize<'de, T: FromBytes, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    read(&Cow::<str>::deserialize(deserializer)?)
}

/// An array of such texts.
pub(crate) mod list {
    use super::{Cow, Deserialize, Deserializer, FromBytes, Serialize, Serializer, print, read};

    pub(crate) fn serialize<T: AsRef<[u8]>, S: Serializer>(
        values: &[T],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let texts: Vec<_> = values.iter().map(|value| print(value.as_ref())).collect();
        texts.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, T: FromBytes, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<T>, D::Error> {
        let texts = Vec::<Cow<'_, str>>::deserialize(deserializer)?;
        texts.iter().map(|text| read(text)).collect()
    }
}

/// A text that may be left out.
pub(crate) mod optional {
    use super::{Deserializer, FromBytes, Serializer};

    pub(crate) fn serialize<T: AsRef<[u8]>, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => super::serialize(value, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, T: FromBytes, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        super::deserialize(deserializer).map(Some)
    }
}
