//! Functions of trials by selector.

use alloy_primitives::Bytes;

use super::{
    allocate, amend, analyse, approve_unlock, capture, commit_list, consent, correct, draw_list,
    erase, lists, lock, miss, open, plan, publish, query, register, role, screen, seal_list,
    set_factor, sign, site, unblind, views, withdraw,
};
use crate::{
    addresses::TRIALS,
    dispatch::{done, enter, mutating, returns},
    host::{Call, Host, Stop},
    interfaces::ITrials::{self, ITrialsCalls, eip712DomainReturn},
    signing,
};

pub(crate) fn call(host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
    let function = enter(host, call)?;
    if !is_view(&function) {
        mutating(call)?;
    }
    run(host, call, function)
}

/// Whether a function leaves state as it is.
const fn is_view(function: &ITrialsCalls) -> bool {
    use ITrialsCalls as F;
    match function {
        F::registered(_)
        | F::studyId(_)
        | F::studyOf(_)
        | F::sumsOf(_)
        | F::milestoneOf(_)
        | F::subjectOf(_)
        | F::entryOf(_)
        | F::siteOf(_)
        | F::roleOf(_)
        | F::queryOf(_)
        | F::listOf(_)
        | F::placeOf(_)
        | F::sealOf(_)
        | F::openingByNumber(_)
        | F::factorOf(_)
        | F::eip712Domain(_) => true,
        F::register(_)
        | F::amend(_)
        | F::site(_)
        | F::role(_)
        | F::consent(_)
        | F::withdraw(_)
        | F::capture(_)
        | F::miss(_)
        | F::correct(_)
        | F::query(_)
        | F::sign(_)
        | F::setFactor(_)
        | F::lock(_)
        | F::approveUnlock(_)
        | F::commitList(_)
        | F::drawList(_)
        | F::sealList(_)
        | F::open(_)
        | F::plan(_)
        | F::unblind(_)
        | F::analyse(_)
        | F::publish(_)
        | F::erase(_)
        | F::screen(_)
        | F::allocate(_) => false,
    }
}

fn run(host: &mut dyn Host, call: &Call<'_>, function: ITrialsCalls) -> Result<Bytes, Stop> {
    use ITrialsCalls as F;
    let caller = call.caller;
    match function {
        F::register(c) => {
            let value = register::register(host, caller, &c)?;
            returns::<ITrials::registerCall>(host, &value)
        }
        F::allocate(c) => {
            let value = allocate::allocate(host, caller, &c)?;
            returns::<ITrials::allocateCall>(host, &value)
        }
        F::amend(c) => done(amend::amend(host, caller, &c)),
        F::site(c) => done(site::site(host, caller, &c)),
        F::role(c) => done(role::role(host, caller, &c)),
        F::consent(c) => done(consent::consent(host, caller, &c)),
        F::withdraw(c) => done(withdraw::withdraw(host, caller, &c)),
        F::capture(c) => done(capture::capture(host, caller, (c.study, &c.captures))),
        F::miss(c) => done(miss::miss(host, caller, (c.study, &c.forms))),
        F::correct(c) => done(correct::correct(host, caller, (c.study, &c.corrections))),
        F::query(c) => done(query::query(host, caller, &c)),
        F::sign(c) => done(sign::sign(host, caller, &c)),
        F::setFactor(c) => done(set_factor::set_factor(host, caller, &c)),
        F::lock(c) => done(lock::lock(host, caller, &c)),
        F::approveUnlock(c) => done(approve_unlock::approve_unlock(host, caller, &c)),
        F::commitList(c) => done(commit_list::commit_list(host, caller, &c)),
        F::drawList(c) => done(draw_list::draw_list(host, caller, &c)),
        F::sealList(c) => done(seal_list::seal_list(host, caller, &c)),
        F::open(c) => {
            let value = open::open(host, caller, &c)?;
            returns::<ITrials::openCall>(host, &value)
        }
        F::plan(c) => done(plan::plan(host, caller, &c)),
        F::unblind(c) => done(unblind::unblind(host, caller, &c)),
        F::analyse(c) => done(analyse::analyse(host, caller, &c)),
        F::publish(c) => done(publish::publish(host, caller, &c)),
        F::erase(c) => done(erase::erase(host, caller, &c)),
        F::screen(c) => done(screen::screen(host, caller, &c)),
        F::registered(c) => {
            let value = views::registered(host, c.organisation)?;
            returns::<ITrials::registeredCall>(host, &value)
        }
        F::studyId(c) => {
            let value = views::study_id(host, c.organisation, c.number)?;
            returns::<ITrials::studyIdCall>(host, &value)
        }
        F::studyOf(c) => {
            let value = views::study_of(host, c.study)?;
            returns::<ITrials::studyOfCall>(host, &value)
        }
        F::sumsOf(c) => {
            let value = views::sums_of(host, c.study)?;
            returns::<ITrials::sumsOfCall>(host, &value)
        }
        F::milestoneOf(c) => {
            let value = views::milestone_of(host, c.study, c.milestone)?;
            returns::<ITrials::milestoneOfCall>(host, &value)
        }
        F::subjectOf(c) => {
            let value = views::subject_of(host, c.study, c.slot)?;
            returns::<ITrials::subjectOfCall>(host, &value)
        }
        F::entryOf(c) => {
            let value = views::entry_of(host, (c.study, c.slot), c.cell)?;
            returns::<ITrials::entryOfCall>(host, &value)
        }
        F::siteOf(c) => {
            let value = views::site_of(host, c.study, c.site)?;
            returns::<ITrials::siteOfCall>(host, &value)
        }
        F::roleOf(c) => {
            let value = views::role_of(host, (c.study, c.account), c.site)?;
            returns::<ITrials::roleOfCall>(host, &value)
        }
        F::queryOf(c) => {
            let value = views::query_of(host, c.study, c.query)?;
            returns::<ITrials::queryOfCall>(host, &value)
        }
        F::listOf(c) => {
            let value = views::list_of(host, c.study, c.list)?;
            returns::<ITrials::listOfCall>(host, &value)
        }
        F::placeOf(c) => {
            let value = lists::place(host, (c.study, c.list), c.slot)?;
            returns::<ITrials::placeOfCall>(host, &value)
        }
        F::sealOf(c) => {
            let value = views::seal_of(host, c.study, (c.list, c.index))?;
            returns::<ITrials::sealOfCall>(host, &value)
        }
        F::openingByNumber(c) => {
            let value = views::opening_by_number(host, c.opening)?;
            returns::<ITrials::openingByNumberCall>(host, &value)
        }
        F::factorOf(c) => {
            let value = views::factor_of(host, c.account)?;
            returns::<ITrials::factorOfCall>(host, &value)
        }
        F::eip712Domain(_) => {
            let value = domain(host);
            returns::<ITrials::eip712DomainCall>(host, &value)
        }
    }
}

fn domain(host: &dyn Host) -> eip712DomainReturn {
    let (fields, name, version, chain_id, contract) = signing::domain_fields(host, TRIALS);
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
