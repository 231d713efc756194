//! The transaction object of `eth_call` and its like.

use alloy_eips::{eip2930::AccessList, eip7702::SignedAuthorization};
use alloy_primitives::{Address, Bytes, U256};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Argument, Quantity, field};

/// What to call. Prices are read, checked for form, and dropped: the price is zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CallArguments {
    pub(crate) from: Option<Address>,
    pub(crate) to: Option<Address>,
    pub(crate) gas: Option<u64>,
    pub(crate) value: U256,
    pub(crate) input: Bytes,
    pub(crate) nonce: Option<u64>,
    pub(crate) chain_id: Option<u64>,
    pub(crate) access_list: AccessList,
    pub(crate) authorizations: Vec<SignedAuthorization>,
}

impl Argument for CallArguments {
    fn read(value: &Value) -> Result<Self, String> {
        let fields = value.as_object().ok_or("not an object")?;
        for price in ["gasPrice", "maxFeePerGas", "maxPriorityFeePerGas"] {
            field::<U256>(fields, price)?;
        }
        for blob in ["blobVersionedHashes", "blobs", "maxFeePerBlobGas"] {
            if fields.get(blob).is_some_and(|value| !value.is_null()) {
                return Err(format!(
                    "{blob}: blob transactions (type 3) are not supported"
                ));
            }
        }
        check_type(fields)?;
        Ok(Self {
            from: field(fields, "from")?,
            to: field(fields, "to")?,
            gas: quantity(fields, "gas")?,
            value: field(fields, "value")?.unwrap_or_default(),
            input: input(fields)?,
            nonce: quantity(fields, "nonce")?,
            chain_id: quantity(fields, "chainId")?,
            access_list: list(fields, "accessList")?.unwrap_or_default(),
            authorizations: list(fields, "authorizationList")?.unwrap_or_default(),
        })
    }
}

/// The type is read and dropped: the other fields tell it. Some clients write it as a number instead of a quantity.
fn check_type(fields: &Map<String, Value>) -> Result<(), String> {
    match fields.get("type") {
        Some(value) if value.is_u64() => Ok(()),
        _ => field::<Quantity>(fields, "type").map(drop),
    }
}

/// `input` and `data` are two names of one field.
fn input(fields: &Map<String, Value>) -> Result<Bytes, String> {
    let input: Option<Bytes> = field(fields, "input")?;
    let data: Option<Bytes> = field(fields, "data")?;
    match (input, data) {
        (Some(input), Some(data)) if input != data => Err("input and data differ".to_owned()),
        (input, data) => Ok(input.or(data).unwrap_or_default()),
    }
}

fn quantity(fields: &Map<String, Value>, name: &str) -> Result<Option<u64>, String> {
    Ok(field::<Quantity>(fields, name)?.map(|quantity| quantity.0))
}

fn list<T: DeserializeOwned>(fields: &Map<String, Value>, name: &str) -> Result<Option<T>, String> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => serde_json::from_value(value.clone())
            .map(Some)
            .map_err(|_| format!("{name}: malformed")),
    }
}
