//! People and organisations.

mod end;
mod enrol;
mod publish_key;
mod read;

pub use enrol::{Enrolment, NewPerson, Opening};
pub use read::{Organisation, Parameters, Person, Standing, Validator};
