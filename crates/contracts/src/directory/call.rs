//! Functions of the directory by selector.

use alloy_primitives::Bytes;

use super::{end, enrol, people, set_key};
use crate::{
    dispatch::{done, enter, mutating, returns},
    host::{Call, Host, Stop},
    interfaces::IDirectory::{self, IDirectoryCalls},
};

pub(crate) fn call(host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
    match enter(host, call)? {
        IDirectoryCalls::enrol(c) => {
            mutating(call)?;
            done(enrol::enrol(host, call.caller, &c))
        }
        IDirectoryCalls::end(c) => {
            mutating(call)?;
            done(end::end(host, call.caller, c.person))
        }
        IDirectoryCalls::setKey(c) => {
            mutating(call)?;
            done(set_key::set_key(host, call.caller, c.key))
        }
        IDirectoryCalls::person(c) => {
            let value = people::person(host, c.account)?;
            returns::<IDirectory::personCall>(host, &value)
        }
        IDirectoryCalls::people(c) => {
            let value = people::people(host, c.organisation, c.from, c.limit)?;
            returns::<IDirectory::peopleCall>(host, &value)
        }
        IDirectoryCalls::standing(c) => {
            let value = people::standing(host, c.account)?;
            returns::<IDirectory::standingCall>(host, &value)
        }
        IDirectoryCalls::maySend(c) => {
            let value = people::may_send(host, c.account)?;
            returns::<IDirectory::maySendCall>(host, &value)
        }
    }
}
