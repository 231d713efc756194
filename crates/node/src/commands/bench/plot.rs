//! Curves over decades as an SVG picture: panels side by side, both axes logarithmic, each point labelled with its value.

use std::fmt::Write as _;

const WIDTH: f64 = 460.0;
const HEIGHT: f64 = 320.0;
const COLUMNS: usize = 2;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 40.0;
const TOP: f64 = 52.0;
const BOTTOM: f64 = 50.0;
/// Dark enough on white, and told apart by those who see red and green alike.
const COLOURS: [&str; 3] = ["#0b5394", "#b45f06", "#38761d"];

/// One set of curves.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    pub(super) title: String,
    /// What stands below the horizontal axis.
    pub(super) across: String,
    pub(super) curves: Vec<Curve>,
}

/// A curve: what it is, and its points from left to right, all above zero.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    pub(super) name: String,
    pub(super) points: Vec<(f64, f64)>,
}

/// Whole decades that hold all values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decades {
    first: i32,
    last: i32,
}

impl Decades {
    fn around(values: impl Iterator<Item = f64>) -> Self {
        let logarithms = values
            .filter(|value| *value > 0.0)
            .map(f64::log10)
            .collect::<Vec<_>>();
        let least = logarithms.iter().copied().fold(f64::INFINITY, f64::min);
        let most = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if !least.is_finite() {
            return Self { first: 0, last: 1 };
        }
        let first = (least + 1e-9).floor() as i32;
        let last = ((most - 1e-9).ceil() as i32).max(first + 1);
        Self { first, last }
    }

    /// From 0 at the first decade to 1 at the last.
    fn place(self, value: f64) -> f64 {
        (value.log10() - f64::from(self.first)) / f64::from(self.last - self.first)
    }
}

/// The picture of these panels.
pub(super) fn svg(panels: &[Panel]) -> String {
    let rows = panels.len().div_ceil(COLUMNS);
    let (width, height) = (WIDTH * COLUMNS as f64, HEIGHT * rows as f64);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    for (number, panel) in panels.iter().enumerate() {
        let (column, row) = (number % COLUMNS, number / COLUMNS);
        let (x, y) = (column as f64 * WIDTH, row as f64 * HEIGHT);
        push(
            &mut text,
            format_args!("<g transform=\"translate({x} {y})\">"),
        );
        draw(&mut text, panel);
        push(&mut text, format_args!("</g>"));
    }
    text.push_str("</svg>\n");
    text
}

fn draw(text: &mut String, panel: &Panel) {
    let points = || panel.curves.iter().flat_map(|curve| &curve.points);
    let across = Decades::around(points().map(|point| point.0));
    let up = Decades::around(points().map(|point| point.1));
    let title = escaped(&panel.title);
    push(
        text,
        format_args!(
            "<text x=\"{LEFT}\" y=\"18\" font-size=\"14\" font-weight=\"bold\" fill=\"#222222\">{title}</text>"
        ),
    );
    axes(text, across, up);
    let middle = LEFT + (WIDTH - LEFT - RIGHT) / 2.0;
    let (below, label) = (HEIGHT - 10.0, escaped(&panel.across));
    push(
        text,
        format_args!(
            "<text x=\"{middle}\" y=\"{below}\" text-anchor=\"middle\" fill=\"#222222\">{label}</text>"
        ),
    );
    let mut right = LEFT;
    for (curve, colour) in panel.curves.iter().zip(COLOURS.iter().cycle()) {
        let name = escaped(&curve.name);
        push(
            text,
            format_args!("<text x=\"{right:.0}\" y=\"38\" fill=\"{colour}\">{name}</text>"),
        );
        right += 7.0 * curve.name.chars().count() as f64 + 18.0;
        line(text, curve, (across, up), colour);
    }
}

