//! Every refusal of the server, in one table: name, JSON-RPC code, HTTP status and message.

use std::fmt::Write;

/// Declares the refusals. Codes follow EIP-1474 where it has one, else -32040 and below.
macro_rules! refusals {
    ($($name:ident = $code:literal, $status:literal, $message:literal;)+) => {
        /// A rule of the server said no. `error.data.name` carries the name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Refusal { $(#[doc = $message] $name,)+ }

        impl Refusal {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }

            /// The JSON-RPC error code.
            pub const fn code(self) -> i32 {
                match self { $(Self::$name => $code,)+ }
            }

            /// The HTTP status, where the refusal is of a whole HTTP request.
            pub const fn http_status(self) -> u16 {
                match self { $(Self::$name => $status,)+ }
            }

            /// What is so, and what to do.
            pub const fn message(self) -> &'static str {
                match self { $(Self::$name => $message,)+ }
            }
        }
    };
}

refusals! {
    // The door.
    OriginNotAllowed = -32040, 403, "pages of this origin may not call this node: its operator lists origins";
    RouteUnknown = -32040, 404, "no such route: JSON-RPC is at /, blobs are at /vault/{id}";
    BodyTooLarge = -32007, 413, "the request is larger than this node takes";
    NotARequest = -32600, 400, "this JSON is not a JSON-RPC request";
    BlobIdMalformed = -32040, 400, "a content id is 0x and 64 hexadecimal digits";
    BlobTooLarge = -32040, 413, "the blob is larger than this node takes";
    // Who asks.
    LoginRequired = -32041, 401, "this needs a token: theriac_challenge, then theriac_login";
    TokenUnknown = -32042, 401, "the token is unknown or has expired: log in again";
    NotEnrolled = -32043, 403, "the account is not enrolled, or no longer: ask an organisation";
    // Logging in.
    ChallengeUnknown = -32044, 401, "the message is not a challenge of this node for this account: ask for a new one";
    ChallengeExpired = -32045, 401, "the challenge has expired: ask for a new one";
    ChallengeUsed = -32046, 401, "the challenge was answered before: ask for a new one";
    SignatureWrong = -32047, 401, "the signature is not the account's over exactly this message";
    // What is asked.
    JsonTooDeep = -32048, 400, "the parameters are nested too deeply";
    NotYourAccount = -32049, 403, "an account's state is for itself; contracts are open";
    FromIsNotYou = -32050, 403, "calls are made as the account that logged in: leave out from, or log in as it";
    StorageNotPublic = -32051, 403, "storage of charts is not read by slot: use the contracts' views or theriac_getProof";
    OverridesNotServed = -32602, 400, "state and block overrides are not served";
    SubscriptionUnknown = -32602, 400, "subscriptions are newHeads, logs and newPendingTransactions";
    SubscriptionNeedsWebSocket = -32601, 400, "subscriptions need a WebSocket connection";
    // What is there.
    BlockUnknown = -32001, 404, "block not found";
    NotFound = -32001, 404, "not found, or not for this account";
    StateNotKept = -32001, 404, "state is kept for the latest block only: ask for latest";
    FilterUnknown = -32000, 404, "filter not found";
    // How much.
    RateExceeded = -32005, 429, "too many requests: wait a moment";
    RangeTooWide = -32005, 400, "the block range is too wide: split it";
    TooManyLogs = -32005, 400, "the query matches too many logs: narrow it or split the range";
    TooManyFilters = -32005, 429, "the account has too many filters: uninstall some, or subscribe";
    TookTooLong = -32002, 504, "the call took too long: ask for less";
}

/// The table as Markdown, for the documentation.
pub fn refusal_table() -> String {
    let mut text = String::from("| Name | Code | HTTP | What it says |\n|---|---|---|---|\n");
    for refusal in Refusal::ALL {
        let (name, code) = (refusal.name(), refusal.code());
        let (status, message) = (refusal.http_status(), refusal.message());
        writeln!(text, "| `{name}` | {code} | {status} | {message} |")
            .expect("writing to a string does not fail");
    }
    text
}
