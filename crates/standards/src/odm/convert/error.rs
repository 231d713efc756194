//! Why a file could not be converted.

use crate::odm::{
    dialect::Dialect,
    error::{OdmError, WriteError},
};
use thiserror::Error;

/// Why a file could not be converted.
#[derive(Debug, Error)]
pub enum ConvertError {
    /// The file was refused.
    #[error(transparent)]
    Read(#[from] OdmError),
    /// The result could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// There is nothing to convert from this standard to that version.
    #[error("got {0}, expected the other version of ODM")]
    Dialect(Dialect),
}
