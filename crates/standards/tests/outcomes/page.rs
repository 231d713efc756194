//! The comparison as a page.

use crate::support::{compare, outcome};
use theriac_standards::outcomes::{
    OutcomeDiff,
    OutcomeLevel::{Primary, Secondary},
    page,
};

fn hostile() -> OutcomeDiff {
    let title = "<script>alert('x')</script> & \"more\"";
    compare(
        vec![
            outcome(Primary, title, "<b>12</b> weeks"),
            outcome(Secondary, "Sleep", "1 year"),
        ],
        vec![
            outcome(Secondary, title, "24 weeks"),
            outcome(Secondary, "Weight", "1 year"),
        ],
    )
}

#[test]
fn a_page_escapes_what_it_shows_and_needs_nothing_else() {
    let page = page(&hostile());
    assert!(!page.contains("<script"), "{page}");
    assert!(
        page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;")
    );
    for outside in [
        "http:", "https:", "src=", "url(", "<link", "<img", "@import", "onload",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'"));
}

/// What a browser would repair, a parser of XML refuses: each tag is closed where it must be.
#[test]
fn a_page_is_well_formed() {
    let page = page(&hostile());
    let (_, body) = page.split_once("<body>").expect("a body");
    let (body, _) = body.split_once("</body>").expect("its end");
    let body = format!("<body>{body}</body>");
    let tree = roxmltree::Document::parse(&body).expect("well-formed");
    let rows = tree
        .descendants()
        .filter(|node| node.has_tag_name("tr"))
        .count();
    assert_eq!(rows, 1 + 3);
    for row in tree.descendants().filter(|node| node.has_tag_name("tr")) {
        assert_eq!(row.children().filter(|node| node.is_element()).count(), 3);
    }
}

#[test]
fn a_page_is_the_same_from_run_to_run() {
    assert_eq!(page(&hostile()), page(&hostile()));
}
