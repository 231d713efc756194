//! Who may do what, and read which events.

use crate::support::{Client, Fixture, GLN_MAKER, GLN_SHOP, document, event, on_both, shipment};
use serde_json::json;
use std::{env, fmt::Write, fs, path::PathBuf};
use theriac_gateway::{Policy, Right, RouteRow, routes};

/// Roles of the snapshot: a partner with one right alone.
const ROLES: [Right; 9] = Right::ALL;

fn may(policy: Policy, right: Right) -> bool {
    match policy {
        Policy::Open | Policy::Known => true,
        Policy::With(one) | Policy::Responder(one) => one == right,
        Policy::Either(one, other) => one == right || other == right,
    }
}

#[test]
fn the_documentation_says_who_may_do_what() {
    let mut text = String::from(
        "# The gateway's routes\n\nWritten by the tests from `src/door/table.rs`; `BLESS=1 cargo test -p theriac-gateway \
         --test gateway` writes it anew.\n\nEach right is a column. Which events a partner reads is not a matter of rights but of \
         its reach. Who may ask needs no token where the responder is open to anyone.\n\n| Method | Path | What | capture | query | subscribe | administer | verify | dispense | ask | read-trials | capture-trials |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for row in routes() {
        let marks = ROLES.map(|right| match row.policy {
            Policy::Open => "open",
            policy if may(policy, right) => "yes",
            _ => "",
        });
        let marks = marks.join(" | ");
        writeln!(
            text,
            "| {} | `{}` | {} | {marks} |",
            row.method, row.path, row.summary
        )
        .unwrap();
    }
    compare("ROUTES.md", &text);
}

pub(crate) fn compare(file: &str, found: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file);
    if env::var_os("BLESS").is_some() {
        fs::write(&path, found).expect("the snapshot can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == found,
        "{} differs from what was found:\n{found}",
        path.display()
    );
}

/// The path of a row with names that stand for nothing.
fn concrete(row: &RouteRow) -> String {
    let segments = row.path.split('/');
    let filled = segments.map(|segment| match segment.starts_with('{') {
        true => "none",
        false => segment,
    });
    filled.collect::<Vec<_>>().join("/")
}

