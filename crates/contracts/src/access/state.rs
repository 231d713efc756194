//! Storage of access. Slots 0 to 9, as `solidity/layout/Access.sol` has them; 0 and 1 are named in docs/protocol/evidence.md.

use alloy_primitives::{Address, B256, U256};

use crate::{
    addresses::ACCESS,
    codes::{Kinds, RequestStatus},
    delegation,
    directory::standing::check_key,
    host::{Halt, Host, Stop},
    records,
    refusals::Refusal,
    storage::{Item, Map, State, stored},
};

stored! {
    /// A request or grant.
    Request, 8 slots {
        /// The chart asked for.
        chart: B256 = (0, 0), "chart";
        /// One record, or zero for all of the kinds.
        record: B256 = (1, 0), "record";
        /// Salted commitment to the reason; zero for a grant unasked.
        reason: B256 = (2, 0), "reason";
        /// The reader's public key.
        key: B256 = (3, 0), "key";
        /// Data keys wrapped to that key.
        wrap: B256 = (4, 0), "wrap";
        /// An earlier request of the same reader for this chart that was live, or zero.
        previous: B256 = (5, 0), "previous";
        /// The reader.
        requester: Address = (6, 0), "requester";
        /// The reader's organisation at that time.
        organisation: u32 = (6, 20), "organisation";
        /// Mask of kinds.
        kinds: u32 = (6, 24), "kinds";
        /// Code of the purpose.
        purpose: u8 = (6, 28), "purpose";
        /// Code of the status; 0 when there is no such request.
        status: u8 = (6, 29), "status";
        /// Unix seconds.
        expiry: u64 = (7, 0), "expiry";
        /// Block of the request.
        requested_height: u64 = (7, 8), "requestedHeight";
        /// Time of the request.
        requested_time_ms: u64 = (7, 16), "requestedTimeMs";
        /// Time of the newest decision; 0 while there is none.
        decided_time_ms: u64 = (7, 24), "decidedTimeMs";
    }
}

stored! {
    /// A rule; zero matches everyone or everything.
    Rule, 2 slots {
        /// One account.
        who: Address = (0, 0), "who";
        /// Members of one organisation.
        organisation: u32 = (0, 20), "organisation";
        /// Mask of kinds.
        kinds: u32 = (0, 24), "kinds";
        /// Code of the effect; 0 where a rule was removed.
        effect: u8 = (0, 28), "effect";
        /// Code of the role.
        role: u8 = (0, 29), "role";
        /// Code of the purpose.
        purpose: u8 = (0, 30), "purpose";
        /// Unix seconds.
        from: u64 = (1, 0), "from";
        /// Unix seconds; 0 for never.
        until: u64 = (1, 8), "until";
    }
}

stored! {
    /// What an account has asked for, given and opened so far.
    Activity, 1 slots {
        /// Requests and grants ever; numbers the next one.
        total: u64 = (0, 0), "total";
        /// The newest day, in days since the Unix epoch.
        day: u32 = (0, 8), "day";
        /// Requests, grants and openings of seals on that day.
        today: u32 = (0, 12), "today";
    }
}

/// Number of entries in a chart's log.
pub(crate) const LOG_LENGTH: Map<B256, Item<u64>> = Map::new(0);
/// Hashes of a chart's entries by sequence number.
pub(crate) const LOG_ENTRY: Map<B256, Map<u64, Item<B256>>> = Map::new(1);
/// Requests and grants by identifier.
pub(crate) const REQUESTS: Map<B256, Item<Request>> = Map::new(2);
/// How many requests and grants a chart has.
pub(crate) const REQUEST_COUNT: Map<B256, Item<u64>> = Map::new(3);
/// Requests and grants of a chart by index.
pub(crate) const REQUESTS_OF: Map<B256, Map<u64, Item<B256>>> = Map::new(4);
/// The newest request of an account for a chart.
pub(crate) const LATEST: Map<B256, Map<Address, Item<B256>>> = Map::new(5);
/// Places for rules in a chart.
pub(crate) const RULE_COUNT: Map<B256, Item<u32>> = Map::new(6);
/// Rules of a chart by index.
pub(crate) const RULES: Map<B256, Map<u32, Item<Rule>>> = Map::new(7);
/// What an account has asked for and given.
pub(crate) const ACTIVITY: Map<Address, Item<Activity>> = Map::new(8);
/// Nonces of approvals that were counted, 256 to a word.
pub(crate) const NONCES_USED: Map<Address, Map<U256, Item<U256>>> = Map::new(9);

