//! Functions of members by selector.

use alloy_primitives::Bytes;

use super::{organisation, parameters, validators};
use crate::{
    dispatch::{enter, returns},
    host::{Call, Host, Stop},
    interfaces::IMembers::{self, IMembersCalls},
};

pub(crate) fn call(host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
    match enter(host, call)? {
        IMembersCalls::organisation(c) => {
            let value = organisation::organisation(host, c.id)?;
            returns::<IMembers::organisationCall>(host, &value)
        }
        IMembersCalls::organisations(c) => {
            let value = organisation::organisations(host, c.from, c.limit)?;
            returns::<IMembers::organisationsCall>(host, &value)
        }
        IMembersCalls::organisationOf(c) => {
            let value = organisation::organisation_of(host, c.admin)?;
            returns::<IMembers::organisationOfCall>(host, &value)
        }
        IMembersCalls::validators(c) => {
            let value = validators::validators(host, c.from, c.limit)?;
            returns::<IMembers::validatorsCall>(host, &value)
        }
        IMembersCalls::quota(c) => {
            let value = parameters::quota(host, c.id)?;
            returns::<IMembers::quotaCall>(host, &value)
        }
        IMembersCalls::parameters(_) => {
            let value = parameters::parameters(host)?;
            returns::<IMembers::parametersCall>(host, &value)
        }
    }
}
