//! What a wrap is bound to: opened under any other context, it does not open.

use super::WrapError;
use crate::ContentId;

const VERSION: u8 = 1;
const MAX_PURPOSE_BYTES: usize = 16;

/// A purpose of use: a code of HL7 PurposeOfUse such as `TREAT`, or none for a wrap without a grant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Purpose {
    code: [u8; MAX_PURPOSE_BYTES],
    length: u8,
}

impl Purpose {
    /// A purpose by its code.
    ///
    /// # Errors
    /// [`WrapError::BadPurpose`] unless the code is 1 to 16 capital ASCII letters or digits.
    pub fn new(code: &str) -> Result<Self, WrapError> {
        let is_code = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        if code.is_empty() || code.len() > MAX_PURPOSE_BYTES || !code.as_bytes().iter().all(is_code)
        {
            return Err(WrapError::BadPurpose);
        }
        let mut purpose = Self {
            code: [0; MAX_PURPOSE_BYTES],
            length: code.len() as u8,
        };
        purpose.code[..code.len()].copy_from_slice(code.as_bytes());
        Ok(purpose)
    }

    fn as_bytes(&self) -> &[u8] {
        &self.code[..usize::from(self.length)]
    }
}

/// The associated data of a wrap, but for the reader's key id, which [`wrap`](super::wrap) and
/// [`unwrap`](super::unwrap) take from the key itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrapContext {
    chain_id: u64,
    record: [u8; 32],
    record_version: u32,
    grant: [u8; 32],
    purpose: Purpose,
    expiry: u64,
}

impl WrapContext {
    /// What an author wraps to the controller of the chart: no grant, no purpose, no end.
    pub fn to_controller(chain_id: u64, record: [u8; 32], record_version: u32) -> Self {
        let (grant, purpose, expiry) = ([0; 32], Purpose::default(), 0);
        Self {
            chain_id,
            record,
            record_version,
            grant,
            purpose,
            expiry,
        }
    }

    /// What a controller wraps to the one-time key of a request: `grant` is the request's id, `expiry` unix seconds.
    ///
    /// # Errors
    /// [`WrapError::PurposeWithoutGrant`] where the grant is zero or the purpose is none.
    pub fn to_grantee(
        self,
        grant: [u8; 32],
        purpose: Purpose,
        expiry: u64,
    ) -> Result<Self, WrapError> {
        if grant == [0; 32] || purpose == Purpose::default() {
            return Err(WrapError::PurposeWithoutGrant);
        }
        Ok(Self {
            grant,
            purpose,
            expiry,
            ..self
        })
    }

    /// Version 1, chain id u64, record, record version u32, reader key id, grant, purpose length u8 and code,
    /// expiry u64; integers big-endian.
    pub fn encode(&self, reader: &ContentId) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        bytes.extend(self.chain_id.to_be_bytes());
        bytes.extend(self.record);
        bytes.extend(self.record_version.to_be_bytes());
        bytes.extend(reader.0);
        bytes.extend(self.grant);
        bytes.push(self.purpose.length);
        bytes.extend(self.purpose.as_bytes());
        bytes.extend(self.expiry.to_be_bytes());
        bytes
    }
}
