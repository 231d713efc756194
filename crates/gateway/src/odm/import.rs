//! `POST /odm/{study}`: clinical data as ODM, taken whole or not at all.

use super::{problem, report, study};
use crate::{
    door::{Answer, Call, Problem, ProblemKind},
    repository::Form,
    trials::source::{Terms, read_odm},
};
use theriac_standards::odm::Limits;

/// Captures and corrects what the body tells, and answers with what became of it.
pub(crate) async fn post(mut call: Call) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    let (trials, sites) = study::named(&call)?;
    let (form, bytes) = call.read_body(call.service.config.limits.odm_bytes).await?;
    if form != Form::Xml {
        let detail = "ODM is read in XML";
        return Err(ProblemKind::UnsupportedMediaType.because(detail));
    }
    let taken = study::with_book(trials, async move |party| {
        let source = read_odm(bytes.as_slice(), Limits::default());
        let source = source.map_err(|fault| problem::of_source(&fault))?;
        // Subjects of other sites are unknown to the caller.
        let terms = Terms {
            sites,
            ..Terms::default()
        };
        let taken = party.take_source(source, &terms).await;
        taken.map_err(|error| problem::of(&error))
    })
    .await?;
    Ok(report::answer(content_type, &taken))
}
