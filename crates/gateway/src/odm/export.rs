//! `GET /odm/{study}`: a study as ODM.

use super::{bounded::Bounded, problem, study};
use crate::{
    clock,
    door::{Answer, Call, Problem, ProblemKind, pairs},
    trials::export::{Edition, Export},
};

/// The study, or what was entered from a number on, of the sites that the caller reaches.
pub(crate) async fn get(call: Call) -> Result<Answer, Problem> {
    let content_type = call.wants.xml()?;
    let (trials, sites) = study::named(&call)?;
    let asked = Export {
        sites,
        created_ms: u64::try_from(clock::now()).unwrap_or_default(),
        ..asked(call.query())?
    };
    let most = call.service.config.limits.odm_bytes;
    let (exported, bytes) = study::with_book(trials, async move |party| {
        study::renew(party).await;
        let mut bytes = Bounded::new(most);
        let exported = party.export(&asked, &mut bytes);
        let exported = exported.map_err(|error| problem::of_export(&error))?;
        Ok((exported, bytes.bytes))
    })
    .await?;
    Ok(Answer::new(content_type, bytes)
        .with("theriac-next-entry", &exported.next.to_string())
        .with("theriac-unreadable", &exported.unreadable.to_string()))
}

/// What the query asks for.
fn asked(query: &str) -> Result<Export, Problem> {
    let mut export = Export::default();
    for (name, value) in pairs(query) {
        let refused = |expected: &str| {
            let detail = format!("{name}: expected {expected}");
            ProblemKind::RequestInvalid.because(detail)
        };
        let number = |text: &str| {
            let number: Option<u64> = text.parse().ok();
            number.ok_or_else(|| refused("the number of an entry"))
        };
        match name.as_str() {
            "version" => {
                let edition = Edition::named(&value);
                export.edition = edition.ok_or_else(|| refused("2.0 or 1.3.2"))?;
            }
            "from" => export.from = number(&value)?,
            "until" => export.until = Some(number(&value)?),
            _ => {
                let detail = "there are the parameters version, from and until";
                return Err(ProblemKind::RequestInvalid.because(detail));
            }
        }
    }
    Ok(export)
}
