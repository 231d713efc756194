//! `GET /odm/{study}/datasets`: the datasets that the caller sees.

use serde_json::json;

use super::sight::Sight;
use crate::{
    door::{Answer, Call, Problem},
    odm::{problem, study},
};

/// Their names, and the hashes that the manifests of their analyses have.
pub(crate) async fn get(call: Call) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    let (trials, sites) = study::named(&call)?;
    let sight = Sight::of(&trials, sites.as_ref(), call.caller());
    let entries = study::with_book(trials, async move |party| {
        study::renew(party).await;
        match sight.sees(party)? {
            true => party.dataset_entries().map_err(|error| problem::of(&error)),
            false => Ok(Vec::new()),
        }
    })
    .await?;
    let told = entries.iter().map(
        |entry| json!({ "name": entry.name, "dataset": entry.dataset, "lineage": entry.lineage }),
    );
    let told = json!({ "datasets": told.collect::<Vec<_>>() });
    Ok(Answer::new(content_type, told.to_string()))
}
