//! Protocol and data of the trial: of CDISC's pilot where they are given, else of a sample that was made up for the demo.

use super::table::Table;
use anyhow::{Context as _, ensure};
use std::{collections::BTreeSet, fs, path::Path};
use theriac_evidence::trial::ItemKind;
use theriac_gateway::trials::{
    definition::{Definition, Level, OutcomeText, Visit},
    source::{Mapped, Value, read_table},
};
use theriac_standards::dataset::Row;

/// 24 people who do not exist.
const MADE_UP: &str = include_str!("../../../../../samples/trial.csv");
/// Two sites of the pilot.
const PILOT_SITES: [&str; 2] = ["701", "710"];
/// Participants of each site.
pub(super) const EACH: usize = 12;
/// What is captured at the first visit: form and variable of ADSL.
const BASELINE: [(&str, &str); 5] = [
    ("DM", "AGE"),
    ("DM", "SEX"),
    ("DM", "RACE"),
    ("VS", "HEIGHTBL"),
    ("VS", "WEIGHTBL"),
];
/// The total of ADAS-Cog (11).
pub(super) const SCORE: &str = "ACTOT";
/// The visits at which it is taken.
pub(super) const VISITS: [&str; 3] = ["BASELINE", "WEEK 8", "WEEK 24"];

/// What is tried and what came of it.
pub(super) struct Sample {
    /// Whose data they are.
    pub(super) source: &'static str,
    pub(super) definition: Definition,
    /// In the order of sites and participants.
    pub(super) values: Vec<Value>,
}

impl Sample {
    /// The sample, from the folder of CDISC's files if it is given.
    pub(super) fn read(pilot: Option<&Path>) -> anyhow::Result<Self> {
        let sample = match pilot {
            Some(folder) => of_pilot(folder)?,
            None => made_up()?,
        };
        ensure!(sample.sites().len() == 2, "the sample is not of two sites");
        Ok(sample)
    }

    /// What the sites are called, in order.
    pub(super) fn sites(&self) -> Vec<String> {
        let mut sites: Vec<String> = Vec::new();
        for value in &self.values {
            let site = site_of(&value.subject);
            if !sites.iter().any(|known| known == site) {
                sites.push(site.to_owned());
            }
        }
        sites
    }

    /// The values of a site.
    pub(super) fn of_site(&self, site: &str) -> Vec<Value> {
        let values = self.values.iter();
        let of_site = values.filter(|value| site_of(&value.subject) == site);
        of_site.cloned().collect()
    }

    /// The participants of a site, in order.
    pub(super) fn labels(&self, site: &str) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        for value in self.of_site(site) {
            if labels.last() != Some(&value.subject) && !labels.contains(&value.subject) {
                labels.push(value.subject);
            }
        }
        labels
    }
}

/// A label is study, site and number, with hyphens between.
fn site_of(label: &str) -> &str {
    label.split('-').nth(1).unwrap_or_default()
}

fn of_pilot(folder: &Path) -> anyhow::Result<Sample> {
    let protocol = folder.join("usdm/CDISC_Pilot/CDISC_Pilot_Study.json");
    let bytes = fs::read(&protocol).context("read the protocol of CDISC's pilot")?;
    let told = Definition::of_usdm(&bytes)?;
    // The published protocol has endpoints that are yet to be written, and some without a time: those are no outcomes that can be registered.
    let written = told.outcomes.into_iter().filter_map(|outcome| {
        let week = outcome.measurement.find("Week")?;
        let time_point = outcome.measurement[week..].to_owned();
        Some(OutcomeText {
            time_point,
            ..outcome
        })
    });
    let outcomes = written.collect();
    Ok(Sample {
        source: "CDISC's pilot (USDM, ADSL and ADADAS), two of its sites, read in place",
        definition: definition(&told.title, &told.protocol, outcomes),
        values: pilot_values(&folder.join("dataset-json/adam"))?,
    })
}

