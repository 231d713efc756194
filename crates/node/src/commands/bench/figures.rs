//! Figures of a bench, each beside the bar that it must hold.

use serde::Serialize;
use std::collections::BTreeMap;

/// One figure. Without a bar it is for information and always holds.
#[derive(Debug, Serialize)]
struct Figure {
    value: f64,
    unit: &'static str,
    bar: Option<String>,
    held: bool,
}

/// Metric -> figure.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Figures(BTreeMap<String, Figure>);

impl Figures {
    /// A figure for information.
    pub(super) fn tell(&mut self, metric: &str, (value, unit): (f64, &'static str)) {
        self.insert(metric, (value, unit), None, true);
    }

    /// A figure that must not be above `bar`.
    pub(super) fn at_most(&mut self, metric: &str, (value, unit): (f64, &'static str), bar: f64) {
        self.insert(
            metric,
            (value, unit),
            Some(format!("<= {bar}")),
            value <= bar,
        );
    }

    /// A figure that must not be below `bar`.
    pub(super) fn at_least(&mut self, metric: &str, (value, unit): (f64, &'static str), bar: f64) {
        self.insert(
            metric,
            (value, unit),
            Some(format!(">= {bar}")),
            value >= bar,
        );
    }

    /// Three places behind the point are kept; what could not be computed is zero and does not hold.
    fn insert(
        &mut self,
        metric: &str,
        (value, unit): (f64, &'static str),
        bar: Option<String>,
        held: bool,
    ) {
        let held = held && value.is_finite();
        let value = if value.is_finite() {
            (value * 1_000.0).round() / 1_000.0
        } else {
            0.0
        };
        self.0.insert(
            metric.to_owned(),
            Figure {
                value,
                unit,
                bar,
                held,
            },
        );
    }

    /// A table for people.
    pub(super) fn table(&self) -> String {
        let width = self
            .0
            .keys()
            .map(|metric| metric.chars().count())
            .max()
            .unwrap_or(0);
        let line = |(metric, figure): (&String, &Figure)| {
            let bar = match (&figure.bar, figure.held) {
                (None, _) => String::new(),
                (Some(bar), true) => format!("{bar}, held"),
                (Some(bar), false) => format!("{bar}, NOT HELD"),
            };
            let text = format!(
                "{metric:width$}  {:>12.3} {:<8} {bar}",
                figure.value, figure.unit
            );
            text.trim_end().to_owned()
        };
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_holds_its_bar_or_says_that_it_does_not() {
        let mut figures = Figures::default();
        figures.at_least("throughput", (999.0, "tx/s"), 1_000.0);
        figures.at_most("p50", (150.0, "ms"), 150.0);
        figures.at_most("p99", (f64::NAN, "ms"), 500.0);
        figures.tell("blocks", (7.0, ""));
        let held = |metric: &str| figures.0[metric].held;
        assert_eq!(
            ["throughput", "p50", "p99", "blocks"].map(held),
            [false, true, false, true]
        );
        let json = serde_json::to_value(&figures).unwrap();
        assert_eq!(json["throughput"]["bar"], ">= 1000");
        assert_eq!(json["blocks"]["bar"], serde_json::Value::Null);
        assert!(
            figures
                .table()
                .contains("999.000 tx/s     >= 1000, NOT HELD")
        );
    }
}
