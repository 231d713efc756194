//! A node on loopback: JSON-RPC and vault over HTTP/1.1, with faults on demand.

use super::ledger::{CHAIN_ID, Ledger, Wrong};
use alloy_primitives::{Address, B256, Bytes, Signature, U64, eip191_hash_message};
use alloy_sol_types::SolCall;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};
use theriac_contracts::{
    Refusal,
    interfaces::{IDirectory::personCall, IMembers::proposalCall},
};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What is wrong with a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// Serves blobs with one byte changed.
    AltersBlobs,
    /// Has no blobs.
    LosesBlobs,
    /// Sends a challenge that names another node.
    ForeignChallenge,
    /// Answers for a person with one bit of the last word of the key changed.
    LiesAboutPeople,
    /// Tells one vote more or less for a proposal than there are.
    LiesAboutVotes,
    /// Shows other code than the ledger has.
    LiesAboutCode,
    /// Has an older block the next times it is asked for its height, and refuses calls as if a party had not joined yet.
    Behind,
    /// Takes transactions, and breaks the connection instead of answering.
    BreaksOffAfterSubmit,
    /// Breaks the connection where it is given a transaction.
    TakesNothing,
    /// Refuses a query of logs that matches more than four.
    TellsLittle,
    /// Breaks every connection.
    Away,
}

pub(crate) struct Node {
    pub(crate) address: String,
    pub(crate) state: Arc<State>,
}

pub(crate) struct State {
    pub(crate) ledger: Arc<Mutex<Ledger>>,
    pub(crate) fault: Mutex<Fault>,
    pub(crate) tokens: Mutex<HashMap<String, Address>>,
    pub(crate) logins: AtomicU64,
    /// How often a node that is behind is still asked for its height before it has caught up.
    pub(crate) behind: AtomicU64,
    authority: String,
    asks_login: bool,
}

impl Node {
    /// Starts a node over this ledger, which asks for logins.
    pub(crate) async fn start(ledger: &Arc<Mutex<Ledger>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let authority = listener.local_addr().unwrap().to_string();
        let state = Arc::new(State {
            ledger: ledger.clone(),
            fault: Mutex::new(Fault::None),
            tokens: Mutex::default(),
            logins: AtomicU64::new(0),
            behind: AtomicU64::new(0),
            authority: authority.clone(),
            asks_login: true,
        });
        tokio::spawn(accept(listener, state.clone()));
        Self {
            address: format!("http://{authority}"),
            state,
        }
    }

    pub(crate) fn set(&self, fault: Fault) {
        *self.state.fault.lock().unwrap() = fault;
    }

    /// Ends all sessions.
    pub(crate) fn forget_tokens(&self) {
        self.state.tokens.lock().unwrap().clear();
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    while let Ok((stream, _)) = listener.accept().await {
        let state = state.clone();
        tokio::spawn(async move {
            // A client that goes away ends its connection.
            let _ = serve(stream, &state).await;
        });
    }
}

struct Request {
    method: String,
    path: String,
    token: Option<String>,
    body: Vec<u8>,
}

async fn serve(stream: TcpStream, state: &State) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    while let Some(request) = read(&mut stream).await? {
        let (status, body) = match request.path.strip_prefix("/vault/0x") {
            Some(id) => state.vault(&request, id),
            None => match state.rpc(&request) {
                Some(answer) => answer,
                None => return Ok(()),
            },
        };
        let head = format!(
            "HTTP/1.1 {status} -\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(&[head.as_bytes(), &body].concat()).await?;
    }
    Ok(())
}

async fn read(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<Request>> {
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let (mut length, mut is_chunked, mut token) = (0, false, None);
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).await?;
        let Some((name, value)) = header.trim_end().split_once(':') else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().unwrap(),
            "transfer-encoding" => is_chunked = value.trim() == "chunked",
            "authorization" => token = value.trim().strip_prefix("Bearer ").map(str::to_owned),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    if is_chunked {
        body = chunks(stream).await?;
    }
    Ok(Some(Request {
        method,
        path,
        token,
        body,
    }))
}

/// A body in chunks (RFC 9112, section 7.1), without trailers.
async fn chunks(stream: &mut BufReader<TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        let length = usize::from_str_radix(line.trim_end(), 16).expect("a chunk's length");
        let mut chunk = vec![0; length + 2];
        stream.read_exact(&mut chunk).await?;
        if length == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&chunk[..length]);
    }
}