/// The contract's storage.
pub(crate) fn state(host: &mut dyn Host) -> State<'_> {
    State::new(host, ACCESS)
}

impl Request {
    /// The status at this time: what is stored, or expired.
    pub(crate) fn status_at(&self, time_ms: u64) -> Option<RequestStatus> {
        let status = RequestStatus::from_code(self.status)?;
        let live = match status {
            RequestStatus::Pending | RequestStatus::Admitted | RequestStatus::Granted => true,
            RequestStatus::Denied | RequestStatus::Revoked | RequestStatus::Expired => false,
        };
        let passed = time_ms >= self.expiry.saturating_mul(1_000);
        Some(if live && passed {
            RequestStatus::Expired
        } else {
            status
        })
    }

    /// Whether it can still come to an opening.
    pub(crate) fn is_live_at(&self, time_ms: u64) -> bool {
        match self.status_at(time_ms) {
            Some(RequestStatus::Pending | RequestStatus::Admitted | RequestStatus::Granted) => true,
            Some(RequestStatus::Denied | RequestStatus::Revoked | RequestStatus::Expired)
            | None => false,
        }
    }
}

/// A request or grant with its controller and its status now.
pub(crate) struct Case {
    pub(crate) request: Request,
    pub(crate) controller: Address,
    pub(crate) status: RequestStatus,
}

/// Loads a request or grant.
///
/// # Errors
/// `RequestUnknown`.
pub(crate) fn case(host: &mut dyn Host, id: B256) -> Result<Case, Stop> {
    let time_ms = host.time_ms();
    let request = load(host, id)?;
    let status = request.status_at(time_ms).ok_or(Refusal::RequestUnknown)?;
    let chart = records::state::chart(host, request.chart)?.ok_or(Refusal::ChartUnknown)?;
    Ok(Case {
        request,
        controller: chart.controller,
        status,
    })
}

/// Loads a request or grant that the caller decides on: as controller of the chart, or as a delegate.
///
/// # Errors
/// In this order: `RequestUnknown`, `NotTheController`, `KeyFrozen`.
pub(crate) fn own_case(host: &mut dyn Host, caller: Address, id: B256) -> Result<Case, Stop> {
    let case = case(host, id)?;
    if case.controller == caller {
        check_key(host, caller)??;
    } else if !may_decide_for(host, caller, &case)? {
        return Err(Refusal::NotTheController.into());
    }
    Ok(case)
}

/// Whether a delegate may decide this request. Her own she may not: a grant could outlast the delegation.
pub(crate) fn may_decide_for(
    host: &mut dyn Host,
    delegate: Address,
    case: &Case,
) -> Result<bool, Halt> {
    let request = &case.request;
    let (kinds, purpose) = (Kinds(request.kinds), request.purpose);
    Ok(request.requester != delegate
        && delegation::acts_for(host, request.chart, delegate, kinds, purpose)?)
}

/// The stored request; all zero when there is none.
pub(crate) fn load(host: &mut dyn Host, id: B256) -> Result<Request, Halt> {
    let state = &mut state(host);
    REQUESTS.at(state, id)?.load(state)
}

/// Refuses a caller who does not control the chart, or whose key is frozen.
///
/// # Errors
/// In this order: `ChartUnknown`, `NotTheController`, `KeyFrozen`.
pub(crate) fn check_controller(
    host: &mut dyn Host,
    caller: Address,
    chart: B256,
) -> Result<(), Stop> {
    let chart = records::state::chart(host, chart)?.ok_or(Refusal::ChartUnknown)?;
    if chart.controller != caller {
        return Err(Refusal::NotTheController.into());
    }
    Ok(check_key(host, caller)??)
}

/// Writes a request after a decision.
pub(crate) fn save_decision(host: &mut dyn Host, id: B256, request: &Request) -> Result<(), Halt> {
    let state = &mut state(host);
    REQUESTS.at(state, id)?.save(state, request)
}
