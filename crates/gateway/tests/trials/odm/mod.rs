//! `/odm` over a real port: a file a route.

mod datasets;
mod export;
mod import;
mod list;
mod rows;

use crate::support::World;
use reqwest::{Client, Method};
use serde_json::Value;
use std::collections::BTreeMap;
use theriac_gateway::{
    Config, Gateway, Partner, Reach, Right, Rights, Running, SiteReach, TokenHash, Trials,
};

/// The first site's gateway, or that of another book. `own` reaches everything; `sponsor` all sites, `other` the second alone, `stranger` nothing; `clerk` has another
/// right.
pub(super) struct Door {
    running: Running,
    http: Client,
    pub(super) study: String,
}

/// Status, body, and the entry with which the next export begins.
pub(super) type Told = (u16, String, Option<String>);

fn partner(name: &str, rights: Rights, reach: Reach) -> Partner {
    Partner {
        name: name.to_owned(),
        token: TokenHash::of(name),
        rights,
        reach,
    }
}

impl Door {
    pub(super) async fn open(world: &World) -> Self {
        Self::open_with(world, |_| {}).await
    }

    pub(super) async fn open_with(world: &World, change: impl FnOnce(&mut Config)) -> Self {
        let trials: Rights = [Right::ReadTrials, Right::CaptureTrials]
            .into_iter()
            .collect();
        let none = || Reach::Parties(Default::default());
        let partners = vec![
            partner("own", Rights::all(), Reach::Everything),
            partner("sponsor", trials, none()),
            partner("other", trials, none()),
            partner("stranger", trials, none()),
            partner("reader", [Right::ReadTrials].into_iter().collect(), none()),
            partner("clerk", [Right::Query].into_iter().collect(), none()),
            partner(
                "writer",
                [Right::CaptureTrials].into_iter().collect(),
                none(),
            ),
        ];
        let party = &world.sites[0].party;
        let number: u64 = rand::random();
        let data = world.folder.path().join(format!("data-{number}"));
        let mut config = Config::new(data, partners);
        let reaches = [
            ("sponsor", SiteReach::All),
            ("reader", SiteReach::All),
            ("writer", SiteReach::All),
            ("other", SiteReach::Sites([2].into())),
        ];
        config.trials = vec![Trials {
            study: party.study().unwrap(),
            book: party.book().folder().to_owned(),
            client: party.client().clone(),
            partners: reaches
                .map(|(name, reach)| (name.to_owned(), reach))
                .into_iter()
                .collect::<BTreeMap<_, _>>(),
            unblinded: [].into(),
        }];
        change(&mut config);
        Self {
            running: Gateway::start(config).await.unwrap(),
            http: Client::new(),
            study: format!("{:#x}", party.study().unwrap()),
        }
    }

    pub(super) async fn get(&self, token: &str, path: &str) -> Told {
        self.send((Method::GET, token, path), None).await
    }

    pub(super) async fn post(&self, token: &str, path: &str, body: &str) -> Told {
        let body = (body.into(), "application/xml");
        self.send((Method::POST, token, path), Some(body)).await
    }

    /// Status, type and bytes of an answer in the form that is asked for.
    pub(super) async fn fetch(
        &self,
        (token, path): (&str, &str),
        accept: &str,
    ) -> (u16, String, Vec<u8>) {
        let url = format!("http://{}{path}", self.running.address());
        let request = self.http.get(url).bearer_auth(token);
        let response = request.header("accept", accept).send().await.unwrap();
        let status = response.status().as_u16();
        let kind = response.headers()["content-type"].to_str().unwrap();
        let kind = kind.to_owned();
        (status, kind, response.bytes().await.unwrap().into())
    }

    pub(super) async fn send(
        &self,
        (method, token, path): (Method, &str, &str),
        body: Option<(Vec<u8>, &str)>,
    ) -> Told {
        let url = format!("http://{}{path}", self.running.address());
        let mut request = self.http.request(method, url).bearer_auth(token);
        if let Some((body, kind)) = body {
            request = request.header("content-type", kind).body(body);
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let next = response.headers().get("theriac-next-entry").cloned();
        let next = next.map(|next| next.to_str().unwrap().to_owned());
        (status, response.text().await.unwrap(), next)
    }

    pub(super) async fn stop(self) {
        self.running.stop().await;
    }
}

#[track_caller]
pub(super) fn problem((status, body, _): Told, expected: u16, kind: &str) {
    assert_eq!(status, expected, "{body}");
    assert!(body.contains(kind), "{body}");
}

pub(super) fn json((status, body, _): Told) -> (u16, Value) {
    (status, serde_json::from_str(&body).unwrap())
}
