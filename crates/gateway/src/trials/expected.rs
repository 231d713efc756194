//! Which entries a call makes, so that they are found again when no answer came.

use theriac_contracts::interfaces::ITrials::{
    ITrialsCalls, Outcome as CallOutcome, Schedule as CallSchedule,
};
use theriac_evidence::trial::{Body, Outcome, Schedule, body};

/// An entry that a call makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expected {
    pub(super) kind: u8,
    pub(super) slot: u32,
    /// `None` where the contract fills in what the call does not say.
    pub(super) body: Option<Body>,
}

/// The entries of a call, in order; none of a view.
pub(super) fn expected(call: &ITrialsCalls) -> Vec<Expected> {
    match call {
        ITrialsCalls::capture(call) => each(&call.captures, |form| {
            let body = body::Captured {
                cell: form.cell,
                root: form.root,
                items: form.items,
                nulls: form.nulls,
            };
            (form.slot, body.into())
        }),
        ITrialsCalls::miss(call) => each(&call.forms, |form| {
            let body = body::Missed {
                cell: form.cell,
                reason_code: form.reasonCode,
                reason: form.reason,
            };
            (form.slot, body.into())
        }),
        ITrialsCalls::correct(call) => each(&call.corrections, |form| {
            let body = body::Corrected {
                cell: form.cell,
                entry: form.entry,
                root: form.root,
                items: form.items,
                reason_code: form.reasonCode,
            };
            (form.slot, body.into())
        }),
        other => one(other).into_iter().collect(),
    }
}

fn each<T>(forms: &[T], of: impl Fn(&T) -> (u32, Body)) -> Vec<Expected> {
    let whole = |form: &T| {
        let (slot, body) = of(form);
        known(slot, body)
    };
    forms.iter().map(whole).collect()
}

fn known(slot: u32, body: Body) -> Expected {
    Expected {
        kind: body.kind(),
        slot,
        body: Some(body),
    }
}

fn open(kind: u8, slot: u32) -> Expected {
    let body = None;
    Expected { kind, slot, body }
}

fn one(call: &ITrialsCalls) -> Option<Expected> {
    of_study(call)
        .or_else(|| of_subject(call))
        .or_else(|| of_list(call))
        .or_else(|| of_results(call))
}

fn of_study(call: &ITrialsCalls) -> Option<Expected> {
    let body: Body = match call {
        ITrialsCalls::register(call) => body::Registered {
            number: call.number,
            protocol: call.protocol,
            schedule: schedule(&call.schedule),
            outcomes: outcomes(&call.outcomes),
            approvers: call.approvers.clone(),
            threshold: call.threshold,
            retention_until: call.retention,
        }
        .into(),
        ITrialsCalls::amend(call) => body::Amended {
            version: call.version,
            protocol: call.protocol,
            reason_code: call.reasonCode,
            reason: call.reason,
            schedule: schedule(&call.schedule),
            outcomes: outcomes(&call.outcomes),
            renew_consent: call.renew,
        }
        .into(),
        ITrialsCalls::site(call) => body::Site {
            site: call.site,
            organisation: call.organisation,
            status: call.status,
        }
        .into(),
        ITrialsCalls::role(call) => body::Role {
            account: call.account,
            site: call.site,
            role: call.role,
            until: call.until,
        }
        .into(),
        ITrialsCalls::lock(call) => body::Locked {
            size: call.size,
            root: call.root,
            sums: call.sums,
        }
        .into(),
        ITrialsCalls::approveUnlock(_) => return Some(open(13, 0)),
        _ => return None,
    };
    Some(known(0, body))
}

fn of_subject(call: &ITrialsCalls) -> Option<Expected> {
    let (slot, body): (u32, Body) = match call {
        ITrialsCalls::consent(call) => {
            let body = body::Consented {
                document: call.document,
                version: call.version,
                signature: call.signature,
                participant: call.participant,
            };
            (call.slot, body.into())
        }
        ITrialsCalls::withdraw(call) => {
            let body = body::Withdrawn {
                scope: call.scope,
                due: call.due,
                reason: call.reason,
            };
            (call.slot, body.into())
        }
        ITrialsCalls::query(call) => {
            let body = body::Queried {
                query: call.query,
                cell: call.cell,
                state: call.state,
                text: call.text,
            };
            (call.slot, body.into())
        }
        ITrialsCalls::sign(call) => {
            let body = body::Signed {
                scope: call.scope,
                data_root: call.dataRoot,
                meaning: call.meaning,
                name: call.name,
                time: call.time,
                signature: call.signature.to_vec(),
                second: call.second.to_vec(),
            };
            (call.slot, body.into())
        }
        ITrialsCalls::erase(call) => {
            let (basis, reason) = (call.basis, call.reason);
            (call.slot, body::Erased { basis, reason }.into())
        }
        ITrialsCalls::allocate(call) => return Some(open(17, call.slot)),
        ITrialsCalls::open(call) => return Some(open(18, call.slot)),
        _ => return None,
    };
    Some(known(slot, body))
}

fn of_list(call: &ITrialsCalls) -> Option<Expected> {
    let body: Body = match call {
        ITrialsCalls::commitList(call) => body::ListCommitted {
            list: call.list,
            stratum: call.stratum,
            base_root: call.baseRoot,
            length: call.length,
            block_length: call.blockLength,
            delay: call.delay,
            secret: call.secret,
        }
        .into(),
        ITrialsCalls::sealList(call) => body::ListSealed {
            list: call.list,
            root: call.root,
        }
        .into(),
        ITrialsCalls::drawList(_) => return Some(open(15, 0)),
        _ => return None,
    };
    Some(known(0, body))
}

fn of_results(call: &ITrialsCalls) -> Option<Expected> {
    let body: Body = match call {
        ITrialsCalls::plan(call) => body::Plan {
            plan: call.document,
            number: call.number,
        }
        .into(),
        ITrialsCalls::unblind(call) => body::Unblinded {
            plan: call.plan,
            secrets: call.secrets,
        }
        .into(),
        ITrialsCalls::analyse(call) => body::Analysed {
            number: call.number,
            plan: call.plan,
            lock: call.lockEntry,
            data: call.manifest,
            program: call.program,
            result: call.result,
            outcome: call.outcome.into(),
        }
        .into(),
        ITrialsCalls::publish(call) => body::Published {
            document: call.document,
            outcomes: outcomes(&call.outcomes),
        }
        .into(),
        ITrialsCalls::screen(call) => body::Screened {
            report: call.report,
            number: call.number.into(),
        }
        .into(),
        _ => return None,
    };
    Some(known(0, body))
}

fn schedule(schedule: &CallSchedule) -> Schedule {
    Schedule {
        root: schedule.root,
        cells: schedule.cells.to_vec(),
    }
}

pub(super) fn outcomes(outcomes: &[CallOutcome]) -> Vec<Outcome> {
    let read = |outcome: &CallOutcome| Outcome {
        level: outcome.level,
        words: [
            outcome.id,
            outcome.domain,
            outcome.measurement,
            outcome.metric,
            outcome.aggregation,
            outcome.timePoint,
            outcome.population,
        ],
    };
    outcomes.iter().map(read).collect()
}