impl State {
    fn fault(&self) -> Fault {
        *self.fault.lock().unwrap()
    }

    /// Who asks: `Ok(None)` without a token, an error for one that is unknown.
    fn caller(&self, request: &Request) -> Result<Option<Address>, ()> {
        let Some(token) = &request.token else {
            return Ok(None);
        };
        self.tokens
            .lock()
            .unwrap()
            .get(token)
            .copied()
            .map(Some)
            .ok_or(())
    }

    fn vault(&self, request: &Request, id: &str) -> (u16, Vec<u8>) {
        if !matches!(self.caller(request), Ok(Some(_))) {
            return (401, Vec::new());
        }
        let blobs = &mut self.ledger.lock().unwrap().blobs;
        if request.method == "PUT" {
            blobs.insert(id.to_owned(), request.body.clone());
            return (201, Vec::new());
        }
        if request.method == "HEAD" {
            return (if blobs.contains_key(id) { 200 } else { 404 }, Vec::new());
        }
        match (blobs.get(id), self.fault()) {
            (None, _) | (_, Fault::LosesBlobs) => (404, Vec::new()),
            (Some(blob), Fault::AltersBlobs) => {
                let mut blob = blob.clone();
                blob[0] ^= 1;
                (200, blob)
            }
            (Some(blob), _) => (200, blob.clone()),
        }
    }

    /// `None` breaks the connection.
    fn rpc(&self, request: &Request) -> Option<(u16, Vec<u8>)> {
        if self.fault() == Fault::Away {
            return None;
        }
        let Ok(caller) = self.caller(request) else {
            return Some((401, Vec::new()));
        };
        let call: Value = serde_json::from_slice(&request.body).unwrap();
        if call["method"] == "eth_sendRawTransaction" && self.fault() == Fault::TakesNothing {
            return None;
        }
        let answer = match call.as_array() {
            Some(calls) => calls.iter().map(|call| self.answer(caller, call)).collect(),
            None => self.answer(caller, &call),
        };
        let breaks_off = call["method"] == "eth_sendRawTransaction"
            && self.fault() == Fault::BreaksOffAfterSubmit;
        (!breaks_off).then(|| (200, answer.to_string().into_bytes()))
    }

    fn answer(&self, caller: Option<Address>, call: &Value) -> Value {
        match self.method(caller, call["method"].as_str().unwrap(), &call["params"]) {
            Ok(result) => json!({ "jsonrpc": "2.0", "id": call["id"], "result": result }),
            Err((code, message, data)) => {
                json!({ "jsonrpc": "2.0", "id": call["id"], "error": { "code": code, "message": message, "data": data } })
            }
        }
    }