fn axes(text: &mut String, across: Decades, up: Decades) {
    let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
    for decade in across.first..=across.last {
        let value = 10f64.powi(decade);
        let (x, label) = (x_of(across, value), shown(value));
        push(
            text,
            format_args!(
                "<path d=\"M{x:.1} {TOP}V{bottom}\" stroke=\"#d9d9d9\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#555555\">{label}</text>",
                bottom + 17.0
            ),
        );
    }
    for decade in up.first..=up.last {
        let value = 10f64.powi(decade);
        let (y, label) = (y_of(up, value), shown(value));
        push(
            text,
            format_args!(
                "<path d=\"M{LEFT} {y:.1}H{right}\" stroke=\"#d9d9d9\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#555555\">{label}</text>",
                LEFT - 8.0,
                y + 4.0
            ),
        );
    }
}

fn line(text: &mut String, curve: &Curve, (across, up): (Decades, Decades), colour: &str) {
    let mut path = String::new();
    let mut marks = String::new();
    let points: Vec<_> = curve
        .points
        .iter()
        .filter(|(x, y)| *x > 0.0 && *y > 0.0)
        .collect();
    for (number, (x, y)) in points.iter().enumerate() {
        // Labels at the ends stay within the axes.
        let anchor = match number {
            0 => "start",
            last if last + 1 == points.len() => "end",
            _ => "middle",
        };
        let (at, level, label) = (x_of(across, *x), y_of(up, *y), shown(*y));
        let verb = if path.is_empty() { 'M' } else { 'L' };
        write!(path, "{verb}{at:.1} {level:.1}").expect("writing to a string does not fail");
        let above = level - 9.0;
        push(
            &mut marks,
            format_args!(
                "<circle cx=\"{at:.1}\" cy=\"{level:.1}\" r=\"3.5\" fill=\"{colour}\"/><text x=\"{at:.1}\" y=\"{above:.1}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{label}</text>"
            ),
        );
    }
    push(
        text,
        format_args!("<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>"),
    );
    text.push_str(&marks);
}

fn x_of(across: Decades, value: f64) -> f64 {
    LEFT + across.place(value) * (WIDTH - LEFT - RIGHT)
}

fn y_of(up: Decades, value: f64) -> f64 {
    HEIGHT - BOTTOM - up.place(value) * (HEIGHT - TOP - BOTTOM)
}

/// Three digits that count, and commas between thousands.
fn shown(value: f64) -> String {
    let places = (2 - value.abs().log10().floor() as i32).max(0) as usize;
    let text = format!("{value:.places$}");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match part.trim_end_matches('0') {
        "" => grouped,
        part => format!("{grouped}.{part}"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn push(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("writing to a string does not fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decades_hold_all_values() {
        let around = |values: &[f64]| Decades::around(values.iter().copied());
        assert_eq!(around(&[10.0, 950.0]), Decades { first: 1, last: 3 });
        assert_eq!(
            around(&[0.02]),
            Decades {
                first: -2,
                last: -1
            }
        );
        assert_eq!(around(&[1e4, 1e6]), Decades { first: 4, last: 6 });
        assert_eq!(around(&[]), Decades { first: 0, last: 1 });
        assert_eq!(around(&[1e4, 1e6]).place(1e5), 0.5);
    }

    #[test]
    fn values_are_shown_with_three_digits() {
        let values = [1e6, 12_345.6, 3.14259, 0.02, 0.001_234];
        assert_eq!(
            values.map(shown),
            ["1,000,000", "12,346", "3.14", "0.02", "0.00123"]
        );
    }

    #[test]
    fn a_picture_has_each_point_of_each_curve_within_its_panel() {
        let curve = |name: &str, points: &[(f64, f64)]| Curve {
            name: name.to_owned(),
            points: points.to_vec(),
        };
        let panel = Panel {
            title: "Verify < 20 ms".to_owned(),
            across: "packs".to_owned(),
            curves: vec![
                curve("p50", &[(1e4, 1.5), (1e6, 2.5)]),
                curve("p99", &[(1e4, 3.0), (1e6, 12.0)]),
            ],
        };
        let text = svg(&[panel.clone(), panel]);
        assert_eq!(text.matches("<circle").count(), 8);
        assert!(text.contains("Verify &lt; 20 ms"));
        assert!(!text.contains("NaN") && !text.contains("inf"));
    }
}
