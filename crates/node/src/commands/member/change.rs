//! A proposal in words and as JSON.

use crate::arguments::utc;
use serde_json::{Value, json};
use theriac_sdk::{
    directory::Parameters,
    members::{Change, Proposal},
};

/// One line that says what a change would do.
pub(super) fn change_text(change: &Change) -> String {
    match change {
        Change::Admit {
            name,
            kind,
            admin,
            gas_per_block,
        } => format!("admit {name:?} ({kind}) with admin {admin} and {gas_per_block} gas a block"),
        Change::Remove { organisation } => format!("remove organisation {organisation}"),
        Change::AddValidator {
            identity,
            organisation,
            location,
        } => format!("add validator {identity} of organisation {organisation} at {location}"),
        Change::RemoveValidator { identity } => format!("remove validator {identity}"),
        Change::Quota {
            organisation,
            gas_per_block,
        } => format!("set the quota of organisation {organisation} to {gas_per_block} gas a block"),
        Change::Parameters(parameters) => {
            let values = parameters_value(parameters);
            let values = values.as_object().into_iter().flatten();
            let pairs: Vec<_> = values
                .map(|(name, value)| format!("{name} {value}"))
                .collect();
            format!("set the parameters to {}", pairs.join(", "))
        }
        Change::Upgrade { version, height } => {
            format!("follow version {version} of the rules from height {height} on")
        }
        Change::MoveValidator { identity, location } => {
            format!("reach validator {identity} at {location}")
        }
    }
}

/// The change as JSON: its kind and its values.
pub(super) fn change_value(change: &Change) -> Value {
    let mut value = match change {
        Change::Admit {
            name,
            kind,
            admin,
            gas_per_block,
        } => {
            json!({ "name": name, "organisationKind": kind.word(), "admin": admin, "gasPerBlock": gas_per_block })
        }
        Change::Remove { organisation } => json!({ "organisation": organisation }),
        Change::AddValidator {
            identity,
            organisation,
            location,
        } => json!({ "identity": identity, "organisation": organisation, "location": location }),
        Change::RemoveValidator { identity } => json!({ "identity": identity }),
        Change::Quota {
            organisation,
            gas_per_block,
        } => json!({ "organisation": organisation, "gasPerBlock": gas_per_block }),
        Change::Parameters(parameters) => json!({ "parameters": parameters_value(parameters) }),
        Change::Upgrade { version, height } => json!({ "version": version, "height": height }),
        Change::MoveValidator { identity, location } => {
            json!({ "identity": identity, "location": location })
        }
    };
    value["kind"] = json!(change.kind().word());
    value
}

/// The limits of the network by their names.
fn parameters_value(parameters: &Parameters) -> Value {
    json!({
        "requestLifetime": parameters.requestLifetime,
        "grantLifetime": parameters.grantLifetime,
        "requestsPerDay": parameters.requestsPerDay,
        "rulesPerChart": parameters.rulesPerChart,
        "signatureGas": parameters.signatureGas,
        "commonGasPerBlock": parameters.commonGasPerBlock,
        "openingLifetime": parameters.openingLifetime,
        "ruleGas": parameters.ruleGas,
        "reviewPeriod": parameters.reviewPeriod,
        "votingPeriod": parameters.votingPeriod,
        "recoveryDelayMin": parameters.recoveryDelayMin,
        "recoveryDelayMax": parameters.recoveryDelayMax,
    })
}

/// One line about a proposal.
pub(super) fn proposal_text(proposal: &Proposal) -> String {
    let votes = format!(
        "{} for and {} against of {}, {} needed",
        proposal.yes,
        proposal.no,
        proposal.validators,
        proposal.needed()
    );
    let until = match (proposal.decided_height, proposal.refusal) {
        (Some(height), Some(refusal)) => format!("at height {height}: {refusal}"),
        (Some(height), None) => format!("at height {height}"),
        (None, _) => format!("until {}", utc(proposal.deadline.saturating_mul(1_000))),
    };
    format!(
        "{}  {}  {until}  {votes}  {}",
        proposal.id,
        proposal.status,
        subject_text(proposal)
    )
}

