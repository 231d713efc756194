//! The JSON of a keystore file.

use alloy_primitives::Address;
use serde::{Deserialize, Serialize};

/// A keystore file in memory; the key in it is encrypted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Keystore {
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "bare_address"
    )]
    pub(super) address: Option<Address>,
    pub(super) crypto: Crypto,
    pub(super) id: String,
    pub(super) version: u8,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Crypto {
    pub(super) cipher: String,
    pub(super) cipherparams: CipherParameters,
    #[serde(with = "hexadecimal")]
    pub(super) ciphertext: Vec<u8>,
    pub(super) kdf: String,
    pub(super) kdfparams: serde_json::Value,
    #[serde(with = "hexadecimal")]
    pub(super) mac: Vec<u8>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct CipherParameters {
    #[serde(with = "hexadecimal")]
    pub(super) iv: Vec<u8>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ScryptParameters {
    pub(super) dklen: u64,
    pub(super) n: u64,
    pub(super) p: u32,
    pub(super) r: u32,
    #[serde(with = "hexadecimal")]
    pub(super) salt: Vec<u8>,
}

mod hexadecimal {
    //! Bytes as the format has them: hexadecimal without a prefix.
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        hex::decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

mod bare_address {
    //! The address as the format has it: hexadecimal without a prefix; one is accepted.
    use alloy_primitives::Address;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(
        address: &Option<Address>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&address.map(hex::encode).unwrap_or_default())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Address>, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map(Some)
            .map_err(|_| D::Error::custom("address is not 20 bytes of hexadecimal"))
    }
}
