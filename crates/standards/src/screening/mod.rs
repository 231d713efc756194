//! Statistical screening of trial data: where to look, never what to conclude.
//!
//! Each test compares a site with the rest of the study. All p-values of a report are adjusted together (Benjamini-Hochberg); a *lead* needs
//! both a small adjusted value and an effect that matters. Sites with fewer than ten subjects are not tested: they only count among the rest.
//! Honest reasons, such as another device or another population, make leads too.
//!
//! Results are the same from run to run and from machine to machine: the order is fixed, and logarithms and the like are those of `libm`, in
//! Rust alone.

mod adjust;
mod baseline;
mod canonical;
mod corrections;
mod data;
mod duplicate_rows;
mod duplicates;
mod inliers;
mod lateness;
mod plot;
mod report;
mod screen;
mod sites;
mod speed;
pub mod statistics;
mod svg;
mod terminal_digit;
mod variance;
mod weekdays;

pub use baseline::baseline;
pub use data::{BaselineGroup, BaselineVariable, Correction, Data, Direction, Entry, Limits};
pub use plot::{digits_svg, findings_svg};
pub use report::{Effect, Finding, Parameters, Report, Test};
pub use screen::{ScreeningError, screen};
