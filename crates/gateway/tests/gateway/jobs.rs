//! `GET /capture` and `GET /capture/{captureID}`.

use crate::support::{Fixture, document, event, on_both};

on_both! {
    async fn captures_are_listed_the_oldest_first_page_by_page(fixture: &Fixture) {
        let own = fixture.own();
        let mut ids = Vec::new();
        for number in 0..5 {
            let job = own.capture(&document(&[event(number)])).await;
            ids.push(job["captureID"].clone());
        }
        own.post("/events", &crate::event::alone(9)).await.expect(201);
        let mut seen = Vec::new();
        let mut path = Some("/capture?perPage=2".to_owned());
        while let Some(here) = path {
            let page = own.get(&here).await.expect(200);
            let jobs = page.json();
            assert!(jobs.as_array().unwrap().len() <= 2);
            seen.extend(jobs.as_array().unwrap().iter().map(|job| job["captureID"].clone()));
            path = page.next();
        }
        assert_eq!(seen, ids);
    }

    async fn a_partner_sees_its_own_captures_and_who_administers_all(fixture: &Fixture) {
        let job = fixture.client("maker").capture(&document(&[event(1)])).await;
        let id = job["captureID"].as_str().unwrap();
        let path = format!("/capture/{id}");
        fixture.client("maker").get(&path).await.expect(200);
        fixture.client("clerk").get(&path).await.expect(200);
        fixture.client("own").get(&path).await.expect(200);
        let scanner = fixture.client("scanner");
        scanner.get(&path).await.problem(404, "NoSuchNameException");
        scanner.call("OPTIONS", &path).await.problem(404, "NoSuchNameException");
        let none = scanner.get("/capture").await.expect(200).json();
        assert!(none.as_array().unwrap().is_empty());
        let all = fixture.client("clerk").get("/capture").await.expect(200).json();
        assert_eq!(all.as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_capture_is_told_in_xml_too() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    let job = own.capture(&document(&[event(1)])).await;
    let path = format!("/capture/{}", job["captureID"].as_str().unwrap());
    let answer = own
        .clone()
        .with("accept", "application/xml")
        .get(&path)
        .await
        .expect(200);
    assert_eq!(answer.header("content-type"), "application/xml");
    assert!(
        answer.text.contains("<epcis:EPCISCaptureJob"),
        "{}",
        answer.text
    );
    assert!(
        answer.text.contains("running=\"false\" success=\"true\""),
        "{}",
        answer.text
    );
    let listed = own
        .with("accept", "application/xml")
        .get("/capture")
        .await
        .expect(406);
    assert_eq!(listed.header("content-type"), "application/problem+xml");
    assert!(
        listed
            .text
            .contains("epcisException:NotAcceptableException")
    );
    fixture.stop().await;
}

#[tokio::test]
async fn an_unknown_capture_is_not_there() {
    let fixture = Fixture::embedded().await;
    fixture
        .own()
        .get("/capture/none")
        .await
        .problem(404, "NoSuchNameException");
    fixture.stop().await;
}
