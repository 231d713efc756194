//! Functions of packs by selector.

use alloy_primitives::Bytes;

use super::{
    clear, close, commission, commit, contest, decommission, dispense, flag, set_product, undo,
    views, views_flags,
};
use crate::{
    addresses::PACKS,
    dispatch::{done, enter, mutating, returns},
    host::{Call, Host, Stop},
    interfaces::IPacks::{self, IPacksCalls, eip712DomainReturn},
    signing,
};

pub(crate) fn call(host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
    let caller = call.caller;
    match enter(host, call)? {
        IPacksCalls::setProduct(c) => {
            mutating(call)?;
            done(set_product::set_product(host, caller, &c))
        }
        IPacksCalls::commission(c) => {
            mutating(call)?;
            done(commission::commission(host, caller, &c))
        }
        IPacksCalls::close(c) => {
            mutating(call)?;
            done(close::close(host, caller, &c))
        }
        IPacksCalls::dispense(c) => {
            mutating(call)?;
            done(dispense::dispense(host, caller, &c))
        }
        IPacksCalls::decommission(c) => {
            mutating(call)?;
            done(decommission::decommission(host, caller, &c))
        }
        IPacksCalls::undo(c) => {
            mutating(call)?;
            done(undo::undo(host, caller, (c.nullifier, c.secret)))
        }
        IPacksCalls::contest(c) => {
            mutating(call)?;
            done(contest::contest(host, caller, &c))
        }
        IPacksCalls::flag(c) => {
            mutating(call)?;
            let value = flag::flag(host, caller, &c)?;
            returns::<IPacks::flagCall>(host, &value)
        }
        IPacksCalls::clear(c) => {
            mutating(call)?;
            done(clear::clear(host, caller, (c.number, c.notice)))
        }
        IPacksCalls::commit(c) => {
            mutating(call)?;
            done(commit::commit(host, caller, &c.documents))
        }
        IPacksCalls::product(c) => {
            let value = views::product(host, c.gtin)?;
            returns::<IPacks::productCall>(host, &value)
        }
        IPacksCalls::products(c) => {
            let value = views::products(host, c.from, c.limit)?;
            returns::<IPacks::productsCall>(host, &value)
        }
        IPacksCalls::lot(c) => {
            let value = views::lot(host, c.root)?;
            returns::<IPacks::lotCall>(host, &value)
        }
        IPacksCalls::closing(c) => {
            let value = views::closing(host, c.key)?;
            returns::<IPacks::closingCall>(host, &value)
        }
        IPacksCalls::exit(c) => {
            let value = views::exit(host, c.nullifier)?;
            returns::<IPacks::exitCall>(host, &value)
        }
        IPacksCalls::document(c) => {
            let value = views::document(host, c.hash)?;
            returns::<IPacks::documentCall>(host, &value)
        }
        IPacksCalls::flagCount(_) => {
            let value = views_flags::flag_count(host)?;
            returns::<IPacks::flagCountCall>(host, &value)
        }
        IPacksCalls::flagByNumber(c) => {
            let value = views_flags::flag_by_number(host, c.number)?;
            returns::<IPacks::flagByNumberCall>(host, &value)
        }
        IPacksCalls::flags(c) => {
            let value = views_flags::flags(host, c.from, c.limit)?;
            returns::<IPacks::flagsCall>(host, &value)
        }
        IPacksCalls::flagsOf(c) => {
            let value = views_flags::flags_of(host, &c)?;
            returns::<IPacks::flagsOfCall>(host, &value)
        }
        IPacksCalls::eip712Domain(_) => {
            let value = domain(host);
            returns::<IPacks::eip712DomainCall>(host, &value)
        }
    }
}

fn domain(host: &dyn Host) -> eip712DomainReturn {
    let (fields, name, version, chain_id, contract) = signing::domain_fields(host, PACKS);
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
