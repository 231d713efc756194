//! A definition from USDM: visits and forms of its schedule, outcomes of its endpoints.

use theriac_standards::{
    outcomes::{Outcome, OutcomeLevel, outcomes_of},
    usdm::{Limits, read},
};

use super::{
    Refusal,
    definition::{Definition, Level, OutcomeText, Visit},
};

impl Definition {
    /// A definition of the first design of the newest version in a USDM 4 document. Approvers and retention are to be given besides.
    ///
    /// What is merely named, such as an endpoint that is yet to be written, is refused when the study is registered.
    ///
    /// # Errors
    /// `DefinitionFaulty`.
    pub fn of_usdm(bytes: &[u8]) -> Result<Self, Refusal> {
        let faulty = |error: String| Refusal::DefinitionFaulty(error);
        let told = read(bytes, &Limits::default()).map_err(|error| faulty(error.to_string()))?;
        let version = told.study.versions.len() - 1;
        let newest = &told.study.versions[version];
        let none = || faulty("the newest version has no design".to_owned());
        let design = newest.designs.first().ok_or_else(none)?;
        let matrix = told.matrices[version].first().ok_or_else(none)?;
        let mut visits: Vec<Visit> = Vec::new();
        for cell in matrix.owed() {
            let name = cell.visit.as_ref().unwrap_or(&cell.instance);
            let visit = match visits.iter().position(|visit| visit.name == *name) {
                Some(place) => &mut visits[place],
                None => {
                    visits.push(Visit {
                        name: name.clone(),
                        forms: Vec::new(),
                    });
                    visits.last_mut().expect("it was pushed")
                }
            };
            if !visit.forms.contains(&cell.activity) {
                visit.forms.push(cell.activity.clone());
            }
        }
        let outcomes = outcomes_of(design).iter().map(text).collect();
        let protocol = format!("{}, version {}", told.study.name, newest.version);
        Ok(Self::new(&told.study.name, &protocol, visits, outcomes))
    }
}

fn text(outcome: &Outcome) -> OutcomeText {
    let level = match outcome.level {
        OutcomeLevel::Primary => Level::Primary,
        OutcomeLevel::Secondary => Level::Secondary,
        OutcomeLevel::Other => Level::Other,
    };
    let or_title = |text: &Option<String>| text.clone().unwrap_or_else(|| outcome.title.clone());
    OutcomeText {
        level,
        id: or_title(&outcome.id),
        domain: or_title(&outcome.domain),
        measurement: or_title(&outcome.measurement),
        metric: outcome.metric.clone(),
        aggregation: outcome.aggregation.clone(),
        time_point: outcome.time_frame.clone().unwrap_or_default(),
        population: outcome.population.clone(),
    }
}