    fn method(
        &self,
        caller: Option<Address>,
        method: &str,
        params: &Value,
    ) -> Result<Value, Wrong> {
        let mut ledger = self.ledger.lock().unwrap();
        match method {
            "eth_chainId" => return Ok(json!(U64::from(CHAIN_ID))),
            "eth_blockNumber" => {
                return Ok(json!(U64::from(ledger.host.height - self.lag())));
            }
            "theriac_status" => {
                let height = U64::from(ledger.host.height);
                return Ok(
                    json!({ "chainId": U64::from(CHAIN_ID), "height": height, "clientVersion": "test", "syncing": false, "groupKey": ledger.keepers.group_key() }),
                );
            }
            "theriac_challenge" => return Ok(json!({ "message": self.challenge(&params[0]) })),
            "theriac_login" => return self.login(&mut ledger, params),
            _ if self.asks_login && caller.is_none() => {
                return Err((
                    -32041,
                    "this needs a token".to_owned(),
                    json!({ "name": "LoginRequired" }),
                ));
            }
            _ => {}
        }
        let from = caller.unwrap_or_default();
        match method {
            "eth_call" if self.fault() == Fault::Behind => {
                let refusal = Bytes::from(Refusal::NotAParty.selector().to_vec());
                Err((3, "execution reverted".to_owned(), json!(refusal)))
            }
            "eth_call" => {
                let mut data = ledger.call(from, &params[0])?.to_vec();
                let input = params[0]["input"].as_str().unwrap_or_default();
                let asks = |selector: [u8; 4]| {
                    input.starts_with(&alloy_primitives::hex::encode_prefixed(selector))
                };
                if asks(personCall::SELECTOR) && self.fault() == Fault::LiesAboutPeople {
                    // Words of a Person: account, organisation, role, status, expiry, two times, key, ...
                    data[7 * 32] ^= 1;
                }
                if asks(proposalCall::SELECTOR) && self.fault() == Fault::LiesAboutVotes {
                    // Words of the answer: offset, then number, kind, status, refusal, organisation, by, two times, height, yes.
                    data[10 * 32 + 31] ^= 1;
                }
                Ok(json!(Bytes::from(data)))
            }
            "eth_estimateGas" => ledger.call(from, &params[0]).map(|_| json!("0x15f90")),
            "eth_getTransactionCount" => Ok(json!(U64::from(
                ledger.nonces.get(&from).copied().unwrap_or_default()
            ))),
            "eth_sendRawTransaction" => {
                let raw: Bytes = serde_json::from_value(params[0].clone()).unwrap();
                ledger.submit(&raw).map(|hash| json!(hash))
            }
            "eth_getTransactionReceipt" => {
                let hash: B256 = serde_json::from_value(params[0].clone()).unwrap();
                Ok(ledger.receipts.get(&hash).cloned().unwrap_or_default())
            }
            "theriac_openSeals" => {
                let Ledger { keepers, host, .. } = &mut *ledger;
                Ok(keepers.open(host, &params[0]))
            }
            "theriac_getEpoch" => Ok(ledger.keepers.epoch(&params[0])),
            "theriac_getEvidence" => {
                let certify = ledger.evidence.as_ref().expect("the test certifies");
                Ok(certify(&ledger, &params[0]))
            }
            "eth_getCode" => {
                let account: Address = serde_json::from_value(params[0].clone()).unwrap();
                let mut code = ledger.codes.get(&account).cloned().unwrap_or_default();
                if self.fault() == Fault::LiesAboutCode {
                    code = Bytes::from_static(&[0x5f, 0x5f, 0xf3]);
                }
                Ok(json!(code))
            }
            "eth_getLogs" => match ledger.logs(&params[0]) {
                logs if logs.len() > 4 && self.fault() == Fault::TellsLittle => {
                    Err((-32_005, "too many logs".to_owned(), Value::Null))
                }
                logs => Ok(json!(logs)),
            },
            "eth_getBlockByNumber" => {
                let height = ledger.host.height;
                let time = U64::from(ledger.host.time_ms / 1_000);
                let (number, hash) = (U64::from(height), Ledger::block_hash(height));
                Ok(json!({ "number": number, "hash": hash, "timestamp": time }))
            }
            "debug_getRawHeader" => {
                let height: U64 = serde_json::from_value(params[0].clone()).unwrap();
                let header = Ledger::header(height.to());
                Ok(json!(Bytes::from(alloy_rlp::encode(&header))))
            }
            other => Err((-32601, format!("{other} is not served"), Value::Null)),
        }
    }

    /// How many blocks this node is behind.
    fn lag(&self) -> u64 {
        if self.fault() != Fault::Behind {
            return 0;
        }
        if self.behind.fetch_sub(1, Ordering::Relaxed) == 1 {
            *self.fault.lock().unwrap() = Fault::None;
        }
        1
    }

    fn challenge(&self, address: &Value) -> String {
        let address: Address = serde_json::from_value(address.clone()).unwrap();
        let authority = match self.fault() {
            Fault::ForeignChallenge => "another.example:8545",
            _ => &self.authority,
        };
        format!(
            "{authority} wants you to sign in with your Ethereum account:\n{address}\n\nLog in.\n\nURI: http://{authority}/\n\
             Version: 1\nChain ID: {CHAIN_ID}\nNonce: 0123456789\nIssued At: 2026-01-01T00:00:00Z"
        )
    }

    fn login(&self, ledger: &mut Ledger, params: &Value) -> Result<Value, Wrong> {
        let signature: Bytes = serde_json::from_value(params[1].clone()).unwrap();
        let digest = eip191_hash_message(params[0].as_str().unwrap());
        let signature = Signature::from_raw(&signature).unwrap();
        let account =
            alloy_consensus::crypto::secp256k1::recover_signer(&signature, digest).unwrap();
        if !ledger.is_enrolled(account) {
            return Err((
                -32043,
                "not enrolled".to_owned(),
                json!({ "name": "NotEnrolled" }),
            ));
        }
        let token = format!("token-{}", self.logins.fetch_add(1, Ordering::Relaxed));
        self.tokens.lock().unwrap().insert(token.clone(), account);
        Ok(json!({ "token": token, "account": account }))
    }
}
