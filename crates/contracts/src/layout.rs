//! The storage of every contract against what solc says of its Solidity twin (`solidity/layout/storage-layout.json`).

use alloy_primitives::{Address, B256, U256};
use serde_json::{Value, json};

use crate::{
    access, cabinets, delegation, directory, members, packs, prescriptions, records, recovery,
    seals,
    storage::{Data, Field, Item, Map, Packed, Text},
    trials,
};

/// The name of a type in Solidity.
trait SolidityType {
    fn name() -> String;
}

macro_rules! solidity_types {
    ($($kind:ty = $name:literal;)+) => {
        $(impl SolidityType for $kind {
            fn name() -> String {
                $name.into()
            }
        })+
    };
}

solidity_types! {
    u8 = "uint8";
    u16 = "uint16";
    u32 = "uint32";
    u64 = "uint64";
    bool = "bool";
    Address = "address";
    B256 = "bytes32";
    U256 = "uint256";
    Text = "string";
    Data = "bytes";
    members::state::Limits = "struct Limits";
    members::state::Entry<members::state::Organisation> = "struct Organisation";
    members::state::Entry<members::state::Validator> = "struct Validator";
    members::state::Entry<members::state::Proposal> = "struct Proposal";
    members::state::Schedule = "struct Schedule";
    directory::state::Person = "struct Person";
    records::state::Record = "struct Record";
    records::state::Chart = "struct Chart";
    records::state::Version = "struct Version";
    access::state::Request = "struct Request";
    access::state::Rule = "struct Rule";
    access::state::Activity = "struct Activity";
    seals::state::Seal = "struct Seal";
    seals::state::Pointer = "struct Pointer";
    seals::state::Opening = "struct Opening";
    seals::state::Glass = "struct Glass";
    seals::state::Review = "struct Review";
    recovery::state::Guardianship = "struct Guardianship";
    recovery::state::Terms = "struct Terms";
    recovery::state::Recovery = "struct Recovery";
    recovery::state::Succession = "struct Succession";
    recovery::state::HandOver = "struct HandOver";
    delegation::state::Delegation = "struct Delegation";
    packs::state::Product = "struct Product";
    packs::state::Lot = "struct Lot";
    packs::state::Closing = "struct Closing";
    packs::state::Exit = "struct Exit";
    packs::state::Flag = "struct Flag";
    packs::state::Clearing = "struct Clearing";
    packs::state::Flagged = "struct Flagged";
    packs::state::Document = "struct Document";
    cabinets::state::Cabinet = "struct Cabinet";
    cabinets::state::Balances = "struct Balances";
    cabinets::state::Activity = "struct Activity";
    cabinets::state::Discrepancy = "struct Discrepancy";
    prescriptions::state::Prescription = "struct Prescription";
    prescriptions::state::Token = "struct Token";
    prescriptions::state::Fill = "struct Fill";
    trials::state::Head = "struct Head";
    trials::state::Milestone = "struct Milestone";
    trials::state::Terms = "struct Terms";
    trials::state::Node = "struct Node";
    trials::state::Subject = "struct Subject";
    trials::state::Schedule = "struct Schedule";
    trials::state::Site = "struct Site";
    trials::state::Grant = "struct Grant";
    trials::state::Query = "struct Query";
    trials::state::List = "struct List";
    trials::state::Factor = "struct Factor";
    trials::state::Opening = "struct Opening";
}

impl<T: SolidityType> SolidityType for Item<T> {
    fn name() -> String {
        T::name()
    }
}

impl<K: SolidityType + Packed, P: SolidityType> SolidityType for Map<K, P> {
    fn name() -> String {
        format!("mapping({} => {})", K::name(), P::name())
    }
}

fn variable<P: SolidityType>(label: &str, slot: U256, _: &P) -> Value {
    json!({ "label": label, "slot": slot.to::<u64>(), "type": P::name() })
}

macro_rules! variables {
    ($module:ident: $($label:literal = $name:ident)+) => {
        vec![$(variable($label, $module::state::$name.slot(), &$module::state::$name)),+]
    };
}

