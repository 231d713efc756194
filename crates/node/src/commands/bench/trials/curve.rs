//! What a study costs as it has more subjects: figures and a picture.

use super::{
    super::{
        figures::Figures,
        plot::{Curve, Panel, svg},
    },
    bundles::{Checked, One},
    study::Conducted,
};

/// What a number of subjects cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub(super) subjects: f64,
    pub(super) conducted: Conducted,
    pub(super) checked: Checked,
    /// From the registration to the last bundle.
    pub(super) seconds: f64,
    /// Bytes of the site's book.
    pub(super) book: f64,
    /// The most memory of this process so far.
    pub(super) import_mib: f64,
}

impl Point {
    /// Tells all of it.
    pub(super) fn tell(&self, figures: &mut Figures) {
        let Conducted {
            consents,
            captures,
            misses,
            signatures,
            lock,
            forms,
            missed,
            values,
            transactions,
            ..
        } = self.conducted;
        let mut tell = |name: &str, value: (f64, &'static str)| {
            figures.tell(&format!("{} subjects: {name}", self.subjects), value);
        };
        tell("forms", (forms as f64, ""));
        tell("forms declared missed", (missed as f64, ""));
        tell("values", (values as f64, ""));
        tell("transactions", (transactions as f64, ""));
        tell("registered to bundled", (self.seconds, "s"));
        let entering = consents + captures + misses + signatures + lock;
        tell(
            "transactions in a second",
            (transactions as f64 / entering, "1/s"),
        );
        tell(
            "values captured in a second",
            (values as f64 / captures, "1/s"),
        );
        for (name, seconds) in [
            ("consents", consents),
            ("read and captured", captures),
            ("declared missed", misses),
            ("signed", signatures),
            ("locked", lock),
        ] {
            tell(name, (seconds, "s"));
        }
        for (name, one) in self.bundles() {
            tell(&format!("{name} bundle"), (one.bytes / 1e6, "MB"));
            tell(&format!("{name} bundle made"), (one.made, "s"));
            tell(&format!("{name} bundle verified"), (one.seconds, "s"));
            let name = format!("{name} bundle verified, memory");
            tell(&name, (one.peak_mib, "MiB"));
        }
        tell("book of the site", (self.book / 1e6, "MB"));
        tell("memory, read to bundled", (self.import_mib, "MiB"));
        let name = format!("{} subjects: journal's bundle in a browser", self.subjects);
        self.checked.shown.tell(&name, None, figures);
    }

    fn bundles(&self) -> [(&'static str, One); 3] {
        [
            ("regulator's", self.checked.regulator),
            ("journal's", self.checked.journal),
            ("public", self.checked.public),
        ]
    }
}

/// The picture.
pub(super) fn picture(points: &[Point]) -> String {
    let curve = |name: &str, value: fn(&Point) -> f64| Curve {
        name: name.to_owned(),
        points: points
            .iter()
            .map(|point| (point.subjects, value(point)))
            .collect(),
    };
    let panel = |title: &str, curves: Vec<Curve>| Panel {
        title: title.to_owned(),
        across: "subjects".to_owned(),
        curves,
    };
    svg(&[
        panel(
            "Registered to bundled, s",
            vec![
                curve("all", |point| point.seconds),
                curve("consents and signatures", |point| {
                    point.conducted.consents + point.conducted.signatures
                }),
                curve("read and captured", |point| point.conducted.captures),
            ],
        ),
        panel(
            "Verified, s",
            vec![
                curve("everything", |point| point.checked.regulator.seconds),
                curve("journal's bundle", |point| point.checked.journal.seconds),
            ],
        ),
        panel(
            "Bundles, MB",
            vec![
                curve("regulator's", |point| point.checked.regulator.bytes / 1e6),
                curve("journal's", |point| point.checked.journal.bytes / 1e6),
                curve("public", |point| point.checked.public.bytes / 1e6),
            ],
        ),
        panel(
            "Memory, MiB",
            vec![
                curve("read to bundled", |point| point.import_mib),
                curve("verifier of everything", |point| {
                    point.checked.regulator.peak_mib
                }),
            ],
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::{super::browser::Shown, *};

    #[test]
    fn the_picture_shows_each_cost_at_each_number_of_subjects() {
        let point = |subjects: f64| {
            let one = One {
                bytes: subjects * 80_000.0,
                made: 1.0,
                seconds: subjects / 20.0,
                peak_mib: 90.0,
            };
            Point {
                subjects,
                conducted: Conducted {
                    consents: subjects / 5.0,
                    captures: subjects / 8.0,
                    ..Conducted::default()
                },
                checked: Checked {
                    regulator: one,
                    journal: one,
                    public: one,
                    shown: Shown::After(subjects / 100.0),
                },
                seconds: subjects,
                book: subjects * 1e6,
                import_mib: 200.0,
            }
        };
        let points = [16.0, 64.0, 256.0].map(point);
        assert_eq!(picture(&points).matches("<circle").count(), 3 * 10);
        let mut figures = Figures::default();
        points[2].tell(&mut figures);
        assert!(
            figures
                .table()
                .contains("256 subjects: values captured in a second")
        );
    }
}
