//! Screening of generated trials, honest and with planted fabrications.

mod detection;
mod honest;
mod pilot;
mod plots;
mod trial;