fn pilot_values(folder: &Path) -> anyhow::Result<Vec<Value>> {
    let subjects = Table::read(&folder.join("adsl.json"))?;
    let scores = Table::read(&folder.join("adadas.dsjc"))?;
    let mut values = Vec::new();
    for site in PILOT_SITES {
        let of_site = subjects
            .rows()
            .filter(|row| subjects.text(row, "SITEID").as_deref() == Some(site));
        for row in of_site.take(EACH) {
            let label = subjects
                .text(row, "USUBJID")
                .context("a subject has a label")?;
            for (form, item) in BASELINE {
                let text = subjects.text(row, item);
                values.extend(text.map(|text| value((&label, VISITS[0]), (form, item), text)));
            }
            values.extend(scores_of(&scores, &label));
        }
    }
    Ok(values)
}

/// Observed totals of one participant: what was carried forward is no observation.
fn scores_of(scores: &Table, label: &str) -> Vec<Value> {
    let is =
        |row: &Row, column: &str, text: &str| scores.text(row, column).as_deref() == Some(text);
    let mut seen = BTreeSet::new();
    let observed = scores.rows().filter(|row| {
        is(row, "USUBJID", label)
            && is(row, "PARAMCD", SCORE)
            && scores.text(row, "DTYPE").is_none()
    });
    let found = observed.filter_map(|row| {
        let visit = scores.text(row, "AVISIT")?.to_uppercase();
        let visit = VISITS.into_iter().find(|known| **known == visit)?;
        let text = scores.text(row, "AVAL")?;
        seen.insert(visit)
            .then(|| value((label, visit), ("QS", SCORE), text))
    });
    found.collect()
}

fn value((label, visit): (&str, &str), (form, item): (&str, &str), text: String) -> Value {
    Value {
        line: 0,
        subject: label.to_owned(),
        visit: visit.to_owned(),
        form: form.to_owned(),
        item: item.to_owned(),
        kind: ItemKind::Value,
        text,
        observed: None,
    }
}

fn made_up() -> anyhow::Result<Sample> {
    let outcome = |level, id: &str, time_point: &str| OutcomeText {
        level,
        id: id.to_owned(),
        domain: "cognition".to_owned(),
        measurement: "ADAS-Cog (11)".to_owned(),
        metric: Some("change from baseline".to_owned()),
        aggregation: Some("mean".to_owned()),
        time_point: time_point.to_owned(),
        population: Some("all allocated".to_owned()),
    };
    let outcomes = vec![
        outcome(Level::Primary, "O1", "Week 24"),
        outcome(Level::Secondary, "O2", "Week 8"),
    ];
    Ok(Sample {
        source: "made up for this demo (24 people who do not exist), since CDISC's pilot is not given",
        definition: definition("A made-up study", "Protocol, version 1", outcomes),
        values: read_table(MADE_UP.as_bytes(), &Mapped::Long)?,
    })
}

/// The demo's own small schedule: what it captures, of whatever protocol.
fn definition(title: &str, protocol: &str, outcomes: Vec<OutcomeText>) -> Definition {
    let visit = |(place, name): (usize, &str)| Visit {
        name: name.to_owned(),
        forms: match place {
            0 => ["DM", "VS", "QS"].map(str::to_owned).to_vec(),
            _ => vec!["QS".to_owned()],
        },
    };
    let visits = VISITS.into_iter().enumerate().map(visit).collect();
    Definition::new(title, protocol, visits, outcomes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_made_up_sample_has_two_sites_of_twelve_and_is_a_definition_that_can_be_registered() {
        let sample = Sample::read(None).unwrap();
        for site in sample.sites() {
            assert_eq!(sample.labels(&site).len(), EACH);
        }
        assert_eq!(sample.definition.check(), Ok(()));
        assert!(
            sample
                .values
                .iter()
                .all(|value| VISITS.contains(&value.visit.as_str()))
        );
    }

    #[test]
    fn the_pilot_has_two_sites_of_twelve_and_is_a_definition_that_can_be_registered() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/trials");
        if !folder.exists() {
            let is_ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
            assert!(!is_ci, "the pilot is not there");
            println!(
                "SKIPPED the_pilot_has_two_sites_of_twelve_and_is_a_definition_that_can_be_registered: ../shared/data is absent"
            );
            return;
        }
        let sample = Sample::read(Some(&folder)).unwrap();
        for site in sample.sites() {
            assert_eq!(sample.labels(&site).len(), EACH);
        }
        assert_eq!(sample.definition.check(), Ok(()));
        let scores = sample.values.iter().filter(|value| value.item == SCORE);
        assert!(scores.count() > 2 * EACH);
    }
}