fn fields(fields: &[Field]) -> Vec<Value> {
    fields
        .iter()
        .map(|field| json!([field.label, field.slot, field.offset, field.bytes]))
        .collect()
}

/// What solc says, without the contract's other facts.
fn golden(contract: &str) -> Value {
    let text = include_str!("../../../solidity/layout/storage-layout.json");
    let layouts: Value = serde_json::from_str(text).expect("the golden file is JSON");
    layouts[contract].clone()
}

#[track_caller]
fn check_variables(contract: &str, ours: Vec<Value>) {
    let golden = golden(contract);
    let solc: Vec<Value> = golden["variables"]
        .as_array()
        .expect("solc lists variables")
        .iter()
        .map(|one| json!({ "label": one["label"], "slot": one["slot"], "type": one["type"] }))
        .collect();
    assert_eq!(ours, solc);
}

#[track_caller]
fn check_struct(contract: &str, name: &str, ours: Vec<Value>) {
    let golden = golden(contract);
    let solc: Vec<Value> = golden["structs"][name]
        .as_array()
        .expect("solc lists the struct's members")
        .iter()
        .map(|one| json!([one["label"], one["slot"], one["offset"], one["bytes"]]))
        .collect();
    assert_eq!(ours, solc);
}

#[test]
fn members_is_laid_out_as_solc_would() {
    use crate::members::state::{
        Limits, ORGANISATION_NAME, Organisation, PROPOSAL_CONTENT, Proposal, Schedule,
        VALIDATOR_LOCATION, Validator,
    };
    let variables = variables!(members: "organisations" = ORGANISATIONS
        "organisationCount" = ORGANISATION_COUNT "organisationOf" = ORGANISATION_OF
        "validators" = VALIDATORS "validatorCount" = VALIDATOR_COUNT "limits" = LIMITS
        "active" = ACTIVE "validatorOf" = VALIDATOR_OF "proposals" = PROPOSALS
        "proposalCount" = PROPOSAL_COUNT "votesFor" = VOTES_FOR "votesAgainst" = VOTES_AGAINST
        "proposedBy" = PROPOSED_BY "schedule" = SCHEDULE "validatorsMax" = VALIDATORS_MAX);
    check_variables("Members", variables);
    let mut organisation = fields(Organisation::FIELDS);
    organisation.push(json!(["name", ORGANISATION_NAME, 0, 32]));
    check_struct("Members", "Organisation", organisation);
    let mut validator = fields(Validator::FIELDS);
    validator.push(json!(["location", VALIDATOR_LOCATION, 0, 32]));
    check_struct("Members", "Validator", validator);
    let mut proposal = fields(Proposal::FIELDS);
    proposal.push(json!(["content", PROPOSAL_CONTENT, 0, 32]));
    check_struct("Members", "Proposal", proposal);
    check_struct("Members", "Limits", fields(Limits::FIELDS));
    check_struct("Members", "Schedule", fields(Schedule::FIELDS));
}

#[test]
fn directory_is_laid_out_as_solc_would() {
    use crate::{
        directory::state::{Enrolment, Person},
        storage::Placed,
    };
    let variables = variables!(directory: "people" = PEOPLE "peopleCount" = PEOPLE_COUNT
        "peopleOf" = PEOPLE_OF "listed" = LISTED);
    check_variables("Directory", variables);
    let place = Person::at(U256::ZERO);
    let mut person = fields(Enrolment::FIELDS);
    for (label, item) in [
        ("key", &place.key),
        ("nameCommitment", &place.name_commitment),
        ("licenceCommitment", &place.licence_commitment),
    ] {
        person.push(json!([label, item.slot().to::<u64>(), 0, 32]));
    }
    check_struct("Directory", "Person", person);
}

#[test]
fn records_is_laid_out_as_solc_would() {
    use crate::records::state::{Chart, Record, Version};
    let variables = variables!(records: "records" = RECORDS_BY_ID "charts" = CHARTS
        "recordsOf" = RECORDS_OF "chartCount" = CHART_COUNT "chartsOf" = CHARTS_OF
        "authored" = AUTHORED "nonces" = NONCES "holds" = HOLDS
        "versions" = VERSIONS);
    check_variables("Records", variables);
    check_struct("Records", "Record", fields(Record::FIELDS));
    check_struct("Records", "Chart", fields(Chart::FIELDS));
    check_struct("Records", "Version", fields(Version::FIELDS));
}

