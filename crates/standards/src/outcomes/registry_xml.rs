//! Records of ClinicalTrials.gov in the XML that its API had before version 2.

use super::{
    Limits, Outcome, OutcomeLevel, OutcomesError, RegistryRecord, When,
    structure::given_aggregation,
};
use crate::epcis::xml::{XmlElement, parse};

/// Reads a record. Texts that were wrapped for display are one line here.
///
/// # Errors
/// The text is no XML, passes a limit, or is no record.
pub fn read_registry_xml(bytes: &[u8], limits: &Limits) -> Result<RegistryRecord, OutcomesError> {
    let root = parse(bytes, &limits.of_text())?;
    if &*root.name.local != "clinical_study" {
        return Err(expected("", "clinical_study"));
    }
    let mut outcomes = Vec::new();
    for (name, level) in [
        ("primary_outcome", OutcomeLevel::Primary),
        ("secondary_outcome", OutcomeLevel::Secondary),
        ("other_outcome", OutcomeLevel::Other),
    ] {
        for element in children(&root, name) {
            let title = text(element, "measure");
            let title = title.ok_or_else(|| expected(name, "a measure"))?;
            let (description, frame) = (text(element, "description"), text(element, "time_frame"));
            let outcome = Outcome::new(level, &title, description.as_deref(), frame.as_deref());
            outcomes.push(outcome);
        }
    }
    let reported = reported(&root)?;
    if outcomes.len() > limits.outcomes || reported.len() > limits.outcomes {
        return Err(OutcomesError::TooMany(limits.outcomes));
    }
    let id = child(&root, "id_info").and_then(|info| text(info, "nct_id"));
    let title = text(&root, "official_title").or_else(|| text(&root, "brief_title"));
    let date = |names: [&str; 2]| {
        let mut names = names.into_iter();
        names.find_map(|name| text(&root, name).and_then(|text| When::parse(&text)))
    };
    Ok(RegistryRecord {
        id: id.ok_or_else(|| expected("id_info/nct_id", "a number of the registry"))?,
        title: title.unwrap_or_default(),
        registered: date(["study_first_submitted", "firstreceived_date"]),
        start: text(&root, "start_date").and_then(|text| When::parse(&text)),
        version: date(["last_update_submitted", "lastchanged_date"]),
        outcomes,
        reported,
        reported_at: date(["results_first_submitted", "firstreceived_results_date"]),
    })
}

fn reported(root: &XmlElement) -> Result<Vec<Outcome>, OutcomesError> {
    let list = child(root, "clinical_results").and_then(|results| child(results, "outcome_list"));
    let Some(list) = list else {
        return Ok(Vec::new());
    };
    let outcome = |element: &XmlElement| {
        let place = "clinical_results/outcome_list/outcome";
        let level = text(element, "type").and_then(|word| OutcomeLevel::parse(&word));
        let level = level.ok_or_else(|| expected(place, "a type"))?;
        let title = text(element, "title").ok_or_else(|| expected(place, "a title"))?;
        let (description, frame) = (text(element, "description"), text(element, "time_frame"));
        let outcome = Outcome::new(level, &title, description.as_deref(), frame.as_deref());
        let measure = child(element, "measure");
        let param = measure.and_then(|measure| text(measure, "param"));
        Ok(Outcome {
            aggregation: param
                .and_then(|param| given_aggregation(&param))
                .or(outcome.aggregation),
            population: text(element, "population"),
            ..outcome
        })
    };
    children(list, "outcome").map(outcome).collect()
}

fn expected(place: &str, expected: &'static str) -> OutcomesError {
    OutcomesError::Expected {
        place: format!("/clinical_study/{place}"),
        expected,
    }
}

fn children<'a>(element: &'a XmlElement, name: &str) -> impl Iterator<Item = &'a XmlElement> {
    let children = element.children.iter();
    children.filter(move |child| &*child.name.local == name)
}

fn child<'a>(element: &'a XmlElement, name: &str) -> Option<&'a XmlElement> {
    let mut children = element.children.iter();
    children.find(|child| &*child.name.local == name)
}

fn text(element: &XmlElement, name: &str) -> Option<String> {
    let child = child(element, name)?;
    let words: Vec<&str> = child.text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
