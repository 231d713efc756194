//! `/events`: one event in, and events out.

use super::{
    discover,
    document::{SIMPLE, Title, write, write_event},
    search::{Bounds, Search},
};
use crate::{
    capture::{Documents, Failure},
    clock,
    door::{Answer, AnswerEdition, Call, Place, Problem, ProblemKind, Wants, location, pairs},
    repository::{Behaviour, Entry, Form, NewCapture, Stored},
};
use axum::http::StatusCode;
use theriac_standards::epcis::{
    model::{DocumentKind, Envelope, Event, Prefixes},
    validate::Validator,
};

/// Takes one event in. When this answers, the event is on disk and visible.
pub(crate) async fn post(mut call: Call) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    let most = call.service.config.limits.event_bytes;
    let (form, body) = call.read_body(most).await?;
    let (mut event, envelope) = read(&call, form, &body)?;
    let untold = |error| ProblemKind::Validation.because(error);
    let entry = Entry::new(&mut event, &envelope, form).map_err(untold)?;
    let id = hex::encode(rand::random::<[u8; 16]>());
    let new = NewCapture {
        id: &id,
        partner: call.caller().name(),
        behaviour: Behaviour::Rollback,
        form,
        now: clock::now(),
    };
    let repository = &call.service.repository;
    let Some(recorded) = repository.store_single(new, entry).await? else {
        let detail = "its eventID is in the repository already";
        return Err(ProblemKind::AlreadyExists.because(detail));
    };
    event.record_time = Some(clock::text(recorded));
    let event_id = event.event_id.clone().unwrap_or_default();
    let url = &call.service.public_url;
    let place = format!("{url}{}", location(&["events", &event_id]));
    let stored = Stored::new(event, (envelope, form), recorded);
    let body = write_event(stored, call.wants.identifiers);
    let answer = Answer::new(content_type, body).status(StatusCode::CREATED);
    Ok(answer.with("location", &place))
}

fn read(call: &Call, form: Form, body: &[u8]) -> Result<(Event, Envelope), Problem> {
    let limits = call.service.config.limits.reading();
    let refused = |error| crate::capture::refusal(&error);
    let mut documents = Documents::open(body, form, limits).map_err(refused)?;
    if documents.envelope().kind != DocumentKind::Event {
        let detail = "got a document, expected an event; documents go to /capture";
        return Err(ProblemKind::Validation.because(detail));
    }
    let mut validator = Validator::new(documents.syntax());
    let checked = documents.next(&mut validator).map_err(refused)?;
    let checked = checked.unwrap_or_else(|| Err(Failure::invalid("no event")));
    let event = checked.map_err(|failure| failure.0)?;
    documents.skip().map_err(refused)?;
    if form == Form::Json && event.context.is_none() {
        return Err(ProblemKind::Validation.because("/@context: required and absent"));
    }
    Ok((event, documents.envelope().clone()))
}

/// Events that answer the query of the URL.
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    found(&call, "").await
}

/// Events that answer the query of the URL and `condition`, a parameter as a URL has it.
pub(super) async fn found(call: &Call, condition: &str) -> Result<Answer, Problem> {
    call.wants.either()?;
    let page = call.page()?;
    let text = match &page.resumed {
        Some(Place::Events(continued)) => continued.query.clone(),
        Some(Place::Behind(_)) | None => {
            let own = pairs(call.query());
            // The page is not part of what is asked.
            let asked = call.query().split('&').zip(own.map(|(name, _)| name));
            let asked = asked.filter(|(_, name)| name != "perPage" && name != "nextPageToken");
            let asked = asked.map(|(pair, _)| pair);
            asked.chain([condition]).collect::<Vec<_>>().join("&")
        }
    };
    let search = Search::of_url(&text, &prefixes(call))?;
    answer(call, (&search, SIMPLE)).await
}

/// A page of the answer to a query of this name.
pub(super) async fn answer(
    call: &Call,
    (search, name): (&Search, &str),
) -> Result<Answer, Problem> {
    let page = call.page()?;
    let searched = search
        .page(
            &call.service.repository,
            (call.view().await?, &page),
            Bounds::of(&call.service.config.limits),
        )
        .await?;
    let title = Title {
        query: name,
        subscription: None,
    };
    let written = write(searched.events, title, &call.wants)?;
    Ok(call.link(told(&call.wants, written), searched.next))
}

fn told(wants: &Wants, (content_type, body): (&str, String)) -> Answer {
    let answer = Answer::new(content_type, body);
    match wants.edition {
        AnswerEdition::One => answer.with("gs1-epcis-version", "1.2.0"),
        AnswerEdition::Two => answer,
    }
}

/// The prefixes that `GS1-Extensions` defines: `prefix=namespace`, between commas.
fn prefixes(call: &Call) -> Prefixes {
    let mut prefixes = Prefixes::standard();
    let value = call.headers.get("gs1-extensions");
    let value = value.and_then(|value| value.to_str().ok()).unwrap_or("");
    for (prefix, namespace) in value.split(',').filter_map(|each| each.split_once('=')) {
        prefixes.define(prefix.trim(), namespace.trim());
    }
    prefixes
}

/// One event, with the declarations of its being wrong.
pub(crate) async fn show(call: Call) -> Result<Answer, Problem> {
    call.wants.either()?;
    let events = find(&call).await?;
    let title = Title {
        query: SIMPLE,
        subscription: None,
    };
    let written = write(events, title, &call.wants)?;
    Ok(told(&call.wants, written))
}

/// What may be done with an event.
pub(crate) async fn discover(call: Call) -> Result<Answer, Problem> {
    find(&call).await?;
    discover::readable(call).await
}

async fn find(call: &Call) -> Result<Vec<Stored>, Problem> {
    let view = call.view().await?;
    let id = call.parameter("eventID");
    let events = call.service.repository.event(id, &view).await?;
    match events.is_empty() {
        true => Err(ProblemKind::NotFound.into()),
        false => Ok(events),
    }
}
