//! `GET /odm/{study}/datasets/{dataset}`: a dataset of an analysis as Dataset-JSON.

use theriac_evidence::trial::bundle::Dataset;
use theriac_standards::dataset::{Form, Limits, Reader, Writer};

use super::{form, sight::Sight};
use crate::{
    door::{Answer, Call, Problem, ProblemKind, preferred},
    odm::{bounded::Bounded, problem, study},
};

/// The dataset, in the form that the client prefers; as lines it has the bytes of which the ledger has the hash.
pub(crate) async fn get(call: Call) -> Result<Answer, Problem> {
    let content_type = preferred(&call.headers, &form::SERVED)?;
    let (trials, sites) = study::named(&call)?;
    let sight = Sight::of(&trials, sites.as_ref(), call.caller());
    let name = call.parameter("dataset").to_owned();
    let most = call.service.config.limits.odm_bytes;
    let dataset = study::with_book(trials, async move |party| {
        study::renew(party).await;
        let found = match sight.sees(party)? {
            true => party.dataset(&name).map_err(|error| problem::of(&error))?,
            false => None,
        };
        found.ok_or_else(|| Problem::from(ProblemKind::DatasetUnknown))
    })
    .await?;
    let written = tokio::task::spawn_blocking(move || write(dataset, form::of(content_type), most));
    let bytes = written.await.map_err(|error| {
        tracing::error!(%error, "a dataset was not written");
        ProblemKind::Internal
    })??;
    Ok(Answer::new(content_type, bytes))
}

fn write(dataset: Dataset, form: Form, most: usize) -> Result<Vec<u8>, Problem> {
    let too_large = || {
        let detail = "the dataset is too large; application/zlib is the smallest form";
        ProblemKind::OdmTooLarge.because(detail)
    };
    if form == Form::NdJson {
        return match dataset.rows.len() <= most {
            true => Ok(dataset.rows),
            false => Err(too_large()),
        };
    }
    let unreadable = |error: theriac_standards::dataset::DatasetError| {
        tracing::error!(row = error.row, "a dataset of the book cannot be read");
        Problem::from(ProblemKind::Internal)
    };
    let mut reader =
        Reader::open(dataset.rows.as_slice(), Limits::default()).map_err(unreadable)?;
    let header = reader.header().clone();
    let mut writer = Writer::open(Bounded::new(most), header, form).map_err(|_| too_large())?;
    while let Some(row) = reader.next_row().map_err(unreadable)? {
        writer.row(&row).map_err(|_| too_large())?;
    }
    let (bounded, _) = writer.finish().map_err(|_| too_large())?;
    Ok(bounded.bytes)
}
