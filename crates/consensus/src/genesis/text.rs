//! How keys, kinds and bytes are written in the files of a network: lower-case hex and the words of the contracts.

/// A validator's ed25519 public key as 64 hex digits.
pub(super) mod identity {
    use commonware_codec::{Copying, DecodeExt as _};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use theriac_ledger::block::PublicKey;

    pub(in crate::genesis) fn serialize<S: Serializer>(
        key: &PublicKey,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(key.as_ref()))
    }

    pub(in crate::genesis) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<PublicKey, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = hex::decode(&text).map_err(D::Error::custom)?;
        PublicKey::decode(Copying(&bytes)).map_err(D::Error::custom)
    }
}

/// The word of an organisation's kind.
pub(super) mod kind {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use theriac_contracts::OrganisationKind;

    pub(in crate::genesis) fn serialize<S: Serializer>(
        kind: &OrganisationKind,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(kind.word())
    }

    pub(in crate::genesis) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<OrganisationKind, D::Error> {
        let word = String::deserialize(deserializer)?;
        OrganisationKind::from_word(&word).ok_or_else(|| {
            let words: Vec<_> = OrganisationKind::ALL
                .iter()
                .map(|kind| kind.word())
                .collect();
            D::Error::custom(format!(
                "expected one of {}, got {word:?}",
                words.join(", ")
            ))
        })
    }
}

/// Bytes as hex digits.
pub(super) mod bytes {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(in crate::genesis) fn serialize<S: Serializer>(
        bytes: &[u8],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(bytes))
    }

    pub(in crate::genesis) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        hex::decode(&text).map_err(D::Error::custom)
    }
}
