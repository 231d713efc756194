//! `/queries/{queryName}/subscriptions` and WebSockets on `/queries/{queryName}/events`.

use super::{discover as options, queries, search::Search};
use crate::{
    clock,
    door::{Answer, Call, Place, Problem, ProblemKind, empty, location, pairs},
    partners::Right,
    repository::{Form, Subscription},
    subscriptions::{Controls, Socket, When},
};
use axum::http::StatusCode;
use serde_json::{Value, json};

/// Subscribes by webhook.
pub(crate) async fn post(mut call: Call) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    let most = call.service.config.limits.query_bytes;
    let (form, body) = call.read_body(most).await?;
    if form != Form::Json {
        let detail = "subscriptions are read in JSON";
        return Err(ProblemKind::UnsupportedMediaType.because(detail));
    }
    let query = queries::find(&call).await?;
    let (controls, _, token) = Controls::read(&body, &call.service.config.webhooks)?;
    let last = call.service.repository.snapshot().await?;
    let subscription = new(&call, (&query.name, controls, last), (&body, token));
    let most = call.service.config.limits.subscriptions;
    let repository = &call.service.repository;
    if !repository.add_subscription(&subscription, most).await? {
        let detail = format!("the query has {most} subscriptions, or is gone");
        return Err(ProblemKind::SubscriptionControls.because(detail));
    }
    call.service.subscribed.notify_one();
    let segments = ["queries", &query.name, "subscriptions", &subscription.id];
    let place = format!("{}{}", call.service.public_url, location(&segments));
    Ok(Answer::new(content_type, told(&subscription).to_string())
        .status(StatusCode::CREATED)
        .with("location", &place))
}

fn new(
    call: &Call,
    (query, controls, last): (&str, Controls, i64),
    (body, token): (&[u8], Option<String>),
) -> Subscription {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let now = clock::now();
    let (schedule, due) = match &controls.when {
        When::Stream => (None, None),
        When::Scheduled(schedule, fields) => {
            let text = Value::from(fields.clone()).to_string();
            (Some(text), schedule.next(now))
        }
    };
    Subscription {
        id: hex::encode(rand::random::<[u8; 16]>()),
        query: query.to_owned(),
        partner: call.caller().name().to_owned(),
        dest: body["dest"].as_str().unwrap_or("").to_owned(),
        token,
        schedule,
        report_if_empty: controls.report_if_empty,
        initial: controls.initial,
        format: call.wants.identifiers.name().to_owned(),
        created: now,
        minimum: controls.initial.map_or(last, |initial| initial - 1),
        behind: i64::MAX,
        notified: None,
        due,
        attempts: 0,
    }
}

/// A subscription as it is told; what it is signed with is not.
fn told(subscription: &Subscription) -> Value {
    let mut told = json!({
        "subscriptionID": subscription.id,
        "queryName": subscription.query,
        "dest": subscription.dest,
        "createdAt": clock::text(subscription.created),
        "minRecordTime": clock::text(subscription.minimum),
        "epcFormat": subscription.format,
    });
    match &subscription.schedule {
        None => told["stream"] = json!(true),
        Some(text) => {
            told["reportIfEmpty"] = json!(subscription.report_if_empty);
            told["schedule"] = serde_json::from_str(text).unwrap_or_default();
        }
    }
    if let Some(initial) = subscription.initial {
        told["initialRecordTime"] = json!(clock::text(initial));
    }
    if let Some(notified) = subscription.notified {
        told["lastNotifiedAt"] = json!(clock::text(notified));
    }
    told
}

/// Subscriptions of a query: the caller's, or all for who administers.
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    let page = call.bare_page()?;
    let query = queries::find(&call).await?;
    let after = match page.resumed {
        Some(Place::Behind(id)) => id,
        Some(Place::Events(_)) | None => String::new(),
    };
    let caller = call.caller();
    let partner = (!caller.may(Right::Administer)).then(|| caller.name());
    let repository = &call.service.repository;
    let wanted = (after.as_str(), page.size + 1);
    let found = repository.subscriptions((&query.name, partner), wanted);
    let mut found = found.await?;
    let more = found.len() > page.size;
    found.truncate(page.size);
    let last = found.last().map(|subscription| subscription.id.clone());
    let told: Vec<_> = found.iter().map(told).collect();
    let answer = Answer::new(content_type, Value::from(told).to_string());
    Ok(call.link(answer, last.filter(|_| more).map(Place::Behind)))
}

/// One subscription.
pub(crate) async fn show(call: Call) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    let subscription = find(&call).await?;
    Ok(Answer::new(content_type, told(&subscription).to_string()))
}

/// Ends a subscription.
pub(crate) async fn delete(call: Call) -> Result<Answer, Problem> {
    let subscription = find(&call).await?;
    let repository = &call.service.repository;
    if !repository.remove_subscription(&subscription.id).await? {
        return Err(ProblemKind::NotFound.into());
    }
    call.service.subscribed.notify_one();
    Ok(empty())
}

/// What may be done with the subscriptions of a query.
pub(crate) async fn discover_all(call: Call) -> Result<Answer, Problem> {
    queries::find(&call).await?;
    options::readable(call).await
}

/// What may be done with a subscription.
pub(crate) async fn discover(call: Call) -> Result<Answer, Problem> {
    let subscription = find(&call).await?;
    let minimum = clock::text(subscription.minimum);
    let answer = options::readable(call).await?;
    Ok(answer.with("gs1-query-min-record-time", &minimum))
}

async fn find(call: &Call) -> Result<Subscription, Problem> {
    let (query, id) = (
        call.parameter("queryName"),
        call.parameter("subscriptionID"),
    );
    let found = call.service.repository.subscription(query, id).await?;
    let caller = call.caller();
    let seen = |subscription: &Subscription| {
        subscription.partner == caller.name() || caller.may(Right::Administer)
    };
    found
        .filter(seen)
        .ok_or_else(|| ProblemKind::NotFound.into())
}

/// Subscribes by WebSocket.
pub(crate) async fn socket(mut call: Call) -> Result<Answer, Problem> {
    let query = queries::find(&call).await?;
    let controls = Controls::of_url(pairs(call.query()))?;
    let upgrade = call.upgrade.get_mut().take();
    let upgrade = upgrade.ok_or(ProblemKind::SubscriptionControls)?;
    let service = call.service.clone();
    let caller = call.caller().clone();
    let most = service.config.limits.subscriptions;
    let place = service.sockets.take(&query.name, caller.name(), most);
    let place = place.ok_or_else(|| {
        ProblemKind::SubscriptionControls.because(format!("more than {most} WebSockets"))
    })?;
    let last = service.repository.snapshot().await?;
    let from = controls.initial.map_or(last, |initial| initial - 1);
    let socket = Socket {
        search: Search::of_named(&query)?,
        query: query.name,
        identifiers: call.wants.identifiers,
        service,
        place,
        caller,
        controls,
        from,
    };
    let upgrade = upgrade.max_message_size(4 << 10);
    let response = upgrade.on_upgrade(move |stream| socket.run(stream));
    Ok(Answer(response).with("gs1-query-min-record-time", &clock::text(from)))
}
