//! Reports of exceptions between trading partners under the DSCSA, in the messages of the Partnership for DSCSA Governance.
//!
//! A buyer reports what does not agree: data without product, product without data, wrong data, too much, too little, wrong
//! master data. The seller answers item by item. A later report of the same case says whether it is resolved.
//!
//! Members that the schema does not name are refused rather than dropped, since what they say might matter.

mod check;
mod maybe;
mod message;
mod report;
mod response;

pub use check::{Defect, check_report, check_response};
pub use maybe::Maybe;
pub use message::{
    Contact, ExceptionError, MAX_MESSAGE_BYTES, Resolution, read_report, read_response, write,
};
pub use report::{
    CountError, DataMisalignment, ExceptionReport, Exceptions, GlnError, GtinError,
    MasterDataErrors, MissingProduct, MissingProductData, ObservationSource,
};
pub use response::{
    AlternativeResolution, ExceptionResponse, FollowUp, ResolutionResponse, ResponseItem,
};
