//! A native contract for tests: it does what its input says, one step after the other.

use alloy_primitives::{Address, B256, Bytes, U256, address};
use theriac_contracts::{Call, CallOutcome, Halt, Host, Stop};

/// Where the probe lives.
pub(crate) const ADDRESS: Address = address!("0000000000000000000000000000000000ecffff");

/// What [`call`] can be told to do.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Writes a slot.
    Store(u8, u8),
    /// Adds a slot's word to the output.
    Load(u8),
    /// Emits a log with this topic.
    Emit(u8),
    /// Reverts with the output so far.
    Revert,
    /// Writes this many slots from 1000 on.
    StoreMany(u16),
    /// Calls out and adds tag and data to the output.
    Ask(Address, u64, Vec<u8>),
    /// As [`Step::Ask`], as one asks a rule.
    AskRule(Address, u64, Vec<u8>),
    /// Panics if the slot is zero, as a native may that finds its own state contradictory.
    Trip(u8),
    /// Adds whether the account has code.
    HasCode(Address),
}

/// Tags of [`Step::Ask`] in the output.
pub(crate) const RETURNED: u8 = 1;
pub(crate) const REVERTED: u8 = 2;
pub(crate) const FAILED: u8 = 3;

pub(crate) fn script(steps: &[Step]) -> Vec<u8> {
    let mut out = Vec::new();
    for step in steps {
        match step {
            Step::Store(slot, value) => out.extend([1, *slot, *value]),
            Step::Load(slot) => out.extend([2, *slot]),
            Step::Emit(topic) => out.extend([3, *topic]),
            Step::Revert => out.push(4),
            Step::StoreMany(count) => {
                out.push(5);
                out.extend(count.to_be_bytes());
            }
            Step::Ask(target, gas, data) => question(&mut out, 6, (target, *gas, data)),
            Step::AskRule(target, gas, data) => question(&mut out, 9, (target, *gas, data)),
            Step::Trip(slot) => out.extend([7, *slot]),
            Step::HasCode(target) => {
                out.push(8);
                out.extend(target);
            }
        }
    }
    out
}

fn question(out: &mut Vec<u8>, step: u8, (target, gas, data): (&Address, u64, &[u8])) {
    out.push(step);
    out.extend(target);
    out.extend(gas.to_be_bytes());
    out.extend((data.len() as u16).to_be_bytes());
    out.extend(data);
}

pub(crate) fn call(host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
    if !call.is_direct {
        return Err(Stop::Revert(Bytes::from_static(b"not direct")));
    }
    if !call.value.is_zero() {
        return Err(Stop::Revert(Bytes::from_static(b"value")));
    }
    let mut rest = call.input;
    let mut out = Vec::new();
    while let Some((step, arguments)) = rest.split_first() {
        rest = perform(host, *step, arguments, &mut out)?;
    }
    Ok(out.into())
}

fn perform<'a>(
    host: &mut dyn Host,
    step: u8,
    arguments: &'a [u8],
    out: &mut Vec<u8>,
) -> Result<&'a [u8], Stop> {
    let number = || u16::from_be_bytes([arguments[0], arguments[1]]);
    Ok(match step {
        1 => {
            host.sstore(ADDRESS, U256::from(arguments[0]), U256::from(arguments[1]))?;
            &arguments[2..]
        }
        2 => {
            out.extend(
                host.sload(ADDRESS, U256::from(arguments[0]))?
                    .to_be_bytes::<32>(),
            );
            &arguments[1..]
        }
        3 => {
            host.emit(
                ADDRESS,
                vec![B256::with_last_byte(arguments[0])],
                Bytes::from_static(b"data"),
            )?;
            &arguments[1..]
        }
        4 => return Err(Stop::Revert(out.clone().into())),
        5 => {
            for slot in 0..number() {
                host.sstore(ADDRESS, U256::from(1000 + u64::from(slot)), U256::ONE)?;
            }
            &arguments[2..]
        }
        6 | 9 => return ask(host, step, arguments, out),
        7 => {
            assert!(
                !host.sload(ADDRESS, U256::from(arguments[0]))?.is_zero(),
                "the slot is set before"
            );
            &arguments[1..]
        }
        8 => {
            out.push(u8::from(
                host.has_code(Address::from_slice(&arguments[..20]))?,
            ));
            &arguments[20..]
        }
        _ => return Err(Stop::Revert(Bytes::from_static(b"unknown step"))),
    })
}

fn ask<'a>(
    host: &mut dyn Host,
    step: u8,
    arguments: &'a [u8],
    out: &mut Vec<u8>,
) -> Result<&'a [u8], Stop> {
    let target = Address::from_slice(&arguments[..20]);
    let gas = u64::from_be_bytes(arguments[20..28].try_into().expect("eight bytes"));
    let length = usize::from(u16::from_be_bytes([arguments[28], arguments[29]]));
    let (data, rest) = arguments[30..].split_at(length);
    let data = Bytes::copy_from_slice(data);
    let outcome: Result<CallOutcome, Halt> = match step {
        9 => host.rule_call(target, data, gas),
        _ => host.static_call(target, data, gas),
    };
    let (tag, data) = match outcome? {
        CallOutcome::Returned(data) => (RETURNED, data),
        CallOutcome::Reverted(data) => (REVERTED, data),
        CallOutcome::Failed => (FAILED, Bytes::new()),
    };
    out.push(tag);
    out.extend(data);
    Ok(rest)
}
