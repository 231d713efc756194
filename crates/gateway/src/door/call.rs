//! A request as a handler sees it.

use super::{Answer, Page, Problem, ProblemKind, Service, Wants};
use crate::{
    clock,
    partners::Caller,
    repository::{Form, View},
};
use axum::{
    body::Body,
    extract::ws::WebSocketUpgrade,
    http::{HeaderMap, Uri},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use parking_lot::Mutex;
use std::{sync::Arc, time::Duration};

/// A request that passed the door.
pub(crate) struct Call {
    pub(crate) service: Arc<Service>,
    /// `None` where the route is open.
    pub(crate) caller: Option<Caller>,
    /// The path as the route table has it.
    pub(crate) pattern: &'static str,
    pub(crate) path: Vec<(String, String)>,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) wants: Wants,
    pub(crate) body: Mutex<Body>,
    pub(crate) upgrade: Mutex<Option<WebSocketUpgrade>>,
}

impl Call {
    /// Who calls.
    pub(crate) fn caller(&self) -> &Caller {
        self.caller.as_ref().expect("routes that ask are not open")
    }

    /// The parameter of the path.
    pub(crate) fn parameter(&self, name: &str) -> &str {
        let found = self.path.iter().find(|(parameter, _)| parameter == name);
        found.map_or("", |(_, value)| value)
    }

    /// What the caller sees now.
    ///
    /// # Errors
    /// The repository failed.
    pub(crate) async fn view(&self) -> Result<View, Problem> {
        let until = self.service.repository.snapshot().await?;
        Ok(View::new(self.caller(), until))
    }

    /// The query of the URI, without its question mark.
    pub(crate) fn query(&self) -> &str {
        self.uri.query().unwrap_or("")
    }

    /// The whole body, and its syntax.
    ///
    /// # Errors
    /// A syntax that is not read, more bytes than `most`, or a client that is too slow.
    pub(crate) async fn read_body(&mut self, most: usize) -> Result<(Form, Vec<u8>), Problem> {
        let form = super::accepted_form(&self.headers)?;
        Ok((form, self.read_bytes(most).await?))
    }

    /// The whole body, of whatever type.
    ///
    /// # Errors
    /// More bytes than `most`, or a client that is too slow.
    pub(crate) async fn read_bytes(&mut self, most: usize) -> Result<Vec<u8>, Problem> {
        let body = std::mem::take(self.body.get_mut());
        let limits = &self.service.config.limits;
        let time = limits.request_time + Duration::from_secs(most as u64 >> 20);
        let read = tokio::time::timeout(time, Limited::new(body, most).collect());
        let read = read.await.map_err(|_| ProblemKind::TimedOut)?;
        let bytes = read.map_err(|error| match error.is::<LengthLimitError>() {
            true => ProblemKind::CaptureLimit.because(format!("more than {most} bytes")),
            false => ProblemKind::Validation.because("the body broke off"),
        })?;
        Ok(bytes.to_bytes().into())
    }

    /// The page that is asked for.
    ///
    /// # Errors
    /// A size that is none, a token that is not known.
    pub(crate) fn page(&self) -> Result<Page, Problem> {
        let limits = &self.service.config.limits;
        let mut page = Page {
            size: limits.page,
            resumed: None,
        };
        for (name, value) in pairs(self.query()) {
            match name.as_str() {
                "perPage" => page.size = size(&value, limits.largest_page)?,
                "nextPageToken" => {
                    let place = (self.caller().name(), self.uri.path());
                    let resumed = self.service.pages.resume(&value, place, clock::now());
                    let gone = "nextPageToken: not known, or no longer";
                    let gone = || ProblemKind::QueryParameter.because(gone);
                    page.resumed = Some(resumed.ok_or_else(gone)?);
                }
                _ => {}
            }
        }
        Ok(page)
    }

    /// The page of a resource that takes no other parameters.
    ///
    /// # Errors
    /// As [`Self::page`], and any other parameter.
    pub(crate) fn bare_page(&self) -> Result<Page, Problem> {
        let mut names = pairs(self.query()).map(|(name, _)| name);
        let other = names.find(|name| name != "perPage" && name != "nextPageToken");
        match other {
            Some(name) => {
                let name: String = name.chars().take(48).collect();
                Err(ProblemKind::QueryParameter.because(format!("{name}: no such parameter here")))
            }
            None => self.page(),
        }
    }

    /// Adds where the next page is.
    pub(crate) fn link(&self, answer: Answer, next: Option<crate::door::page::Place>) -> Answer {
        let Some(place) = next else {
            return answer;
        };
        let limits = &self.service.config.limits;
        let expires = clock::now() + limits.page_lifetime.as_millis() as i64;
        let at = (self.caller().name(), self.uri.path());
        let token = self.service.pages.keep(place, at, expires);
        let kept = self
            .query()
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("nextPageToken="));
        let mut query = kept.fold(String::new(), |query, pair| format!("{query}{pair}&"));
        query.push_str(&format!("nextPageToken={token}"));
        let (url, path) = (&self.service.public_url, self.uri.path());
        answer
            .with("link", &format!("<{url}{path}?{query}>; rel=\"next\""))
            .with("gs1-next-page-token-expires", &clock::text(expires))
    }
}

fn size(value: &str, largest: usize) -> Result<usize, Problem> {
    match value.parse::<u64>() {
        Ok(size) if size > 0 => Ok(usize::try_from(size).unwrap_or(largest).min(largest)),
        _ => Err(ProblemKind::QueryParameter.because("perPage: expected a count from 1")),
    }
}

/// The parameters of a URL's query, decoded; what is no UTF-8 is replaced.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_encoding::percent_decode_str(&text)
            .decode_utf8_lossy()
            .into_owned()
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(move |pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    })
}
