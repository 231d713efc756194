//! The top-level resources and what lies below them.

use crate::support::{Fixture, GLN_MAKER, GLN_SHOP, document, event, on_both, shipment};
use serde_json::json;

on_both! {
    async fn each_resource_lists_what_events_name(fixture: &Fixture) {
        let own = fixture.own();
        let mut custom = event(1);
        custom["bizStep"] = json!("https://ns.example.com/step/weighing");
        custom["disposition"] = json!("https://ns.example.com/state/weighed");
        custom["bizLocation"] = json!({ "id": "urn:epc:id:sgln:0614141.00888.0" });
        custom["epcList"] = json!(["urn:epc:id:sgtin:0614141.107346.2018"]);
        own.capture(&document(&[custom, event(2)])).await;
        let members = async |path: &str| own.get(path).await.expect(200).members();
        assert_eq!(members("/eventTypes").await.len(), 5);
        let things = ["https://id.gs1.org/01/09506000134352/21/2", "https://id.gs1.org/01/10614141073464/21/2018"];
        assert_eq!(members("/epcs").await, things);
        assert_eq!(members("/bizLocations").await, ["https://id.gs1.org/414/0614141008889"]);
        assert_eq!(members("/readPoints").await, ["https://id.gs1.org/414/9506000134352"]);
        let steps = members("/bizSteps?perPage=100").await;
        assert_eq!(steps.len(), 42);
        assert!(steps.contains(&"receiving".to_owned()));
        assert!(steps.contains(&"https://ns.example.com/step/weighing".to_owned()));
        assert_eq!(members("/dispositions?perPage=100").await.len(), 34);
        let kept = own.clone().with("gs1-epc-format", "Never_Translates");
        let things = kept.get("/epcs").await.expect(200).members();
        assert!(things.contains(&"urn:epc:id:sgtin:0614141.107346.2018".to_owned()));
    }

    async fn lists_are_paged(fixture: &Fixture) {
        let own = fixture.own();
        own.capture(&document(&[event(1), event(2), event(3)])).await;
        for (path, total) in [("/epcs", 3), ("/bizSteps", 41), ("/eventTypes", 5), ("/dispositions", 33)] {
            let mut seen = Vec::new();
            let mut next = Some(format!("{path}?perPage=2"));
            while let Some(here) = next {
                let page = own.get(&here).await.expect(200);
                assert!(page.members().len() <= 2);
                seen.extend(page.members());
                next = page.next();
            }
            assert_eq!(seen.len(), total, "{path}");
            seen.dedup();
            assert_eq!(seen.len(), total, "{path}");
        }
    }

    async fn each_member_leads_to_its_events(fixture: &Fixture) {
        let own = fixture.own();
        let mut other = event(2);
        other["bizStep"] = json!("receiving");
        other["bizLocation"] = json!({ "id": "urn:epc:id:sgln:0614141.00888.0" });
        own.capture(&document(&[event(1), other])).await;
        for (path, expected) in [
            ("/eventTypes/ObjectEvent", &[1, 2][..]),
            ("/epcs/https:%2F%2Fid.gs1.org%2F01%2F09506000134352%2F21%2F2", &[2]),
            ("/bizSteps/receiving", &[2]),
            ("/bizSteps/urn:epcglobal:cbv:bizstep:receiving", &[2]),
            ("/bizSteps/packing", &[]),
            ("/bizLocations/urn:epc:id:sgln:0614141.00888.0", &[2]),
            ("/readPoints/https:%2F%2Fid.gs1.org%2F414%2F9506000134352", &[1, 2]),
            ("/dispositions/in_transit", &[1, 2]),
        ] {
            let below = own.get(path).await.expect(200);
            assert_eq!(below.members(), ["events"], "{path}");
            let events = own.get(&format!("{path}/events")).await.expect(200);
            assert_eq!(events.numbers(), expected, "{path}");
            let fewer = own.get(&format!("{path}/events?EQ_action=ADD")).await.expect(200);
            assert!(fewer.events().is_empty());
            let allow = own.call("OPTIONS", &format!("{path}/events")).await.expect(204);
            assert_eq!(allow.header("allow"), "GET, HEAD, OPTIONS");
        }
        let both = own.get("/bizSteps/receiving/events?EQ_bizStep=packing").await;
        both.problem(400, "QueryParameterException");
    }

    async fn what_no_event_names_is_not_there(fixture: &Fixture) {
        let own = fixture.own();
        own.capture(&document(&[event(1), event(2)])).await;
        for path in [
            "/eventTypes/NoEvent",
            "/epcs/urn:none",
            "/epcs/https:%2F%2Fid.gs1.org%2F01%2F09506000134352%2F21%2F1%7Curn:none",
            "/bizSteps/none",
            "/bizLocations/urn:none",
            "/readPoints/urn:none",
            "/dispositions/none",
        ] {
            for (method, path) in [
                ("GET", path.to_owned()),
                ("OPTIONS", path.to_owned()),
                ("GET", format!("{path}/events")),
                ("OPTIONS", format!("{path}/events")),
            ] {
                own.call(method, &path).await.problem(404, "NoSuchNameException");
            }
        }
    }

    async fn a_partner_sees_what_its_events_name(fixture: &Fixture) {
        let own = fixture.own();
        own.capture(&document(&[shipment(1, GLN_MAKER, GLN_SHOP), event(2)])).await;
        let shop = fixture.client("shop");
        let things = shop.get("/epcs").await.expect(200).members();
        assert_eq!(things, ["https://id.gs1.org/01/09506000134352/21/1"]);
        let hidden = "/epcs/https:%2F%2Fid.gs1.org%2F01%2F09506000134352%2F21%2F2";
        shop.get(hidden).await.problem(404, "NoSuchNameException");
        own.get(hidden).await.expect(200);
        assert!(fixture.client("reader").get("/readPoints").await.members().is_empty());
    }
}

#[tokio::test]
async fn the_root_lists_the_nine_resources() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    let members = own.get("/").await.expect(200).members();
    assert_eq!(members.len(), 9);
    let xml = own
        .with("accept", "application/xml")
        .get("/")
        .await
        .expect(200);
    assert!(xml.text.contains("<member>bizSteps</member>"));
    fixture.stop().await;
}
