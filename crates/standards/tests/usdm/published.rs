//! What a registration needs of the published definitions.

use crate::support::{ALL, DIABETES, OBSERVATIONAL, PILOT, definition};
use theriac_standards::usdm::{DesignKind, Flaw, Level};

#[test]
fn every_published_definition_reads_and_its_references_resolve() {
    for name in ALL {
        let Some(definition) = definition(
            "every_published_definition_reads_and_its_references_resolve",
            name,
        ) else {
            return;
        };
        assert_eq!(definition.usdm_version, "4.0.0");
        let others: Vec<_> = definition
            .problems
            .iter()
            .filter(|problem| problem.flaw != Flaw::Placeholder)
            .map(ToString::to_string)
            .collect();
        assert_eq!(others, [""; 0], "{name}");
    }
}

#[test]
fn the_pilot_has_eleven_endpoints_of_which_three_are_placeholders() {
    let test = "the_pilot_has_eleven_endpoints_of_which_three_are_placeholders";
    let Some(definition) = definition(test, PILOT) else {
        return;
    };
    let design = &definition.study.versions[0].designs[0];
    let endpoints: Vec<_> = design.endpoints().collect();
    assert_eq!(endpoints.len(), 11);
    let of = |level| endpoints.iter().filter(|one| one.level == level).count();
    assert_eq!((of(Level::Primary), of(Level::Secondary)), (5, 6));
    let placeholders = endpoints.iter().filter(|one| one.is_placeholder);
    let ids: Vec<_> = placeholders.map(|one| one.id.as_str()).collect();
    assert_eq!(ids.len(), 3);
    let told: Vec<_> = definition
        .problems
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    for line in told {
        assert!(
            line.starts_with("/study/versions/0/studyDesigns/0/objectives/"),
            "{line}"
        );
        assert!(
            line.ends_with("a placeholder, to be written before registration"),
            "{line}"
        );
    }
}

#[test]
fn the_pilot_says_who_what_and_why() {
    let Some(definition) = definition("the_pilot_says_who_what_and_why", PILOT) else {
        return;
    };
    let version = &definition.study.versions[0];
    assert_eq!(version.version, "2");
    assert_eq!(version.title("Study Acronym"), Some("LZZT"));
    let identifiers: Vec<_> = version
        .identifiers
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    assert_eq!(identifiers, ["H2Q-MC-LZZT", "NCT12345678"]);
    assert!(
        version
            .identifiers
            .iter()
            .all(|one| one.organization.is_some())
    );
    let amendment = &version.amendments[0];
    assert_eq!(amendment.number, "1");
    assert_eq!(
        amendment.reasons,
        ["IRB/IEC Feedback", "Fix typographical errors"]
    );
    assert_eq!(amendment.is_substantial, Some(false));
    let design = &version.designs[0];
    assert_eq!(design.kind, DesignKind::Interventional);
    let phase = design.phase.as_ref().expect("a phase");
    assert_eq!(phase.decode, "Phase II Trial");
    assert_eq!(design.arms.len(), 3);
    assert_eq!(design.epochs.len(), 5);
    assert_eq!(design.encounters.len(), 12);
    assert_eq!(design.activities.len(), 36);
    let estimand = &design.estimands[0];
    assert_eq!(estimand.endpoint_id, "Endpoint_1");
    let population = estimand.analysis_population.as_deref();
    assert_eq!(
        population,
        Some("Patients with Mild to Moderate Alzheimer’s Disease.")
    );
    assert_eq!(estimand.intercurrent_events.len(), 1);
    let population = design.population.as_ref().expect("a population");
    let planned = population.planned_enrollment.as_ref().expect("a number");
    assert_eq!(
        (planned.least.as_str(), planned.most.as_str()),
        ("300.0", "300.0")
    );
    let age = population.planned_age.as_ref().expect("an age");
    assert_eq!((age.least.as_str(), age.most.as_str()), ("50.0", "100.0"));
    assert_eq!(age.unit.as_deref(), Some("Year"));
    assert_eq!(population.criterion_ids.len(), 31);
}

#[test]
fn exploratory_endpoints_and_observational_designs_are_told() {
    let test = "exploratory_endpoints_and_observational_designs_are_told";
    let Some(diabetes) = definition(test, DIABETES) else {
        return;
    };
    let design = &diabetes.study.versions[0].designs[0];
    let levels: Vec<_> = design.endpoints().map(|one| one.level).collect();
    use Level::{Exploratory, Primary, Secondary};
    assert_eq!(
        levels,
        [
            Primary,
            Secondary,
            Secondary,
            Secondary,
            Exploratory,
            Exploratory
        ]
    );
    let observational = definition(test, OBSERVATIONAL).expect("published as the other");
    let version = &observational.study.versions[0];
    assert_eq!(version.designs[0].kind, DesignKind::Observational);
    assert_eq!(version.amendments.len(), 4);
    assert_eq!(version.designs[0].estimands.len(), 2);
}