fn subject_text(proposal: &Proposal) -> String {
    match &proposal.change {
        Some(change) => change_text(change),
        None => format!(
            "a change of kind {}, which this version does not know: upgrade theriac to read it",
            proposal.kind
        ),
    }
}

fn subject_value(proposal: &Proposal) -> Value {
    match &proposal.change {
        Some(change) => change_value(change),
        None => json!({ "kind": "unknown", "code": proposal.kind }),
    }
}

/// A proposal as JSON.
pub(super) fn proposal_value(proposal: &Proposal) -> Value {
    json!({
        "proposal": proposal.id,
        "change": subject_value(proposal),
        "status": proposal.status.word(),
        "refusal": proposal.refusal.map(|refusal| refusal.name()),
        "organisation": proposal.organisation.0,
        "by": proposal.by,
        "createdTimeMs": proposal.created_time_ms,
        "deadline": proposal.deadline,
        "decidedHeight": proposal.decided_height,
        "yes": proposal.yes,
        "no": proposal.no,
        "needed": proposal.needed(),
        "validators": proposal.validators,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_primitives::{Address, B256};
    use theriac_contracts::{OrganisationId, OrganisationKind, Refusal, codes::ProposalStatus};

    fn proposal(change: Change) -> Proposal {
        Proposal {
            id: 4,
            kind: change.kind().code(),
            change: Some(change),
            status: ProposalStatus::Open,
            refusal: None,
            organisation: OrganisationId(1),
            by: Address::ZERO,
            created_time_ms: 0,
            deadline: 1_795_420_800,
            decided_height: None,
            yes: 2,
            no: 1,
            validators: 5,
        }
    }

    #[test]
    fn a_proposal_says_how_many_votes_it_needs_and_until_when() {
        let open = proposal(Change::Remove { organisation: 3 });
        assert_eq!(
            proposal_text(&open),
            "4  open  until 2026-11-23T08:00:00Z  2 for and 1 against of 5, 4 needed  remove organisation 3"
        );
        let failed = Proposal {
            status: ProposalStatus::Failed,
            refusal: Some(Refusal::TooFewValidators),
            decided_height: Some(88),
            ..open
        };
        let text = proposal_text(&failed);
        assert!(
            text.contains("failed  at height 88: without this validator"),
            "{text}"
        );
    }

    #[test]
    fn a_proposal_of_a_kind_that_is_not_known_is_shown_with_its_number() {
        let unknown = Proposal {
            kind: 9,
            change: None,
            ..proposal(Change::Remove { organisation: 3 })
        };
        let text = proposal_text(&unknown);
        assert!(
            text.starts_with("4  open  ") && text.contains("a change of kind 9,"),
            "{text}"
        );
        let value = proposal_value(&unknown);
        let change = json!({ "kind": "unknown", "code": 9 });
        assert_eq!((&value["change"], &value["yes"]), (&change, &json!(2)));
    }

    #[test]
    fn a_name_cannot_write_to_the_terminal() {
        let change = Change::Admit {
            name: "\u{1b}[2J\u{202e}x".to_owned(),
            kind: OrganisationKind::Pharmacy,
            admin: Address::ZERO,
            gas_per_block: 1,
        };
        let text = change_text(&change);
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{202e}'),
            "{text}"
        );
    }

    #[test]
    fn a_change_as_json_has_its_kind() {
        let change = Change::RemoveValidator {
            identity: B256::repeat_byte(7),
        };
        let value = proposal_value(&proposal(change));
        assert_eq!(value["change"]["kind"], "remove-validator");
        assert_eq!(value["change"]["identity"], json!(B256::repeat_byte(7)));
        assert_eq!(
            (&value["needed"], &value["decidedHeight"]),
            (&json!(4), &Value::Null)
        );
    }
}
