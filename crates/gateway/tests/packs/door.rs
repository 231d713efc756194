//! Packs over HTTP, as a counter's system sees them.

use crate::support::{GTIN, World, scan, settings, until};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use theriac_contracts::codes::FlagKind;
use theriac_gateway::{
    Config, Gateway, Packs, Partner, Reach, Right, Rights, Running, TokenHash,
    packs::{Target, evidence::Evidence, label::Label},
};

/// A gateway on the pharmacy's book, and a client of it.
struct Counter {
    running: Running,
    http: Client,
}

/// An answer: status, content type, body.
type Told = (u16, String, Value);

fn partner(name: &str, rights: Rights) -> Partner {
    Partner {
        name: name.to_owned(),
        token: TokenHash::of(name),
        rights,
        reach: Reach::Parties(Default::default()),
    }
}

impl Counter {
    async fn open(world: &World, of: &theriac_gateway::packs::Partner) -> Self {
        let partners = vec![
            partner("counter", [Right::Dispense].into_iter().collect()),
            partner("desk", [Right::Verify].into_iter().collect()),
            partner("holder", [Right::Ask].into_iter().collect()),
        ];
        let number: u64 = rand::random();
        let mut config = Config::new(world.file(&format!("data-{number}")), partners);
        config.packs = Some(Packs {
            book: of.book().folder().to_owned(),
            client: of.client().clone(),
            settings: settings(),
            answers_anyone: false,
        });
        Self {
            running: Gateway::start(config).await.unwrap(),
            http: Client::new(),
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address())
    }

    async fn send(request: RequestBuilder) -> Told {
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let kind = response.headers()["content-type"].to_str().unwrap();
        let kind = kind.to_owned();
        (status, kind, response.json().await.unwrap())
    }

    async fn post(&self, path: &str, key: &str, body: Value) -> Told {
        let request = self.http.post(self.url(path)).bearer_auth("counter");
        Self::send(request.header("idempotency-key", key).json(&body)).await
    }

    async fn get(&self, token: &str, path: &str, query: &[(&str, &str)]) -> Told {
        let pairs = query
            .iter()
            .map(|(name, value)| format!("{name}={}", percent(value)));
        let pairs: Vec<_> = pairs.collect();
        let url = self.url(&format!("{path}?{}", pairs.join("&")));
        Self::send(self.http.get(url).bearer_auth(token)).await
    }
}