#[test]
fn access_is_laid_out_as_solc_would() {
    use crate::access::state::{Activity, Request, Rule};
    let variables = variables!(access: "logLength" = LOG_LENGTH "logEntry" = LOG_ENTRY
        "requests" = REQUESTS "requestCount" = REQUEST_COUNT "requestsOf" = REQUESTS_OF
        "latest" = LATEST "ruleCount" = RULE_COUNT "rules" = RULES "activity" = ACTIVITY
        "noncesUsed" = NONCES_USED);
    check_variables("Access", variables);
    check_struct("Access", "Request", fields(Request::FIELDS));
    check_struct("Access", "Rule", fields(Rule::FIELDS));
    check_struct("Access", "Activity", fields(Activity::FIELDS));
}

#[test]
fn seals_is_laid_out_as_solc_would() {
    use crate::seals::state::{Glass, Opening, Pointer, Review, Seal};
    let variables = variables!(seals: "seals" = SEALS_OF "pointers" = POINTERS
        "openingCount" = OPENING_COUNT "openings" = OPENINGS "closedBefore" = CLOSED_BEFORE
        "latestOpening" = LATEST_OPENING "glass" = GLASS "reviews" = REVIEWS
        "owedCount" = OWED_COUNT "owed" = OWED "closedOf" = CLOSED_OF);
    check_variables("Seals", variables);
    check_struct("Seals", "Seal", fields(Seal::FIELDS));
    check_struct("Seals", "Pointer", fields(Pointer::FIELDS));
    check_struct("Seals", "Opening", fields(Opening::FIELDS));
    check_struct("Seals", "Glass", fields(Glass::FIELDS));
    check_struct("Seals", "Review", fields(Review::FIELDS));
}

#[test]
fn recovery_is_laid_out_as_solc_would() {
    use crate::recovery::state::{Guardianship, HandOver, Recovery, Succession, Terms};
    let variables = variables!(recovery: "guardianships" = GUARDIANSHIPS "terms" = TERMS
        "guardians" = GUARDIANS "recoveries" = RECOVERIES "choices" = CHOICES
        "successions" = SUCCESSIONS "predecessors" = PREDECESSORS "awaited" = AWAITED
        "handOvers" = HAND_OVERS "wardCount" = WARD_COUNT "wardsOf" = WARDS_OF "listed" = LISTED);
    check_variables("Recoveries", variables);
    check_struct("Recoveries", "Guardianship", fields(Guardianship::FIELDS));
    check_struct("Recoveries", "Terms", fields(Terms::FIELDS));
    check_struct("Recoveries", "Recovery", fields(Recovery::FIELDS));
    check_struct("Recoveries", "Succession", fields(Succession::FIELDS));
    check_struct("Recoveries", "HandOver", fields(HandOver::FIELDS));
}

#[test]
fn delegation_is_laid_out_as_solc_would() {
    use crate::delegation::state::Delegation;
    let variables = variables!(delegation: "delegations" = DELEGATIONS
        "delegateCount" = DELEGATE_COUNT "delegatesOf" = DELEGATES_OF
        "mandateCount" = MANDATE_COUNT "mandatesOf" = MANDATES_OF "listed" = LISTED);
    check_variables("Delegations", variables);
    check_struct("Delegations", "Delegation", fields(Delegation::FIELDS));
}

