//! A client of the door.

use reqwest::{Method, RequestBuilder, StatusCode, header::HeaderMap};
use serde_json::Value;
use std::time::{Duration, Instant};

#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
    headers: Vec<(&'static str, String)>,
}

/// An answer, read whole.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("text"))
    }

    /// The status, which must be that, else the test fails and says what came.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{self:?}");
        self
    }

    /// A problem of this status and exception.
    #[track_caller]
    pub(crate) fn problem(self, status: u16, exception: &str) -> Self {
        let answer = self.expect(status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem = answer.json();
        assert_eq!(problem["type"], format!("epcisException:{exception}"));
        assert_eq!(problem["status"], status);
        assert!(problem["title"].is_string());
        answer
    }

    /// The path behind the base of a `Location`.
    pub(crate) fn location(&self) -> String {
        path_of(self.header("location"))
    }

    /// The path of the next page.
    pub(crate) fn next(&self) -> Option<String> {
        let link = self.header("link");
        let url = link.strip_prefix('<')?.strip_suffix(">; rel=\"next\"")?;
        Some(path_of(url))
    }

    /// The events of a query document.
    pub(crate) fn events(&self) -> Vec<Value> {
        let list = &self.json()["epcisBody"]["queryResults"]["resultsBody"]["eventList"];
        list.as_array().expect("events").clone()
    }

    /// The numbers of events that tests made, in order.
    pub(crate) fn numbers(&self) -> Vec<u64> {
        let numbers = self.events().into_iter();
        let numbers = numbers.map(|event| event["example:number"].as_str().unwrap().parse());
        numbers.map(|number| number.unwrap()).collect()
    }

    /// The members of a collection.
    pub(crate) fn members(&self) -> Vec<String> {
        let members = self.json()["member"].as_array().expect("members").clone();
        let members = members.into_iter();
        members
            .map(|member| member.as_str().unwrap().to_owned())
            .collect()
    }
}

fn path_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/')
        .map_or(String::new(), |at| rest[at..].to_owned())
}

impl Client {
    pub(crate) fn new(base: &str, token: Option<&str>) -> Self {
        Self {
            http: reqwest::Client::new(),
            base: base.to_owned(),
            token: token.map(str::to_owned),
            headers: Vec::new(),
        }
    }

    /// With a header on each request.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let headers = self.headers.iter();
        headers.fold(request, |request, (name, value)| {
            request.header(*name, value)
        })
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        Answer {
            status: response.status(),
            headers: response.headers().clone(),
            text: response.text().await.expect("a body"),
        }
    }

    pub(crate) async fn call(&self, method: &str, path: &str) -> Answer {
        self.send(self.request(method, path)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call("GET", path).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_text(path, "application/json", body.to_string())
            .await
    }

    pub(crate) async fn post_text(
        &self,
        path: &str,
        content_type: &str,
        body: impl Into<reqwest::Body>,
    ) -> Answer {
        let request = self
            .request("POST", path)
            .header("content-type", content_type);
        self.send(request.body(body)).await
    }

    /// The capture at `location` when it is finished.
    pub(crate) async fn finished(&self, location: &str) -> Value {
        let began = Instant::now();
        loop {
            let job = self.get(location).await.expect(200).json();
            if job["running"] == false {
                return job;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "{job}");
            tokio::task::yield_now().await;
        }
    }

    /// Captures a document and waits until it is done with.
    pub(crate) async fn capture(&self, document: &Value) -> Value {
        let answer = self.post("/capture", document).await.expect(202);
        self.finished(&answer.location()).await
    }
}
