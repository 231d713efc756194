//! Quantities and data in hexadecimal, as strict as the execution API says.

use alloy_primitives::{Address, B256, Bytes, U256, hex};
use serde_json::Value;

use super::Argument;

/// A quantity: `0x`, then hexadecimal digits without leading zeros; at most 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quantity(pub(crate) u64);

impl Argument for Quantity {
    fn read(value: &Value) -> Result<Self, String> {
        let wide = U256::read(value)?;
        u64::try_from(wide)
            .map(Self)
            .map_err(|_| "hex quantity over 64 bits".to_owned())
    }
}

impl Argument for U256 {
    fn read(value: &Value) -> Result<Self, String> {
        let digits = digits(value)?;
        match digits.as_bytes() {
            [] => Err("empty hex quantity: zero is 0x0".to_owned()),
            [b'0', _, ..] => Err("hex quantity with leading zero digits".to_owned()),
            [..] if digits.len() > 64 => Err("hex quantity over 256 bits".to_owned()),
            [..] => Self::from_str_radix(digits, 16).map_err(|_| "not a hex quantity".to_owned()),
        }
    }
}

/// A storage slot: up to 32 bytes, leading zeros allowed, since clients send either form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot(pub(crate) U256);

impl Argument for Slot {
    fn read(value: &Value) -> Result<Self, String> {
        let digits = digits(value)?;
        if digits.is_empty() || digits.len() > 64 {
            return Err("a slot has 1 to 64 hex digits".to_owned());
        }
        U256::from_str_radix(digits, 16)
            .map(Self)
            .map_err(|_| "not hexadecimal".to_owned())
    }
}

impl Argument for Address {
    fn read(value: &Value) -> Result<Self, String> {
        fixed(value).map(Self::from)
    }
}

impl Argument for B256 {
    fn read(value: &Value) -> Result<Self, String> {
        fixed(value).map(Self::from)
    }
}

impl Argument for Bytes {
    fn read(value: &Value) -> Result<Self, String> {
        let digits = digits(value)?;
        hex::decode(digits)
            .map(Self::from)
            .map_err(|_| "not an even number of hex digits".to_owned())
    }
}

fn fixed<const N: usize>(value: &Value) -> Result<[u8; N], String> {
    let digits = digits(value)?;
    hex::decode_to_array(digits)
        .map_err(|_| format!("not {N} bytes of hex: got {} digits", digits.len()))
}

/// What follows `0x`.
fn digits(value: &Value) -> Result<&str, String> {
    let text = value.as_str().ok_or("not a hex string")?;
    let digits = text
        .strip_prefix("0x")
        .ok_or("hex string without 0x prefix")?;
    match digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        true => Ok(digits),
        false => Err("not hexadecimal".to_owned()),
    }
}