async fn status(client: &Client, row: &RouteRow) -> (u16, String) {
    let method = match row.method {
        "WEBSOCKET" => "GET",
        method => method,
    };
    let mut request = client.request(method, &concrete(row));
    if row.method == "WEBSOCKET" {
        request = request
            .header("connection", "Upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
    }
    if row.method == "POST" {
        request = request
            .header("content-type", "application/json")
            .body("{}");
    }
    let answer = client.send(request).await;
    (answer.status.as_u16(), answer.text)
}

#[tokio::test]
async fn no_route_but_the_open_one_answers_without_a_token_or_to_a_wrong_one() {
    let fixture = Fixture::embedded().await;
    let wrong = [
        Client::new(&fixture.base, None),
        Client::new(&fixture.base, Some("wrong-token")),
        Client::new(&fixture.base, Some("")),
        Client::new(&fixture.base, None).with("authorization", "Basic b3duOm93bi10b2tlbg=="),
        Client::new(&fixture.base, None).with("authorization", "own-token"),
    ];
    for client in &wrong {
        for row in routes() {
            let (status, text) = status(client, &row).await;
            match row.policy {
                Policy::Open => assert_eq!(status, 200, "{row:?}"),
                _ => {
                    assert_eq!(status, 401, "{row:?}");
                    assert!(text.contains("epcisException:SecurityException"));
                }
            }
        }
        client
            .get("/nothing")
            .await
            .problem(401, "SecurityException");
        client
            .call("PATCH", "/events")
            .await
            .problem(401, "SecurityException");
    }
    fixture.stop().await;
}

#[tokio::test]
async fn each_route_answers_exactly_those_with_the_right() {
    let fixture = Fixture::embedded().await;
    let roles = [
        ("scanner", Right::Capture),
        ("reader", Right::Query),
        ("listener", Right::Subscribe),
        ("clerk", Right::Administer),
        ("checker", Right::Verify),
        ("counter", Right::Dispense),
        ("holder", Right::Ask),
    ];
    for (name, right) in roles {
        let client = fixture.client(name);
        for row in routes() {
            let (status, text) = status(&client, &row).await;
            assert_eq!(
                status == 403,
                !may(row.policy, right),
                "{name} {row:?} {status} {text}"
            );
            assert!(status < 500, "{name} {row:?} {status} {text}");
        }
    }
    fixture.stop().await;
}

on_both! {
    async fn a_partner_reads_what_it_captured_and_what_names_it(fixture: &Fixture) {
        let other = "9506000133331";
        let mut located = event(4);
        located["bizLocation"] = json!({ "id": format!("https://id.gs1.org/414/{GLN_SHOP}/254/7") });
        let mut urn = event(5);
        urn["destinationList"] = json!([
            { "type": "possessing_party", "destination": "urn:epc:id:pgln:9506000.12222" },
        ]);
        let events = [
            shipment(1, GLN_MAKER, GLN_SHOP),
            shipment(2, GLN_MAKER, other),
            shipment(3, other, other),
            located,
            urn,
        ];
        fixture.own().capture(&document(&events)).await;
        fixture.client("maker").capture(&document(&[event(6)])).await;
        let numbers = async |name: &str, path: &str| {
            fixture.client(name).get(path).await.expect(200).numbers()
        };
        assert_eq!(numbers("own", "/events").await, [1, 2, 3, 4, 5, 6]);
        assert_eq!(numbers("maker", "/events").await, [1, 2, 6]);
        assert_eq!(numbers("shop", "/events").await, [1, 4, 5]);
        assert!(numbers("reader", "/events").await.is_empty());
        assert_eq!(numbers("shop", "/bizSteps/shipping/events").await, [1, 4, 5]);
        assert_eq!(numbers("shop", "/events?orderBy=eventTime&perPage=2").await, [5, 4]);
    }

    async fn an_event_out_of_reach_is_as_if_it_were_not_there(fixture: &Fixture) {
        let created = fixture.own().post("/events", &crate::event::alone(1)).await.expect(201);
        let place = created.location();
        for name in ["maker", "shop", "reader"] {
            let client = fixture.client(name);
            let hidden = client.get(&place).await.problem(404, "NoSuchNameException").text;
            let absent = client.get("/events/urn:none").await.problem(404, "NoSuchNameException").text;
            assert_eq!(hidden, absent);
            client.call("OPTIONS", &place).await.problem(404, "NoSuchNameException");
        }
        let limited = fixture.client("shop").get("/events?maxEventCount=0").await;
        assert!(limited.expect(200).events().is_empty());
    }

    async fn a_granted_event_is_read_until_the_grant_is_taken_back(fixture: &Fixture) {
        let own = fixture.own();
        let created = own.post("/events", &crate::event::alone(1)).await.expect(201);
        own.post("/events", &crate::event::alone(2)).await.expect(201);
        let event = created.location();
        let id = event.strip_prefix("/events/").unwrap();
        let clerk = fixture.client("clerk");
        let grant = format!("/partners/shop/grants/{id}");
        clerk.call("PUT", &grant).await.expect(204);
        clerk.call("PUT", &grant).await.expect(204);
        let shop = fixture.client("shop");
        assert_eq!(shop.get("/events").await.numbers(), [1]);
        shop.get(&event).await.expect(200);
        fixture.client("maker").get(&event).await.expect(404);
        clerk.call("DELETE", &grant).await.expect(204);
        assert!(shop.get("/events").await.events().is_empty());
        clerk.call("PUT", "/partners/shop/grants/urn:none").await.expect(404);
        clerk.call("PUT", &format!("/partners/nobody/grants/{id}")).await.expect(404);
        own.call("PUT", &format!("/partners/shop/grants/{id}")).await.expect(204);
    }
}
