//! `POST /capture`: takes a document in.

use crate::{
    capture::{Intake, Receipt, SpoolError, examine},
    clock,
    door::{Answer, Call, Problem, ProblemKind, accepted_form, empty, location},
    repository::{Behaviour, Form, NewCapture},
};
use axum::http::StatusCode;

/// Receives a document, keeps it on disk, and answers before it is stored.
pub(crate) async fn post(mut call: Call) -> Result<Answer, Problem> {
    let form = accepted_form(&call.headers)?;
    let behaviour = behaviour(&call)?;
    let service = call.service.clone();
    let Ok(_place) = service.receiving.try_acquire() else {
        return Err(ProblemKind::Busy.into());
    };
    let waiting = service.repository.unfinished_captures().await?;
    if waiting >= service.config.limits.waiting_captures {
        return Err(ProblemKind::Busy.into());
    }
    let id = hex::encode(rand::random::<[u8; 16]>());
    receive(&mut call, &id).await?;
    let acknowledged = acknowledge(&call, &id, (form, behaviour)).await;
    if acknowledged.is_err() {
        service.spool.remove(&id).await;
    }
    acknowledged?;
    service.captured.notify_one();
    let place = format!("{}{}", service.public_url, location(&["capture", &id]));
    Ok(empty()
        .status(StatusCode::ACCEPTED)
        .with("location", &place))
}

fn behaviour(call: &Call) -> Result<Behaviour, Problem> {
    let Some(value) = call.headers.get("gs1-capture-error-behaviour") else {
        return Ok(Behaviour::default());
    };
    let named = value.to_str().ok().and_then(Behaviour::named);
    let detail = "GS1-Capture-Error-Behaviour: expected rollback or proceed";
    named.ok_or_else(|| ProblemKind::Validation.because(detail))
}

async fn receive(call: &mut Call, id: &str) -> Result<(), Problem> {
    let limits = &call.service.config.limits;
    let receipt = Receipt {
        bytes: limits.document_bytes,
        time: limits.request_time,
    };
    let body = std::mem::take(call.body.get_mut());
    let received = call.service.spool.receive(id, body, receipt).await;
    match received {
        Ok(_) => Ok(()),
        Err(error @ SpoolError::TooLarge(_)) => Err(ProblemKind::CaptureLimit.because(error)),
        Err(SpoolError::TimedOut) => Err(ProblemKind::TimedOut.into()),
        Err(error @ SpoolError::BrokenOff) => Err(ProblemKind::Validation.because(error)),
        Err(SpoolError::Disk(error)) => {
            tracing::error!(%error, "a document could not be spooled");
            Err(ProblemKind::Internal.into())
        }
    }
}

async fn acknowledge(
    call: &Call,
    id: &str,
    (form, behaviour): (Form, Behaviour),
) -> Result<(), Problem> {
    let (spool, name) = (call.service.spool.clone(), id.to_owned());
    let limits = call.service.config.limits.reading();
    let examined = tokio::task::spawn_blocking(move || {
        examine(&Intake {
            spool: &spool,
            id: &name,
            form,
            limits,
        })
    });
    examined.await.map_err(|_| ProblemKind::Internal)??;
    let new = NewCapture {
        id,
        partner: call.caller().name(),
        behaviour,
        form,
        now: clock::now(),
    };
    call.service.repository.begin_capture(new).await?;
    Ok(())
}
