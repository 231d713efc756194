//! The plots are well-formed SVG without script, whatever the names.

use crate::trial::{Fabrication, trial};
use theriac_standards::screening::{Limits, Parameters, digits_svg, findings_svg, screen};

#[test]
fn plots_are_well_formed_and_escape_names() {
    let mut data = trial(2, Some(Fabrication::RoundedDigits));
    for entry in &mut data.entries {
        if entry.site == "S00" {
            entry.site = "<script>\"&\u{1}".to_owned();
        }
    }
    let report = screen(&data, Parameters::default(), &Limits::default()).expect("within limits");
    for svg in [digits_svg(&data, "<script>\"&\u{1}"), findings_svg(&report)] {
        let tree = roxmltree::Document::parse(&svg).expect("well-formed");
        assert!(
            tree.root_element()
                .has_tag_name(("http://www.w3.org/2000/svg", "svg"))
        );
        assert!(!tree.descendants().any(|node| node.has_tag_name("script")));
        assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{svg}");
    }
    let svg = findings_svg(&report);
    let tree = roxmltree::Document::parse(&svg).expect("well-formed");
    let dots = tree
        .descendants()
        .filter(|node| node.tag_name().name() == "circle");
    assert_eq!(dots.count(), report.findings.len());
    let digits = digits_svg(&data, "S01");
    let tree = roxmltree::Document::parse(&digits).expect("well-formed");
    let bars = tree
        .descendants()
        .filter(|node| node.tag_name().name() == "rect");
    assert_eq!(bars.count(), 1 + 2 + 20);
}
