//! Records of ClinicalTrials.gov in the JSON of its API, version 2.

use super::{
    Limits, Outcome, OutcomeLevel, OutcomesError, RegistryRecord, When,
    structure::given_aggregation,
};
use crate::{dataset::Json, epcis::json::parse};

/// Reads a record.
///
/// # Errors
/// The text is no JSON, passes a limit, or is no record of the API, version 2.
pub fn read_registry_json(bytes: &[u8], limits: &Limits) -> Result<RegistryRecord, OutcomesError> {
    let record = parse(bytes, &limits.of_text())?;
    let section = Place::root(&record).required("protocolSection")?;
    let identification = section.required("identificationModule")?;
    let status = section.required("statusModule")?;
    let mut outcomes = Vec::new();
    if let Some(module) = section.member("outcomesModule") {
        for (name, level) in [
            ("primaryOutcomes", OutcomeLevel::Primary),
            ("secondaryOutcomes", OutcomeLevel::Secondary),
            ("otherOutcomes", OutcomeLevel::Other),
        ] {
            for place in module.items(name)? {
                outcomes.push(registered(level, &place)?);
            }
        }
    }
    let measures = Place::root(&record)
        .member("resultsSection")
        .and_then(|results| results.member("outcomeMeasuresModule"));
    let mut reported = Vec::new();
    if let Some(measures) = measures {
        for place in measures.items("outcomeMeasures")? {
            reported.push(with_results(&place)?);
        }
    }
    if outcomes.len() > limits.outcomes || reported.len() > limits.outcomes {
        return Err(OutcomesError::TooMany(limits.outcomes));
    }
    let date = |name: &str| status.text(name).and_then(When::parse);
    let start = status.member("startDateStruct");
    let title = identification.text("officialTitle");
    let title = title.or_else(|| identification.text("briefTitle"));
    Ok(RegistryRecord {
        id: identification.required_text("nctId")?.to_owned(),
        title: title.unwrap_or_default().to_owned(),
        registered: date("studyFirstSubmitDate"),
        start: start.and_then(|start| start.text("date").and_then(When::parse)),
        version: date("lastUpdateSubmitDate"),
        outcomes,
        reported,
        reported_at: date("resultsFirstSubmitDate"),
    })
}

fn registered(level: OutcomeLevel, place: &Place<'_>) -> Result<Outcome, OutcomesError> {
    let title = place.required_text("measure")?;
    let (description, frame) = (place.text("description"), place.text("timeFrame"));
    Ok(Outcome::new(level, title, description, frame))
}

fn with_results(place: &Place<'_>) -> Result<Outcome, OutcomesError> {
    let level = OutcomeLevel::parse(place.required_text("type")?);
    let level = level.ok_or_else(|| place.expected("type", "a level"))?;
    let title = place.required_text("title")?;
    let outcome = Outcome::new(
        level,
        title,
        place.text("description"),
        place.text("timeFrame"),
    );
    let aggregation = place.text("paramType").and_then(given_aggregation);
    Ok(Outcome {
        aggregation: aggregation.or(outcome.aggregation),
        population: place.text("populationDescription").map(str::to_owned),
        ..outcome
    })
}

/// A value and where it stands.
struct Place<'a> {
    value: &'a Json,
    pointer: String,
}

impl<'a> Place<'a> {
    fn root(value: &'a Json) -> Self {
        Self {
            value,
            pointer: String::new(),
        }
    }

    fn member(&self, name: &str) -> Option<Place<'a>> {
        let value = self.value.get(name)?;
        let pointer = format!("{}/{name}", self.pointer);
        Some(Place { value, pointer })
    }

    fn expected(&self, name: &str, expected: &'static str) -> OutcomesError {
        OutcomesError::Expected {
            place: format!("{}/{name}", self.pointer),
            expected,
        }
    }

    fn required(&self, name: &str) -> Result<Place<'a>, OutcomesError> {
        let member = self.member(name);
        let member = member.filter(|member| matches!(member.value, Json::Object(_)));
        member.ok_or_else(|| self.expected(name, "an object"))
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        let text = self.value.get(name).and_then(Json::as_str);
        text.filter(|text| !text.trim().is_empty())
    }

    fn required_text(&self, name: &str) -> Result<&'a str, OutcomesError> {
        self.text(name).ok_or_else(|| self.expected(name, "a text"))
    }

    fn items(&self, name: &str) -> Result<Vec<Place<'a>>, OutcomesError> {
        let Some(list) = self.member(name) else {
            return Ok(Vec::new());
        };
        let Json::List(items) = list.value else {
            return Err(self.expected(name, "an array"));
        };
        let items = items.iter().enumerate().map(|(at, value)| Place {
            value,
            pointer: format!("{}/{at}", list.pointer),
        });
        Ok(items.collect())
    }
}
