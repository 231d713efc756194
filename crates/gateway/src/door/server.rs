//! The port: accepts connections, and takes each request through the door.

use super::{
    Call, Problem, ProblemKind, Service, Wants, access,
    headers::{add_capture_limits, add_versions},
    route::{Policy, Route},
    table::ROUTES,
};
use axum::{
    Router,
    extract::{
        FromRequestParts, RawPathParams, Request, rejection::RawPathParamsRejection,
        ws::WebSocketUpgrade,
    },
    http::{HeaderMap, Method, header},
    response::Response,
    routing::any,
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use parking_lot::Mutex;
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
};

/// Accepts connections until the service is stopped, then lets those that are open end.
pub(crate) async fn serve(listener: TcpListener, service: Arc<Service>) {
    let free = Arc::new(Semaphore::new(service.config.limits.connections));
    let router = router(&service);
    let mut stop = service.stop.clone();
    let mut open = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            () = stop.requested() => break,
            _ = open.join_next(), if !open.is_empty() => continue,
            accepted = listener.accept() => accepted,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Out of file descriptors, most likely: give connections time to close.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        if let Ok(permit) = free.clone().try_acquire_owned() {
            open.spawn(connection(
                (stream, permit),
                router.clone(),
                service.clone(),
            ));
        }
    }
    while open.join_next().await.is_some() {}
}

async fn connection(
    (stream, permit): (TcpStream, OwnedSemaphorePermit),
    router: Router,
    service: Arc<Service>,
) {
    // Answers are small and waited for.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection was gone before it was served");
        return;
    }
    let mut stop = service.stop.clone();
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(service.config.limits.header_time)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .with_upgrades();
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.requested() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
    drop(permit);
}

fn router(service: &Arc<Service>) -> Router {
    let paths: BTreeSet<&str> = ROUTES.iter().map(|route| route.row.path).collect();
    let mut router = Router::new();
    for path in paths {
        let service = service.clone();
        let each = move |found: Result<RawPathParams, _>, request: Request| {
            enter(service.clone(), (path, parameters(found)), request)
        };
        router = router.route(path, any(each));
    }
    let service = service.clone();
    router.fallback(move |request: Request| {
        let service = service.clone();
        async move {
            let wants = Wants::accepting(request.headers());
            let problem = match access::identify(&service, request.headers()) {
                Ok(_) => ProblemKind::NotFound.into(),
                Err(problem) => problem,
            };
            finish(Err(problem), &wants, &service)
        }
    })
}

/// The parameters of a path, decoded; `None` where they are not UTF-8.
fn parameters(found: Result<RawPathParams, RawPathParamsRejection>) -> Option<Parameters> {
    let found = found.ok()?;
    let pairs = found.iter();
    Some(
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
    )
}

type Parameters = Vec<(String, String)>;

/// Serves one request of a path that there is.
async fn enter(
    service: Arc<Service>,
    (path, parameters): (&'static str, Option<Parameters>),
    request: Request,
) -> Response {
    let wants = Wants::accepting(request.headers());
    let answered = answer(&service, (path, parameters), request).await;
    finish(answered, &wants, &service)
}

async fn answer(
    service: &Arc<Service>,
    (path, parameters): (&'static str, Option<Parameters>),
    request: Request,
) -> Result<Response, Problem> {
    let (mut parts, body) = request.into_parts();
    let length = parts
        .uri
        .path_and_query()
        .map_or(0, |uri| uri.as_str().len());
    let most = service.config.limits.uri_bytes;
    if length > most {
        let detail = format!("got {length} bytes, expected {most} at most");
        return Err(ProblemKind::UriTooLong.because(detail));
    }
    let route = match find(path, &parts.method, &parts.headers) {
        Some(route) => route,
        None => {
            access::admit(service, &parts.headers, Policy::Known)?;
            return Err(no_method(path));
        }
    };
    let caller = access::admit(service, &parts.headers, route.row.policy)?;
    // Nothing behind the door sees a token, nor logs one.
    parts.headers.remove(header::AUTHORIZATION);
    let upgrade = match route.row.method {
        "WEBSOCKET" => {
            let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &()).await;
            let refused = |_| ProblemKind::SubscriptionControls.because("no handshake of RFC 6455");
            Some(upgrade.map_err(refused)?)
        }
        _ => None,
    };
    let call = Call {
        service: service.clone(),
        caller,
        pattern: path,
        path: parameters.ok_or(ProblemKind::NotFound)?,
        uri: parts.uri,
        wants: Wants::read(&parts.headers)?,
        headers: parts.headers,
        body: Mutex::new(body),
        upgrade: Mutex::new(upgrade),
    };
    // To its end, also where the client is gone: what is half written would be given the numbers of rows twice.
    let answered = tokio::spawn((route.handler)(call)).await;
    let answered = answered.map_err(|error| {
        tracing::error!(%error, "a request ended early");
        ProblemKind::Internal
    });
    Ok(answered??.0)
}

fn find(path: &str, method: &Method, headers: &HeaderMap) -> Option<&'static Route> {
    let method = match method.as_str() {
        "HEAD" => "GET",
        method => method,
    };
    let named = |name: &str| {
        let mut routes = ROUTES.iter();
        routes.find(|route| route.row.path == path && route.row.method == name)
    };
    let upgrade = headers.get(header::UPGRADE);
    let is_socket =
        upgrade.is_some_and(|upgrade| upgrade.as_bytes().eq_ignore_ascii_case(b"websocket"));
    match (method, is_socket) {
        ("GET", true) => named("WEBSOCKET").or_else(|| named("GET")),
        // That name is ours and no method.
        ("WEBSOCKET", _) => None,
        (method, _) => named(method),
    }
}

/// The methods of a path, as `Allow` has them.
pub(crate) fn allowed(path: &str) -> String {
    let routes = ROUTES.iter().map(|route| route.row);
    let methods = routes.filter(|row| row.path == path && row.method != "WEBSOCKET");
    let mut methods: Vec<_> = methods.map(|row| row.method).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.sort_unstable();
    methods.join(", ")
}

fn no_method(path: &str) -> Problem {
    Problem {
        allow: Some(allowed(path)),
        ..ProblemKind::MethodNotAllowed.into()
    }
}

fn finish(answered: Result<Response, Problem>, wants: &Wants, service: &Service) -> Response {
    let mut response = match answered {
        Ok(response) => response,
        Err(problem) => {
            let limits = problem.kind == ProblemKind::CaptureLimit;
            let mut response = problem.into_response(wants.problems());
            if limits {
                add_capture_limits(response.headers_mut(), &service.config.limits);
            }
            response
        }
    };
    add_versions(response.headers_mut());
    response
}
