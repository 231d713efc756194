//! The way into and out of a native contract: who may call how, decoding, encoding and the price of both.

use alloy_primitives::{Bytes, FixedBytes};
use alloy_sol_types::{SolCall, SolError, SolInterface, abi::AbiDecoderConfig};

use crate::{
    host::{Call, Host, Stop},
    interfaces::IMembers::UnknownFunctionSelector,
    refusals::Refusal,
};

/// Gas of any call, before what the host charges.
const BASE_GAS: u64 = 200;
/// Gas per 32-byte word of input or output.
const WORD_GAS: u64 = 6;
/// Memory that decoding may take, in times the input: arguments that point at each other's bytes would take its square.
const MEMORY_TIMES: usize = 4;
/// Memory that decoding may take besides, in bytes.
const MEMORY_BASE: usize = 1_024;

/// Checks how the contract was called, charges for the input and decodes it.
///
/// # Errors
/// In this order: `DelegateCallNotAllowed`, `ValueNotAccepted`, out of gas, `UnknownFunctionSelector`; malformed arguments revert with
/// no data.
pub(crate) fn enter<I: SolInterface>(host: &mut dyn Host, call: &Call<'_>) -> Result<I, Stop> {
    if !call.is_direct {
        return Err(Refusal::DelegateCallNotAllowed.into());
    }
    if !call.value.is_zero() {
        return Err(Refusal::ValueNotAccepted.into());
    }
    host.charge(BASE_GAS + words_gas(call.input.len()))?;
    let Some(selector) = call.input.first_chunk::<4>() else {
        return Err(Stop::Revert(Bytes::new()));
    };
    if !I::valid_selector(*selector) {
        let error = UnknownFunctionSelector {
            selector: FixedBytes(*selector),
        };
        return Err(Stop::Revert(error.abi_encode().into()));
    }
    let memory = call.input.len().saturating_mul(MEMORY_TIMES) + MEMORY_BASE;
    let config = AbiDecoderConfig::new().validate(true).memory_limit(memory);
    I::abi_decode_with_config(call.input, config).map_err(|_| Stop::Revert(Bytes::new()))
}

/// Refuses a static call to a function that changes state.
///
/// # Errors
/// `StaticCallNotAllowed`.
pub(crate) fn mutating(call: &Call<'_>) -> Result<(), Stop> {
    if call.is_static {
        return Err(Refusal::StaticCallNotAllowed.into());
    }
    Ok(())
}

/// Encodes what a function returns and charges for it.
///
/// # Errors
/// Out of gas.
pub(crate) fn returns<C: SolCall>(host: &mut dyn Host, value: &C::Return) -> Result<Bytes, Stop> {
    let output = C::abi_encode_returns(value);
    host.charge(words_gas(output.len()))?;
    Ok(output.into())
}

/// The empty output of a function that returns nothing.
///
/// # Errors
/// What the function stopped with.
pub(crate) fn done(result: Result<(), Stop>) -> Result<Bytes, Stop> {
    result.map(|()| Bytes::new())
}

fn words_gas(bytes: usize) -> u64 {
    WORD_GAS.saturating_mul(bytes.div_ceil(32) as u64)
}

#[cfg(test)]
mod tests;
