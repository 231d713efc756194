//! Plots of a screening.

use super::{Data, Report, Test, sites::Sites, svg::Svg, terminal_digit::digits};
use libm::log10;

const OWN: &str = "#b45f06";
const REST: &str = "#0b5394";
const QUIET: &str = "#999999";

/// The share of each last digit at a site beside that at the others.
pub fn digits_svg(data: &Data, site: &str) -> String {
    let sites = Sites::of(data, 0);
    let (mut own, mut rest) = ([0u64; 10], [0u64; 10]);
    for item in sites.numbers.keys() {
        let (values, others) = sites.split(item, site);
        for (sum, values) in [(&mut own, values), (&mut rest, others)] {
            for (total, count) in sum.iter_mut().zip(digits(&values)) {
                *total += count;
            }
        }
    }
    let share = |counts: &[u64; 10], at: usize| {
        counts[at] as f64 / counts.iter().sum::<u64>().max(1) as f64
    };
    let most = (0..10).flat_map(|at| [share(&own, at), share(&rest, at)]);
    let most = most.fold(0.1, f64::max);
    let mut svg = Svg::new(460, 260, &format!("Last digits at site {site}"));
    svg.words(
        (20.0, 20.0),
        "start",
        &format!("Last digits: site {site} and the others"),
    );
    svg.bar((300.0, 11.0), (10.0, 10.0), OWN);
    svg.words((315.0, 20.0), "start", "site");
    svg.bar((350.0, 11.0), (10.0, 10.0), REST);
    svg.words((365.0, 20.0), "start", "others");
    for (at, digit) in (b'0'..=b'9').enumerate() {
        let x = 30.0 + 42.0 * at as f64;
        for (offset, counts, colour) in [(0.0, &own, OWN), (15.0, &rest, REST)] {
            let height = share(counts, at) / most * 180.0;
            svg.bar((x + offset, 225.0 - height), (13.0, height), colour);
        }
        svg.words((x + 14.0, 242.0), "middle", &char::from(digit).to_string());
    }
    svg.line((25.0, 225.0), (450.0, 225.0));
    svg.finish()
}

/// Each finding as a dot: the further right, the smaller its adjusted value; leads are coloured.
pub fn findings_svg(report: &Report) -> String {
    const TESTS: [Test; 11] = [
        Test::TerminalDigit,
        Test::Duplicates,
        Test::DuplicateRows,
        Test::Variance,
        Test::Inliers,
        Test::Sittings,
        Test::TypingSpeed,
        Test::Lateness,
        Test::DaysOfRest,
        Test::Corrections,
        Test::Baseline,
    ];
    const MOST: f64 = 12.0;
    let place = |q: f64| 130.0 + (-log10(q.max(1e-12))).clamp(0.0, MOST) / MOST * 480.0;
    let mut svg = Svg::new(640, 320, "Findings by test");
    svg.words(
        (20.0, 20.0),
        "start",
        "Findings by test and adjusted p-value; leads in brown",
    );
    for (at, test) in TESTS.into_iter().enumerate() {
        let y = 45.0 + 22.0 * at as f64;
        svg.words((120.0, y + 4.0), "end", test.name());
        svg.line((130.0, y), (610.0, y));
        for finding in report.findings.iter().filter(|one| one.test == test) {
            let colour = if finding.is_lead { OWN } else { QUIET };
            let site = finding.site.as_deref().unwrap_or("the study");
            let item = finding.item.as_deref().unwrap_or_default();
            let label = format!("{site} {item} q = {:.2e}", finding.q);
            svg.dot((place(finding.q), y), colour, label.trim());
        }
    }
    let bar = place(report.parameters.false_discovery_rate);
    svg.line((bar, 35.0), (bar, 275.0));
    for (q, label) in [
        (1.0, "1"),
        (1e-3, "1e-3"),
        (1e-6, "1e-6"),
        (1e-9, "1e-9"),
        (1e-12, "1e-12"),
    ] {
        svg.words((place(q), 300.0), "middle", label);
    }
    svg.finish()
}
