//! `POST /odm/{study}/datasets`: clinical data as Dataset-JSON, taken whole or not at all.

use super::form;
use crate::{
    door::{Answer, Call, Problem, ProblemKind, accepted_type, pairs},
    odm::{problem, report, study},
    trials::source::{DatasetMapping, NameFrom, Terms, read_dataset, read_reason},
};
use theriac_standards::dataset::Limits;

/// Captures and corrects what the rows tell, and answers with what became of it.
pub(crate) async fn post(mut call: Call) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    let (trials, sites) = study::named(&call)?;
    let asked = Asked::read(call.query())?;
    let mapping = asked.mapping()?;
    accepted_type(&call.headers, &form::READ)?;
    let most = call.service.config.limits.odm_bytes;
    let bytes = call.read_bytes(most).await?;
    let limits = Limits {
        inflated_bytes: most as u64,
        ..Limits::default()
    };
    let taken = study::with_book(trials, async move |party| {
        let source = read_dataset(bytes.as_slice(), &mapping, limits);
        let source = source.map_err(|fault| problem::of_source(&fault))?;
        // Subjects of other sites are unknown to the caller.
        let terms = Terms {
            sites,
            reason: asked.reason,
        };
        let taken = party.take_source(source, &terms).await;
        taken.map_err(|error| problem::of(&error))
    })
    .await?;
    Ok(report::answer(content_type, &taken))
}

/// What the query says of the columns.
#[derive(Default)]
struct Asked {
    subject: Option<String>,
    visit: Option<NameFrom>,
    form: Option<NameFrom>,
    observed: Option<String>,
    items: Vec<String>,
    reason: Option<(u8, String)>,
}

impl Asked {
    /// # Errors
    /// A parameter that there is not, or one that stands there twice.
    fn read(query: &str) -> Result<Self, Problem> {
        let mut asked = Self::default();
        for (name, value) in pairs(query) {
            let is_fresh = match name.as_str() {
                "subject" => asked.subject.replace(value).is_none(),
                "visit" => asked.visit.replace(NameFrom::Name(value)).is_none(),
                "visitColumn" => asked.visit.replace(NameFrom::Column(value)).is_none(),
                "form" => asked.form.replace(NameFrom::Name(value)).is_none(),
                "formColumn" => asked.form.replace(NameFrom::Column(value)).is_none(),
                "observed" => asked.observed.replace(value).is_none(),
                "item" => {
                    asked.items.push(value);
                    true
                }
                "reason" => {
                    let reason = read_reason(&value);
                    let reason = reason.ok_or_else(|| invalid("reason: expected a reason"))?;
                    asked.reason.replace(reason).is_none()
                }
                _ => return Err(invalid(PARAMETERS)),
            };
            if !is_fresh {
                return Err(invalid("a parameter other than item stands there twice"));
            }
        }
        Ok(asked)
    }

    /// # Errors
    /// Subject, visit or form is not told.
    fn mapping(&self) -> Result<DatasetMapping, Problem> {
        let missing = || invalid(PARAMETERS);
        Ok(DatasetMapping {
            subject: self.subject.clone().ok_or_else(missing)?,
            visit: self.visit.clone().ok_or_else(missing)?,
            form: self.form.clone().ok_or_else(missing)?,
            observed: self.observed.clone(),
            items: self.items.clone(),
        })
    }
}

const PARAMETERS: &str = "expected subject, visit or visitColumn, form or formColumn, and where they are given observed, item and reason";

fn invalid(detail: &str) -> Problem {
    ProblemKind::RequestInvalid.because(detail)
}
