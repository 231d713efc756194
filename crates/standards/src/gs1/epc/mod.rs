//! Electronic Product Codes: the same keys as URNs, in which the company prefix stands apart.
//!
//! ```text
//! urn:epc:id:sgtin:0614141.112345.400           one pack          (01)10614141123459(21)400
//! urn:epc:class:lgtin:0614141.112345.A1         a lot             (01)10614141123459(10)A1
//! urn:epc:idpat:sgtin:0614141.112345.*          a product         (01)10614141123459
//! ```
//!
//! A URN can be written only where the length of the company prefix is known; elements and web addresses do not show it, so it is
//! an argument. The rules are those of the GS1 EPC Tag Data Standard, chapter 6 and 7.

mod code;
mod escape;
mod fault;
mod prefix_length;
mod print;
mod read;
mod scheme;

pub use code::{Epc, Level};
pub use fault::EpcError;
pub use prefix_length::PrefixLength;
pub use scheme::Scheme;
