//! GS1 against the standard's own files and the vectors of other implementations.

mod dictionary;
mod linters;
mod support;
