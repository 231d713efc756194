//! What a request or grant led to in the vault, for members that erase it.

use alloy_primitives::B256;

use super::state::{self, REQUEST_COUNT, REQUESTS, REQUESTS_OF};
use crate::host::{Halt, Host};

/// The blobs of a request or grant, and which records they are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sharing {
    /// One record, or zero for all of some kinds.
    pub record: B256,
    /// Content id of the reader's public key.
    pub key: B256,
    /// Content id of the wraps; zero where there are none yet.
    pub wrap: B256,
}

/// What a request or grant led to; `None` where there is none with this identifier.
///
/// # Errors
/// Any [`Halt`].
pub fn sharing(host: &mut dyn Host, id: B256) -> Result<Option<Sharing>, Halt> {
    let state = &mut state::state(host);
    let request = REQUESTS.at(state, id)?.load(state)?;
    Ok((request.status != 0).then_some(Sharing {
        record: request.record,
        key: request.key,
        wrap: request.wrap,
    }))
}

/// The requests and grants of a chart, in order.
///
/// # Errors
/// Any [`Halt`].
pub fn shared_of(host: &mut dyn Host, chart: B256) -> Result<Vec<B256>, Halt> {
    let state = &mut state::state(host);
    let count = REQUEST_COUNT.at(state, chart)?.load(state)?;
    let place = REQUESTS_OF.at(state, chart)?;
    (0..count)
        .map(|index| place.at(state, index)?.load(state))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{CHART, RECORD, WRAP, World};

    #[test]
    fn a_grant_names_its_record_its_key_and_its_wraps() {
        let mut world = World::with_records();
        let id = world.ask();
        let asked = sharing(&mut world.host, id).expect("reads").expect("there");
        assert_eq!((asked.record, asked.wrap), (RECORD, B256::ZERO));
        let all = shared_of(&mut world.host, CHART).expect("reads");
        assert_eq!(all, [id]);
        assert!(!asked.key.is_zero());
        let mut world = World::with_records();
        let id = world.granted();
        let granted = sharing(&mut world.host, id).expect("reads").expect("there");
        assert_eq!((granted.record, granted.wrap), (RECORD, WRAP));
        let none = sharing(&mut world.host, B256::repeat_byte(9)).expect("reads");
        assert_eq!(none, None);
    }
}
