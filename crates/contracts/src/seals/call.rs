//! Functions of seals by selector.

use alloy_primitives::Bytes;

use super::{
    break_glass, open, point_rule, review, seal::seal_id, set_break_glass, views, views_reviews,
};
use crate::{
    dispatch::{done, enter, mutating, returns},
    host::{Call, Host, Stop},
    interfaces::ISeals::{self, ISealsCalls},
};

/// Gas of hashing a seal in a view: seven words.
const SEAL_ID_GAS: u64 = 72;

pub(crate) fn call(host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
    let caller = call.caller;
    match enter(host, call)? {
        ISealsCalls::pointRule(c) => {
            mutating(call)?;
            done(point_rule::point_rule(host, caller, &c))
        }
        ISealsCalls::open(c) => {
            mutating(call)?;
            let value = open::open(host, caller, &c)?;
            returns::<ISeals::openCall>(host, &value)
        }
        ISealsCalls::breakGlass(c) => {
            mutating(call)?;
            let value = break_glass::break_glass(host, caller, &c)?;
            returns::<ISeals::breakGlassCall>(host, &value)
        }
        ISealsCalls::setBreakGlass(c) => {
            mutating(call)?;
            done(set_break_glass::set_break_glass(
                host, caller, c.chart, c.kinds,
            ))
        }
        ISealsCalls::review(c) => {
            mutating(call)?;
            done(review::review(host, caller, &c))
        }
        ISealsCalls::sealOf(c) => {
            let value = views::seal_of(host, caller, c.record)?;
            returns::<ISeals::sealOfCall>(host, &value)
        }
        ISealsCalls::seals(c) => {
            let value = views::seals(host, caller, &c)?;
            returns::<ISeals::sealsCall>(host, &value)
        }
        ISealsCalls::sealId(c) => {
            host.charge(SEAL_ID_GAS)?;
            let chain_id = host.chain_id();
            let value = seal_id(chain_id, (c.record, c.version), c.controller, c.salt);
            returns::<ISeals::sealIdCall>(host, &value)
        }
        ISealsCalls::rulePointers(c) => {
            let value = views::rule_pointers(host, caller, c.chart)?;
            returns::<ISeals::rulePointersCall>(host, &value)
        }
        ISealsCalls::breakGlassScope(c) => {
            let value = views::break_glass_scope(host, caller, c.chart)?;
            returns::<ISeals::breakGlassScopeCall>(host, &value)
        }
        ISealsCalls::openingCount(_) => {
            let value = views::opening_count(host)?;
            returns::<ISeals::openingCountCall>(host, &value)
        }
        ISealsCalls::openingByNumber(c) => {
            let value = views::opening_by_number(host, caller, c.number)?;
            returns::<ISeals::openingByNumberCall>(host, &value)
        }
        ISealsCalls::reviewOf(c) => {
            let value = views_reviews::review_of(host, caller, c.opening)?;
            returns::<ISeals::reviewOfCall>(host, &value)
        }
        ISealsCalls::openReviews(c) => {
            let value = views_reviews::open_reviews(host, caller, &c)?;
            returns::<ISeals::openReviewsCall>(host, &value)
        }
        ISealsCalls::overdueReviews(c) => {
            let value = views_reviews::overdue_reviews(host, caller, c.organisation)?;
            returns::<ISeals::overdueReviewsCall>(host, &value)
        }
    }
}
