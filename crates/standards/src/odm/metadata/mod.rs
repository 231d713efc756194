//! What a study asks for: events, forms, groups, items and code lists, by their OIDs.

mod code_list;
mod item;
mod people;
mod range;
mod structure;
mod study;
mod version;

pub use code_list::CodeList;
pub use item::ItemDef;
pub use people::{Location, SignatureDef, User};
pub use range::{Comparator, RangeCheck};
pub use structure::{EventDef, FormDef, GroupDef, Reference};
pub use study::Study;
pub use version::Metadata;
