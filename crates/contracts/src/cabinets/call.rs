//! Functions of cabinets by selector.

use alloy_primitives::Bytes;

use super::{count, explain, open, record, views};
use crate::{
    addresses::CABINETS,
    dispatch::{done, enter, mutating, returns},
    host::{Call, Host, Stop},
    interfaces::ICabinets::{self, ICabinetsCalls, eip712DomainReturn},
    signing,
};

pub(crate) fn call(host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
    let caller = call.caller;
    match enter(host, call)? {
        ICabinetsCalls::open(c) => {
            mutating(call)?;
            done(open::open(host, caller, &c))
        }
        ICabinetsCalls::record(c) => {
            mutating(call)?;
            done(record::record(host, caller, &c))
        }
        ICabinetsCalls::count(c) => {
            mutating(call)?;
            let value = count::count(host, caller, &c)?;
            returns::<ICabinets::countCall>(host, &value)
        }
        ICabinetsCalls::explain(c) => {
            mutating(call)?;
            done(explain::explain(host, caller, &c))
        }
        ICabinetsCalls::cabinet(c) => {
            let value = views::cabinet(host, caller, c.id)?;
            returns::<ICabinets::cabinetCall>(host, &value)
        }
        ICabinetsCalls::balances(c) => {
            let value = views::balances(host, caller, (c.cabinet, c.item))?;
            returns::<ICabinets::balancesCall>(host, &value)
        }
        ICabinetsCalls::discrepancyCount(_) => {
            let value = views::discrepancy_count(host)?;
            returns::<ICabinets::discrepancyCountCall>(host, &value)
        }
        ICabinetsCalls::discrepancyByNumber(c) => {
            let value = views::discrepancy_by_number(host, caller, c.number)?;
            returns::<ICabinets::discrepancyByNumberCall>(host, &value)
        }
        ICabinetsCalls::openDiscrepancies(c) => {
            let value = views::open_discrepancies(host, caller, &c)?;
            returns::<ICabinets::openDiscrepanciesCall>(host, &value)
        }
        ICabinetsCalls::overdueDiscrepancies(c) => {
            let value = views::overdue_discrepancies(host, caller, c.organisation)?;
            returns::<ICabinets::overdueDiscrepanciesCall>(host, &value)
        }
        ICabinetsCalls::eip712Domain(_) => {
            let value = domain(host);
            returns::<ICabinets::eip712DomainCall>(host, &value)
        }
    }
}

fn domain(host: &dyn Host) -> eip712DomainReturn {
    let (fields, name, version, chain_id, contract) = signing::domain_fields(host, CABINETS);
    eip712DomainReturn {
        fields,
        name,
        version,
        chainId: chain_id,
        verifyingContract: contract,
        salt: Default::default(),
        extensions: Vec::new(),
    }
}
