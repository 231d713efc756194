//! What a page calls. It asks for room, writes the bundle and what the reader trusts into it, and reads the answer where `verify` says.
//!
//! All memory belongs to this module, in three vectors; a pointer is good until the next call for the same one. Nothing here reads through
//! a pointer that came from outside.

#![expect(
    unsafe_code,
    reason = "an exported name is an unsafe attribute; there is no unsafe block"
)]

use crate::{MAX_BUNDLE, answer};
use std::{
    ptr,
    sync::{Mutex, MutexGuard, PoisonError},
};

struct Desk {
    bundle: Vec<u8>,
    trust: Vec<u8>,
    answer: Vec<u8>,
}

static DESK: Mutex<Desk> = Mutex::new(Desk {
    bundle: Vec::new(),
    trust: Vec::new(),
    answer: Vec::new(),
});

/// What the reader typed is never longer.
const MAX_TRUST: usize = 1 << 16;

fn desk() -> MutexGuard<'static, Desk> {
    DESK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The longest bundle that is taken, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn max_bundle() -> usize {
    MAX_BUNDLE
}

/// Room for a bundle of this length; null where it is too long or there is no memory for it.
#[unsafe(no_mangle)]
pub extern "C" fn bundle_room(length: usize) -> *mut u8 {
    room(&mut desk().bundle, (length, MAX_BUNDLE))
}

/// Room for the JSON of what the reader trusts; null where it is too long.
#[unsafe(no_mangle)]
pub extern "C" fn trust_room(length: usize) -> *mut u8 {
    room(&mut desk().trust, (length, MAX_TRUST))
}

/// Verifies what was written and returns where the answer stands.
#[unsafe(no_mangle)]
pub extern "C" fn verify() -> *const u8 {
    let mut desk = desk();
    desk.answer = answer(&desk.bundle, &desk.trust).to_json();
    desk.answer.as_ptr()
}

/// The length of the answer, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn answer_length() -> usize {
    desk().answer.len()
}

/// Makes a vector as long, all zero.
fn room(bytes: &mut Vec<u8>, (length, limit): (usize, usize)) -> *mut u8 {
    *bytes = Vec::new();
    if length > limit || bytes.try_reserve_exact(length).is_err() {
        return ptr::null_mut();
    }
    bytes.resize(length, 0);
    bytes.as_mut_ptr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_given_within_the_bounds_alone() {
        assert!(!bundle_room(1 << 16).is_null());
        assert!(bundle_room(MAX_BUNDLE + 1).is_null());
        assert!(!trust_room(MAX_TRUST).is_null());
        assert!(trust_room(MAX_TRUST + 1).is_null());
    }
}
