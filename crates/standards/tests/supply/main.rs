//! The synthetic supply: the same everywhere, valid, as frequent as it says, and consistent but for its frauds.

mod documents;
mod papers;
mod rates;
mod same;
mod scanners;
