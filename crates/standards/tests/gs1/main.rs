//! GS1 against the standard's own files and the vectors of other implementations.

mod ai_parser;
mod datamatrix;
mod dictionary;
mod digital_link;
mod digital_link_compressed;
mod digital_link_library;
mod element_strings;
mod epc;
mod keyboards;
mod keys;
mod linters;
mod pack_label;
mod random;
mod repair;
mod serial_generator;
mod support;
mod syntax_engine;
mod translator;