#[test]
fn packs_is_laid_out_as_solc_would() {
    use crate::packs::state::{
        Claim, Clearing, Closing, Document, Exit, Flag, Flagged, Lot, PRODUCT_RESPONDER,
    };
    let variables = variables!(packs: "products" = PRODUCTS "productCount" = PRODUCT_COUNT
        "productAt" = PRODUCT_AT "lots" = LOTS "lotOf" = LOT_OF "closedIn" = CLOSED_IN
        "closingCount" = CLOSING_COUNT "closings" = CLOSINGS "exits" = EXITS "undos" = UNDOS
        "flagCount" = FLAG_COUNT "flags" = FLAGS "clearings" = CLEARINGS "flagged" = FLAGGED
        "documents" = DOCUMENTS);
    check_variables("Packs", variables);
    let mut product = fields(Claim::FIELDS);
    product.push(json!(["responder", PRODUCT_RESPONDER, 0, 32]));
    check_struct("Packs", "Product", product);
    check_struct("Packs", "Lot", fields(Lot::FIELDS));
    check_struct("Packs", "Closing", fields(Closing::FIELDS));
    check_struct("Packs", "Exit", fields(Exit::FIELDS));
    check_struct("Packs", "Flag", fields(Flag::FIELDS));
    check_struct("Packs", "Clearing", fields(Clearing::FIELDS));
    check_struct("Packs", "Flagged", fields(Flagged::FIELDS));
    check_struct("Packs", "Document", fields(Document::FIELDS));
}

#[test]
fn cabinets_is_laid_out_as_solc_would() {
    use crate::cabinets::state::{Activity, Balances, Cabinet, Discrepancy};
    let variables = variables!(cabinets: "cabinets" = CABINETS_BY_ID "balances" = BALANCES
        "activity" = ACTIVITY "discrepancyCount" = DISCREPANCY_COUNT
        "discrepancies" = DISCREPANCIES "openCount" = OPEN_COUNT "openOf" = OPEN_OF
        "placeOf" = PLACE_OF "recorded" = RECORDED);
    check_variables("Cabinets", variables);
    check_struct("Cabinets", "Cabinet", fields(Cabinet::FIELDS));
    check_struct("Cabinets", "Balances", fields(Balances::FIELDS));
    check_struct("Cabinets", "Activity", fields(Activity::FIELDS));
    check_struct("Cabinets", "Discrepancy", fields(Discrepancy::FIELDS));
}

#[test]
fn prescriptions_is_laid_out_as_solc_would() {
    use crate::prescriptions::state::{Fill, Prescription, Token};
    let variables = variables!(prescriptions: "prescriptions" = PRESCRIPTIONS_BY_KEY
        "tokens" = TOKENS "fills" = FILLS);
    check_variables("Prescriptions", variables);
    check_struct(
        "Prescriptions",
        "Prescription",
        fields(Prescription::FIELDS),
    );
    check_struct("Prescriptions", "Token", fields(Token::FIELDS));
    check_struct("Prescriptions", "Fill", fields(Fill::FIELDS));
}

#[test]
fn trials_is_laid_out_as_solc_would() {
    use crate::trials::state::{
        Factor, Grant, Head, List, Milestone, Node, Opening, Query, Schedule, Site, Subject, Terms,
    };
    let variables = variables!(trials: "registered" = REGISTERED "heads" = HEADS
        "milestones" = MILESTONES "terms" = TERMS "totals" = TOTALS "peaks" = PEAKS
        "nodes" = NODES "subjects" = SUBJECTS "participants" = PARTICIPANTS "cells" = CELLS
        "forms" = FORMS "schedules" = SCHEDULES "sites" = SITES "grants" = GRANTS
        "sights" = SIGHTS "queries" = QUERIES "approvers" = APPROVERS "lists" = LISTS
        "places" = PLACES "factors" = FACTORS "openingCount" = OPENING_COUNT
        "openings" = OPENINGS);
    check_variables("Trials", variables);
    for (name, ours) in [
        ("Head", Head::FIELDS),
        ("Milestone", Milestone::FIELDS),
        ("Terms", Terms::FIELDS),
        ("Node", Node::FIELDS),
        ("Subject", Subject::FIELDS),
        ("Schedule", Schedule::FIELDS),
        ("Site", Site::FIELDS),
        ("Grant", Grant::FIELDS),
        ("Query", Query::FIELDS),
        ("List", List::FIELDS),
        ("Factor", Factor::FIELDS),
        ("Opening", Opening::FIELDS),
    ] {
        check_struct("Trials", name, fields(ours));
    }
}
