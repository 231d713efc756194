//! `/queries`: named queries and their answers.

use super::{
    discover as options,
    document::SIMPLE,
    events,
    search::{Search, refusal},
};
use crate::{
    clock,
    door::{Answer, Call, Place, Problem, ProblemKind, empty, location},
    partners::Right,
    repository::{Form, NamedQuery},
};
use axum::http::StatusCode;
use serde_json::{Value, json};
use theriac_standards::epcis::query::Query;

/// The longest name, in bytes.
const NAME: usize = 200;

/// Keeps a query under a name.
pub(crate) async fn post(mut call: Call) -> Result<Answer, Problem> {
    let limits = &call.service.config.limits;
    let (most, queries) = (limits.query_bytes, limits.queries);
    let (form, body) = call.read_body(most).await?;
    if form != Form::Json {
        let detail = "queries are read in JSON";
        return Err(ProblemKind::UnsupportedMediaType.because(detail));
    }
    let query = read(&body, call.caller().name())?;
    let repository = &call.service.repository;
    if repository.count_queries().await? >= queries {
        return Err(ProblemKind::Busy.because(format!("more than {queries} queries")));
    }
    if query.name == SIMPLE || !repository.add_query(&query, clock::now()).await? {
        return Err(ProblemKind::AlreadyExists.into());
    }
    let url = &call.service.public_url;
    let place = format!("{url}{}", location(&["queries", &query.name]));
    Ok(Answer::new("application/json", told(&query).to_string())
        .status(StatusCode::CREATED)
        .with("location", &place))
}

fn read(body: &[u8], partner: &str) -> Result<NamedQuery, Problem> {
    let refuse = |detail: &str| ProblemKind::QueryValidation.because(detail);
    let query = Query::from_json(body).map_err(|error| refusal(&error))?;
    if query.next_page_token.is_some() {
        return Err(refuse("nextPageToken belongs to a request, not to a query"));
    }
    // The parser above refuses members that stand twice and text that is no JSON.
    let value: Value = serde_json::from_slice(body).map_err(|_| refuse("expected JSON"))?;
    let name = value["name"].as_str().unwrap_or("");
    let stands = !name.is_empty() && name.len() <= NAME && !name.contains(char::is_control);
    if !stands || matches!(name, "." | "..") {
        return Err(refuse("name: expected a text of 1 to 200 bytes"));
    }
    if !value["query"].is_object() {
        return Err(refuse("query: expected an object of parameters"));
    }
    let context = value.get("@context");
    if context.is_some_and(|context| !is_context(context)) {
        return Err(refuse("@context: expected a text, an object or a list"));
    }
    let text = std::str::from_utf8(body).map_err(|_| refuse("expected UTF-8"))?;
    Ok(NamedQuery {
        name: name.to_owned(),
        partner: partner.to_owned(),
        definition: text.to_owned(),
    })
}

fn is_context(value: &Value) -> bool {
    value.is_string() || value.is_object() || value.is_array()
}

fn told(query: &NamedQuery) -> Value {
    let value: Value = serde_json::from_str(&query.definition).unwrap_or_default();
    let mut told = json!({ "name": query.name, "query": value["query"] });
    if let Some(context) = value.get("@context") {
        told["@context"] = context.clone();
    }
    told
}

/// All named queries.
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    let page = call.bare_page()?;
    let after = match page.resumed {
        Some(Place::Behind(name)) => name,
        Some(Place::Events(_)) | None => String::new(),
    };
    let repository = &call.service.repository;
    let mut queries = repository.queries((&after, page.size + 1)).await?;
    let more = queries.len() > page.size;
    queries.truncate(page.size);
    let last = queries.last().map(|query| query.name.clone());
    let told: Vec<_> = queries.iter().map(told).collect();
    let answer = Answer::new(content_type, Value::from(told).to_string());
    Ok(call.link(answer, last.filter(|_| more).map(Place::Behind)))
}

/// One query.
pub(crate) async fn show(call: Call) -> Result<Answer, Problem> {
    let content_type = call.wants.json()?;
    let query = find(&call).await?;
    Ok(Answer::new(content_type, told(&query).to_string()))
}

/// Forgets a query and ends its subscriptions.
pub(crate) async fn delete(call: Call) -> Result<Answer, Problem> {
    let query = find(&call).await?;
    let caller = call.caller();
    if query.partner != caller.name() && !caller.may(Right::Administer) {
        let detail = "another partner's query; needs the right: administer";
        return Err(ProblemKind::Forbidden.because(detail));
    }
    if !call.service.repository.remove_query(&query.name).await? {
        return Err(ProblemKind::NotFound.into());
    }
    call.service.sockets.end(&query.name);
    Ok(empty())
}

/// What may be done with a query.
pub(crate) async fn discover(call: Call) -> Result<Answer, Problem> {
    find(&call).await?;
    options::readable(call).await
}

/// What may be done with a query's answer.
pub(crate) async fn discover_events(call: Call) -> Result<Answer, Problem> {
    discover(call).await
}

/// The answer to a query.
pub(crate) async fn events(call: Call) -> Result<Answer, Problem> {
    call.wants.either()?;
    call.bare_page()?;
    let query = find(&call).await?;
    let search = Search::of_named(&query)?;
    events::answer(&call, (&search, &query.name)).await
}

/// The query that the path names.
pub(super) async fn find(call: &Call) -> Result<NamedQuery, Problem> {
    let found = call.service.repository.query(call.parameter("queryName"));
    found.await?.ok_or_else(|| ProblemKind::NotFound.into())
}
