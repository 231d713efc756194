//! A server that takes notifications.

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::any,
};
use std::sync::{Arc, Mutex};
use tokio::{net::TcpListener, sync::mpsc};

/// How the receiver answers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reply {
    Take,
    Refuse,
    TooLarge { more_than: usize },
    Redirect,
}

/// A server that takes notifications on loopback.
pub(crate) struct Receiver {
    pub(crate) url: String,
    reply: Arc<Mutex<Reply>>,
    got: mpsc::UnboundedReceiver<(HeaderMap, String)>,
}

impl Receiver {
    pub(crate) async fn start(reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, got) = mpsc::unbounded_channel();
        let reply = Arc::new(Mutex::new(reply));
        let answers = reply.clone();
        let handler = move |headers: HeaderMap, body: Bytes| {
            let reply = *answers.lock().unwrap();
            let text = String::from_utf8(body.to_vec()).unwrap();
            let count = text.matches("\"eventTime\"").count();
            let _ = sender.send((headers, text));
            async move { answer(reply, count) }
        };
        let router = Router::new().route("/{*rest}", any(handler));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            url: format!("http://{address}/hook"),
            reply,
            got,
        }
    }

    pub(crate) fn reply(&self, reply: Reply) {
        *self.reply.lock().unwrap() = reply;
    }

    /// The next notification that arrives.
    pub(crate) async fn next(&mut self) -> (HeaderMap, String) {
        let next = tokio::time::timeout(std::time::Duration::from_secs(30), self.got.recv());
        next.await.expect("a notification").expect("it runs")
    }

    /// Whether one has arrived.
    pub(crate) fn is_empty(&mut self) -> bool {
        self.got.try_recv().is_err()
    }
}

fn answer(reply: Reply, count: usize) -> Response {
    match reply {
        Reply::Take => StatusCode::OK.into_response(),
        Reply::Refuse => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Reply::TooLarge { more_than } if count > more_than => {
            StatusCode::PAYLOAD_TOO_LARGE.into_response()
        }
        Reply::TooLarge { .. } => StatusCode::OK.into_response(),
        Reply::Redirect => {
            let place = [(header::LOCATION, "/elsewhere")];
            (StatusCode::TEMPORARY_REDIRECT, place).into_response()
        }
    }
}
