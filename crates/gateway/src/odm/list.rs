//! `GET /odm`: the studies that the caller reaches.

use serde_json::json;

use super::study::reach;
use crate::door::{Answer, Call, Problem};

/// Their identifiers, with the sites where it is not all of them.
pub(crate) async fn get(call: Call) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    let studies = call.service.config.trials.iter().filter_map(|trials| {
        let sites = reach(trials, call.caller())?;
        let study = format!("{:#x}", trials.study);
        Some(match sites {
            None => json!({ "study": study }),
            Some(sites) => json!({ "study": study, "sites": sites }),
        })
    });
    let told = json!({ "studies": studies.collect::<Vec<_>>() });
    Ok(Answer::new(content_type, told.to_string()))
}
