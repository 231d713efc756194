//! Screening of generated trials, honest and with planted fabrications.

mod detection;
mod honest;
mod plots;
mod trial;