fn percent(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[track_caller]
fn problem((status, kind, body): Told, expected: u16, code: &str) {
    assert_eq!(
        (status, kind.as_str()),
        (expected, "application/problem+json"),
        "{body}"
    );
    assert_eq!(body["status"], expected);
    assert!(
        body["code"] == code || body["type"] == format!("theriac:{code}"),
        "{body}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pack_is_verified_dispensed_once_and_undone_over_http() {
    let mut world = World::start().await;
    world.supplied("L7", 4).await;
    let counter = Counter::open(&world, &world.pharmacy).await;
    let scans: Vec<_> = (0..4).map(|place| scan(&world.pharmacy, place)).collect();
    let body = json!({ "scan": scans[0] });
    let (status, _, verified) = counter.post("/packs/verify", "-", body.clone()).await;
    assert_eq!(
        (status, &verified["fit"]),
        (200, &json!(true)),
        "{verified}"
    );
    assert_eq!(verified["custody"]["state"], "complete");
    let (status, _, done) = counter.post("/packs/dispense", "a", body.clone()).await;
    assert_eq!((status, &done["final"]), (200, &json!(true)));
    let (status, _, again) = counter.post("/packs/dispense", "a", body.clone()).await;
    assert_eq!((status, &again["repeated"]), (200, &json!(true)));
    assert_eq!(done["requestedAt"], again["requestedAt"]);
    let told = counter.post("/packs/dispense", "b", body.clone()).await;
    problem(told, 409, "AlreadyDispensed");
    let told = counter
        .post("/packs/dispense", "a", json!({ "scan": scans[1] }))
        .await;
    problem(told, 422, "RequestKeyUsed");
    let (_, _, verified) = counter.post("/packs/verify", "-", body.clone()).await;
    assert_eq!(verified["causes"][0]["emvs"]["alert"], "A7");
    let (status, _, undone) = counter.post("/packs/undo", "c", body.clone()).await;
    assert_eq!((status, &undone["as"]), (200, &json!("undone")));
    let locked = json!({ "scan": scans[2], "as": "destroyed" });
    let (status, _, left) = counter.post("/packs/decommission", "d", locked).await;
    assert_eq!((status, &left["as"]), (200, &json!("destroyed")));
    let told = counter
        .post("/packs/undo", "e", json!({ "scan": scans[2] }))
        .await;
    problem(told, 409, "NotUndoable");
    counter.running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_request_is_refused_by_name() {
    let mut world = World::start().await;
    world.supplied("L7", 1).await;
    let counter = Counter::open(&world, &world.pharmacy).await;
    let scan = scan(&world.pharmacy, 0);
    let dispense = counter.url("/packs/dispense");
    let keyless = counter.http.post(dispense).bearer_auth("counter");
    let keyless = Counter::send(keyless.json(&json!({ "scan": scan }))).await;
    problem(keyless, 400, "RequestInvalid");
    for body in [
        json!({}),
        json!({ "scan": "" }),
        json!({ "scan": scan, "x": 1 }),
        json!([]),
    ] {
        let told = counter.post("/packs/verify", "-", body).await;
        problem(told, 400, "RequestInvalid");
    }
    let told = counter
        .post("/packs/dispense", "a", json!({ "scan": "hello" }))
        .await;
    problem(told, 422, "Unreadable");
    let (_, _, verified) = counter
        .post("/packs/verify", "-", json!({ "scan": "hello" }))
        .await;
    assert_eq!(verified["causes"][0]["class"], "scanner");
    for kind in ["dispensed", "eaten"] {
        let body = json!({ "scan": scan, "as": kind });
        let told = counter.post("/packs/decommission", "a", body).await;
        problem(told, 400, "RequestInvalid");
    }
    let unknown = Label::new(GTIN, "X1", "L7", "271100").unwrap().bracketed();
    let told = counter
        .get("desk", "/packs/provenance", &[("scan", &unknown)])
        .await;
    problem(told, 404, "PackUnknown");
    let told = counter.get("desk", "/packs/provenance", &[]).await;
    problem(told, 400, "RequestInvalid");
    // Who may verify may not dispense.
    let request = counter
        .http
        .post(counter.url("/packs/dispense"))
        .bearer_auth("desk");
    let told = Counter::send(request.json(&json!({ "scan": scan }))).await;
    assert_eq!(told.0, 403);
    counter.running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_way_of_a_pack_is_a_file_that_others_check() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let counter = Counter::open(&world, &world.pharmacy).await;
    let scan = scan(&world.pharmacy, 1);
    let (status, _, way) = counter
        .get("desk", "/packs/provenance", &[("scan", &scan)])
        .await;
    assert_eq!(status, 200);
    let evidence = Evidence::read(way.to_string().as_bytes()).unwrap();
    let checked = theriac_gateway::packs::check_way(&world.authority, &evidence).await;
    assert!(checked.unwrap().holds());
    counter.running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_node_it_is_queued_and_alarms_are_told() {
    let mut world = World::start().await;
    world.supplied("L7", 3).await;
    let counter = Counter::open(&world, &world.pharmacy).await;
    let scans: Vec<_> = (0..3).map(|place| scan(&world.pharmacy, place)).collect();
    world.node_is_away(true);
    let (status, _, verified) = counter
        .post("/packs/verify", "-", json!({ "scan": scans[0] }))
        .await;
    assert_eq!(
        (status, &verified["custody"]["state"]),
        (200, &json!("not-checked"))
    );
    let body = json!({ "scan": scans[0] });
    let (status, _, queued) = counter.post("/packs/dispense", "a", body).await;
    assert_eq!((status, &queued["queued"]), (202, &json!(true)));
    let told = counter
        .post("/packs/undo", "b", json!({ "scan": scans[1] }))
        .await;
    problem(told, 409, "NotUndoable");
    let (_, _, queue) = counter.get("desk", "/packs/queue", &[]).await;
    assert_eq!(queue["linked"], false);
    assert_eq!(queue["entries"][0]["packs"], json!([scans[0]]));
    assert_eq!(queue["entries"][0]["as"], "dispensed");
    world.node_is_away(false);
    until(|| async {
        let (_, _, queue) = counter.get("desk", "/packs/queue", &[]).await;
        (queue["entries"] == json!([])).then_some(())
    })
    .await;
    let target = Target::Lot {
        gtin: None,
        lot: "L7".to_owned(),
    };
    world
        .maker
        .flag(&target, FlagKind::RecallClass1)
        .await
        .unwrap();
    let alarms = until(|| async {
        let (_, _, alarms) = counter.get("desk", "/packs/alarms", &[]).await;
        (alarms["flags"] != json!([])).then_some(alarms)
    })
    .await;
    assert_eq!(alarms["flags"][0]["kind"], "recall-class-1");
    assert_eq!(alarms["flags"][0]["pull"].as_array().unwrap().len(), 2);
    counter.running.stop().await;
}

const ASKED: [(&str, &str); 5] = [
    ("exp", "271100"),
    ("linkType", "verificationService"),
    ("context", "dscsaSaleableReturn"),
    ("reqGLN", "4012345000023"),
    ("corrUUID", "2b3f5c0e-0c2f-4e0f-9a53-2b1fa0d0b7a1"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_responder_answers_in_the_words_and_statuses_of_the_standard() {
    let mut world = World::start().await;
    world.supplied("L7", 2).await;
    let counter = Counter::open(&world, &world.maker).await;
    let pack = world.pharmacy.book().held().unwrap()[0].label;
    let path = |gtin: &str, serial: &str| format!("/verify/gtin/{gtin}/lot/L7/ser/{serial}");
    let own = path(GTIN, pack.serial());
    let (status, _, told) = counter.get("holder", &own, &ASKED).await;
    assert_eq!((status, &told["data"]), (200, &json!({ "verified": true })));
    assert_eq!(told["corrUUID"], ASKED[4].1);
    assert_eq!(told["responderGLN"], "4012345000009");
    let (_, _, told) = counter.get("holder", &path(GTIN, "X1"), &ASKED).await;
    let no = json!({ "verified": false, "verificationFailureReason": "No_match_GTIN_Serial" });
    assert_eq!(told["data"], no);
    for at in 0..ASKED.len() {
        let mut wrong = ASKED.to_vec();
        wrong.remove(at);
        let told = counter.get("holder", &own, &wrong).await;
        problem(told, 400, "RequestInvalid");
    }
    let other = path("04012345999990", "X1");
    assert_eq!(counter.get("holder", &other, &ASKED).await.0, 404);
    assert_eq!(counter.get("nobody", &own, &ASKED).await.0, 401);
    assert_eq!(counter.get("desk", &own, &ASKED).await.0, 403);
    let mut asked = vec![ASKED[2], ASKED[3], ("gtin", GTIN)];
    let (status, _, told) = counter.get("holder", "/checkConnectivity", &asked).await;
    assert_eq!(
        (status, &told["responderGLN"]),
        (200, &json!("4012345000009"))
    );
    asked[2].1 = "04012345999990";
    let told = counter.get("holder", "/checkConnectivity", &asked).await;
    problem(told, 404, "PackUnknown");
    assert_eq!(
        counter.get("desk", "/checkConnectivity", &asked).await.0,
        403
    );
    counter.running.stop().await;
}
