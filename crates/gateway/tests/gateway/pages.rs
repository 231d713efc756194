//! `perPage`, `nextPageToken` and `DELETE /nextPageToken/{token}`.

use crate::support::{Client, Fixture, document, event, on_both};

async fn walk(client: &Client, first: &str) -> (Vec<u64>, usize) {
    let (mut numbers, mut pages) = (Vec::new(), 0);
    let mut path = Some(first.to_owned());
    while let Some(here) = path {
        let page = client.get(&here).await.expect(200);
        assert_eq!(
            page.next().is_some(),
            !page.header("gs1-next-page-token-expires").is_empty()
        );
        numbers.extend(page.numbers());
        pages += 1;
        path = page.next();
    }
    (numbers, pages)
}

on_both! {
    async fn pages_hold_each_event_once_in_each_order(fixture: &Fixture) {
        let own = fixture.own();
        for from in [0, 4, 8] {
            let events: Vec<_> = (from..from + 4).rev().map(event).collect();
            own.capture(&document(&events)).await;
        }
        let own = own.with("gs1-extensions", "example=https://ns.example.com/epcis/");
        let up: Vec<u64> = (0..12).collect();
        let down: Vec<u64> = (0..12).rev().collect();
        let stored = vec![3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8];
        let newest = vec![8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3];
        for (query, expected) in [
            ("", stored.clone()),
            ("&orderBy=eventTime", down),
            ("&orderBy=eventTime&orderDirection=ASC", up),
            ("&orderBy=recordTime&orderDirection=ASC", stored),
            ("&orderBy=recordTime", newest),
        ] {
            for size in [1, 5, 12] {
                let (numbers, pages) = walk(&own, &format!("/events?perPage={size}{query}")).await;
                assert_eq!(numbers, expected, "{query}");
                assert_eq!(pages, 12_usize.div_ceil(size));
            }
        }
        let limited = "/events?perPage=2&orderBy=eventTime&eventCountLimit=5";
        assert_eq!(walk(&own, limited).await, (vec![11, 10, 9, 8, 7], 3));
        let by_field = "/events?perPage=5&orderBy=example:number&orderDirection=ASC&eventCountLimit=11";
        assert_eq!(walk(&own, by_field).await, ((0..11).collect(), 3));
    }

    async fn an_answer_does_not_change_while_it_is_read(fixture: &Fixture) {
        let own = fixture.own();
        own.capture(&document(&[event(1), event(3), event(5)])).await;
        let first = own.get("/events?perPage=1&orderBy=eventTime&orderDirection=ASC").await;
        own.capture(&document(&[event(2), event(4)])).await;
        let (rest, _) = walk(&own, &first.next().unwrap()).await;
        assert_eq!(rest, [3, 5]);
    }
}

#[tokio::test]
async fn a_token_is_good_for_its_caller_and_resource_until_it_is_given_up() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    own.capture(&document(&[event(1), event(2)])).await;
    let next = own.get("/events?perPage=1").await.next().unwrap();
    let token = next.rsplit('=').next().unwrap();
    let stranger = fixture.client("reader");
    let gone = "QueryParameterException";
    stranger.get(&next).await.problem(400, gone);
    own.get(&format!("/epcs?nextPageToken={token}"))
        .await
        .problem(400, gone);
    assert_eq!(own.get(&next).await.numbers(), [2]);
    assert_eq!(own.get(&next).await.numbers(), [2]);
    let path = format!("/nextPageToken/{token}");
    stranger
        .call("DELETE", &path)
        .await
        .problem(404, "NoSuchNameException");
    own.call("DELETE", &path).await.expect(204);
    own.get(&next).await.problem(400, gone);
    own.call("DELETE", &path)
        .await
        .problem(404, "NoSuchNameException");
    fixture.stop().await;
}

#[tokio::test]
async fn a_page_is_no_larger_than_the_largest() {
    let fixture = Fixture::embedded_with(|config| config.limits.largest_page = 2).await;
    let own = fixture.own();
    own.capture(&document(&[event(1), event(2), event(3)]))
        .await;
    let page = own.get("/events?perPage=100").await.expect(200);
    assert_eq!(page.numbers(), [1, 2]);
    assert!(page.next().is_some());
    fixture.stop().await;
}

#[tokio::test]
async fn a_page_of_large_events_ends_early() {
    let fixture = Fixture::embedded_with(|config| config.limits.page_bytes = 1).await;
    let own = fixture.own();
    own.capture(&document(&[event(1), event(2)])).await;
    assert_eq!(walk(&own, "/events").await, (vec![1, 2], 2));
    fixture.stop().await;
}
