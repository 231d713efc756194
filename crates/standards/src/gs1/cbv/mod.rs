//! Words of the Core Business Vocabulary in their three spellings: bare, URN and web address.

mod word;

pub use word::{Vocabulary, from_any, to_bare, to_urn, to_web_uri};
