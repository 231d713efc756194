//! What packs cost as there are more of them: figures and a picture.

use super::super::{
    figures::Figures,
    plot::{Curve, Panel, svg},
};

/// What a number of packs cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub(super) packs: f64,
    /// Bytes of the pharmacy's book.
    pub(super) book: f64,
    /// Milliseconds of one verification at a time.
    pub(super) verify_p50: f64,
    pub(super) verify_p99: f64,
    /// Seconds in which they were made and entered, lot by lot.
    pub(super) commissioning: f64,
    /// Bytes of the ledger's state while the packs are held, and after all of them have left.
    pub(super) state_held: f64,
    pub(super) state_left: f64,
}

/// Tells each point.
pub(super) fn tell(figures: &mut Figures, points: &[Point]) {
    for point in points {
        let mut tell = |name: &str, value: (f64, &'static str)| {
            figures.tell(&format!("{} packs: {name}", point.packs), value);
        };
        tell("book of the pharmacy", (point.book / 1e6, "MB"));
        tell("verify, one at a time, p50", (point.verify_p50, "ms"));
        tell("verify, one at a time, p99", (point.verify_p99, "ms"));
        tell("made and entered", (point.commissioning, "s"));
        tell(
            "state of the ledger, all held",
            (point.state_held / 1e3, "kB"),
        );
        tell(
            "state of the ledger, all left",
            (point.state_left / 1e3, "kB"),
        );
    }
}

/// The picture.
pub(super) fn picture(points: &[Point]) -> String {
    let curve = |name: &str, value: fn(&Point) -> f64| Curve {
        name: name.to_owned(),
        points: points
            .iter()
            .map(|point| (point.packs, value(point)))
            .collect(),
    };
    let panel = |title: &str, curves: Vec<Curve>| Panel {
        title: title.to_owned(),
        across: "packs".to_owned(),
        curves,
    };
    svg(&[
        panel(
            "Book of the pharmacy, MB",
            vec![curve("on disk", |point| point.book / 1e6)],
        ),
        panel(
            "Verify, one at a time, ms",
            vec![
                curve("p50", |point| point.verify_p50),
                curve("p99", |point| point.verify_p99),
            ],
        ),
        panel(
            "Made and entered, s",
            vec![curve("in lots of at most 100,000", |point| {
                point.commissioning
            })],
        ),
        panel(
            "State of the ledger, kB",
            vec![
                curve("all packs held", |point| point.state_held / 1e3),
                curve("all packs left", |point| point.state_left / 1e3),
            ],
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_shows_each_cost_at_each_number_of_packs() {
        let point = |packs: f64| Point {
            packs,
            book: packs * 1_500.0,
            verify_p50: 3.0,
            verify_p99: 7.0,
            commissioning: packs / 50_000.0,
            state_held: packs / 10.0,
            state_left: packs * 200.0,
        };
        let points = [1e4, 1e5, 1e6].map(point);
        let text = picture(&points);
        assert_eq!(text.matches("<circle").count(), 3 * 6);
        let mut figures = Figures::default();
        tell(&mut figures, &points);
        assert!(figures.table().contains("1000000 packs: made and entered"));
    }
}
