//! A person's or an organisation's account: its key, the file that keeps it, and what it signs.

mod key;
mod keystore;
mod login;
mod password;
mod private_file;
mod request_keys;
mod signer;
mod transaction;

pub use key::Account;
pub use keystore::{Keystore, KeystoreError, Strength};
pub use login::{LoginRefusal, sign_login};
pub use password::{Password, PasswordError};
pub use request_keys::{OneTimeKey, RequestKeyError, RequestKeys};
pub use signer::signer_of;
pub use transaction::{Draft, Fees, SignedTransaction};

pub(crate) use private_file::write_private;
