//! What a network of four processes refuses: each by a name of its own, and the ledger is as it was.

mod cluster;

use alloy_primitives::{B256, TxKind};
use alloy_sol_types::SolCall as _;
use cluster::Cluster;
use serde_json::{Value, json};
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::Arc,
    time::{Duration, Instant},
};
use theriac_contracts::{
    addresses::{DIRECTORY, RECORDS},
    codes::{Kind, Kinds, Protection, Purpose, RequestStatus, Role},
    interfaces::{IDirectory, IRecords},
};
use theriac_sdk::{
    Client, Error,
    access::{NewRequest, SignedApproval},
    account::{Account, Draft, Fees, RequestKeys},
    directory::NewPerson,
    records::NewRecord,
};

const DOCUMENT: &[u8] =
    br#"{"resourceType":"Observation","status":"final","valueString":"potassium 4.1"}"#;
/// How long the short grant lasts.
const SHORT_SECONDS: u64 = 12;
const PATIENCE: Duration = Duration::from_secs(60);

/// A person with a client at every member.
struct Person {
    account: Arc<Account>,
    client: Client,
}

struct Story {
    keys: RequestKeys,
    _folder: tempfile::TempDir,
    hospital: Client,
    patient: Person,
    reader: Person,
    chart: B256,
    record: B256,
    /// Two pending requests, and one whose grant ends soon.
    requests: [B256; 3],
    /// The patient's approval of the first request.
    approval: SignedApproval,
}

/// All that the refused would have changed.
#[derive(Debug, PartialEq, Eq)]
struct Witness {
    log: Vec<String>,
    requests: Vec<String>,
    records: usize,
    people: u64,
    nonces: Vec<Value>,
}

impl Story {
    async fn begin(cluster: &Cluster) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = RequestKeys::beside(&folder.path().join("reader.json"));
        let hospital = cluster.admin_client();
        let patient = enrolled(cluster, &hospital, Role::Patient).await;
        let reader = enrolled(cluster, &hospital, Role::Physician).await;
        let controller = patient.account.address();
        let chart = hospital.open_chart(controller).await.unwrap().chart;
        let new = NewRecord {
            chart,
            patient: Some(controller),
            kind: Kind::Laboratory,
            protection: Protection::Direct,
            document: DOCUMENT,
        };
        let record = hospital.add_record(new).await.unwrap().record;
        let mut requests = [B256::ZERO; 3];
        for (request, seconds) in requests.iter_mut().zip([3_600, 3_600, SHORT_SECONDS]) {
            let ask = NewRequest {
                chart,
                record: Some(record),
                purpose: Purpose::Treatment,
                kinds: Kinds::default(),
                reason: "second opinion",
                expiry: seconds_of(&reader.client).await + seconds,
            };
            let requested = reader.client.request_access(ask, &keys).await.unwrap();
            assert_eq!(requested.status, RequestStatus::Pending);
            *request = requested.request;
        }
        patient.client.approve(requests[2]).await.unwrap();
        let approval = patient.client.prepare_approval(requests[0]).await.unwrap();
        Self {
            keys,
            _folder: folder,
            hospital,
            patient,
            reader,
            chart,
            record,
            requests,
            approval,
        }
    }

    async fn witness(&self) -> Witness {
        let log = self.patient.client.chart_log(self.chart).await.unwrap();
        let mut requests = Vec::new();
        for request in self.requests {
            let request = self.patient.client.access_request(request).await.unwrap();
            requests.push(format!("{request:?}"));
        }
        let mut nonces = Vec::new();
        for person in [&self.patient, &self.reader] {
            let parameters = [json!(person.account.address()), json!("latest")];
            let nodes = person.client.nodes();
            nonces.push(
                nodes
                    .request("eth_getTransactionCount", &parameters)
                    .await
                    .unwrap(),
            );
        }
        let people = IDirectory::peopleCall {
            organisation: 1,
            from: 0,
            limit: 1,
        };
        let people = self.hospital.call(DIRECTORY, &people).await.unwrap().total;
        Witness {
            log: log.iter().map(|entry| format!("{entry:?}")).collect(),
            requests,
            records: self.patient.client.records(self.chart).await.unwrap().len(),
            people,
            nonces,
        }
    }

    /// Signs the setting of a key and gives it to a member that refuses it.
    async fn submit(&self, account: &Account, chain_id: u64, nonce: u64) -> Error {
        let key = B256::repeat_byte(7);
        let draft = Draft {
            chain_id,
            nonce,
            gas_limit: 300_000,
            to: TxKind::Call(DIRECTORY),
            input: IDirectory::setKeyCall { key }.abi_encode().into(),
        };
        let signed = account.sign_transaction(draft, Fees::Dynamic).unwrap();
        self.hospital.submit(&signed.raw).await.unwrap_err()
    }

    async fn until_expired(&self) {
        let begun = Instant::now();
        let end = self.patient.client.access_request(self.requests[2]).await;
        let end = end.unwrap().expiry;
        while seconds_of(&self.hospital).await <= end {
            assert!(begun.elapsed() < PATIENCE, "the chain's clock stands still");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

/// The chain's clock.
async fn seconds_of(client: &Client) -> u64 {
    client.head().await.unwrap().timestamp.to()
}

async fn enrolled(cluster: &Cluster, admin: &Client, role: Role) -> Person {
    let account = Arc::new(Account::generate());
    let new = NewPerson {
        account: account.address(),
        role,
        expiry: 0,
        name: "A. Person",
        licence: None,
    };
    admin.enrol(new).await.unwrap();
    let client = cluster.client_of(account.clone());
    client.publish_key().await.unwrap();
    Person { account, client }
}

/// Posts a body as it is; the status line and the name in the answer's error.
fn post(cluster: &Cluster, body: &[u8]) -> String {
    let authority = cluster.rpc(0).trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&authority).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let head = format!(
        "POST / HTTP/1.1\r\nhost: {authority}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The server may answer and close before it has read everything.
    let _ = stream.write_all(body);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    let (_, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    let json = &body[body.find('{').unwrap()..=body.rfind('}').unwrap()];
    let answer: Value = serde_json::from_str(json).unwrap();
    answer["error"]["data"]["name"].as_str().unwrap().to_owned()
}

fn name<T>(outcome: Result<T, Error>) -> String {
    let error = outcome.err().expect("it is refused");
    error
        .code()
        .unwrap_or_else(|| panic!("without a name: {error}"))
        .to_owned()
}

#[test]
fn each_bad_input_is_refused_by_name_and_the_ledger_is_as_it_was() {
    let mut cluster = Cluster::found();
    cluster.start_all();
    cluster.block_on(async {
        let story = Story::begin(&cluster).await;
        let (reader, keys) = (&story.reader.client, &story.keys);
        story.until_expired().await;
        let before = story.witness().await;
        let first = story.hospital.height().await.unwrap();

        let chain_id = story.hospital.chain_id().await.unwrap();
        let stranger = Account::generate();
        let doctor = &story.reader.account;
        let mut tampered = story.approval.clone();
        tampered.wrap = B256::repeat_byte(9);
        let mut replayed = story.approval.clone();
        replayed.request = story.requests[1];
        let truncated = NewRecord {
            chart: story.chart,
            patient: None,
            kind: Kind::Other,
            protection: Protection::Direct,
            document: br#"{"resourceType":"#,
        };
        let deep = format!(
            r#"{{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":{}{}}}"#,
            "[".repeat(1_000),
            "]".repeat(1_000)
        );
        let large = format!(
            r#"{{"jsonrpc":"2.0","id":1,"method":"web3_sha3","params":["0x{}"]}}"#,
            "00".repeat(16 << 20)
        );
        let refused = [
            (
                "NotEnrolled",
                name(Err::<(), _>(story.submit(&stranger, chain_id, 0).await)),
            ),
            (
                "WrongChain",
                name(Err::<(), _>(story.submit(doctor, chain_id + 1, 0).await)),
            ),
            (
                "NonceTooLow",
                name(Err::<(), _>(story.submit(doctor, chain_id, 0).await)),
            ),
            (
                "NotSignedByController",
                name(reader.relay_approval(&tampered).await),
            ),
            (
                "NotSignedByController",
                name(reader.relay_approval(&replayed).await),
            ),
            (
                "GrantExpired",
                name(reader.open(story.requests[2], story.record, keys).await),
            ),
            ("BodyTooLarge", post(&cluster, large.as_bytes())),
            ("JsonTooDeep", post(&cluster, deep.as_bytes())),
            (
                "DocumentNotJson",
                name(story.hospital.add_record(truncated).await),
            ),
            (
                "UnknownKind",
                name(story.hospital.send(RECORDS, &story.of_unknown_kind()).await),
            ),
        ];
        for (expected, got) in refused {
            assert_eq!(got, expected);
        }

        let last = story.two_more_blocks().await;
        for height in first + 1..=last {
            let parameters = [json!(format!("{height:#x}")), json!(false)];
            let nodes = story.hospital.nodes();
            let block: Value = nodes
                .request("eth_getBlockByNumber", &parameters)
                .await
                .unwrap();
            assert_eq!(block["transactions"], json!([]), "block {height}");
        }
        assert_eq!(story.witness().await, before);

        // Sent all the same, it is in a block as one that failed, and only the sender's nonce was used.
        assert!(!story.force(&story.hospital, &story.of_unknown_kind()).await);
        assert_eq!(story.witness().await, before);

        // The same approval, untouched, still counts: nothing of it was used up.
        reader.relay_approval(&story.approval).await.unwrap();
        assert!(
            reader
                .open(story.requests[0], story.record, keys)
                .await
                .is_ok()
        );
    });
}

impl Story {
    /// A registration that is well formed but for its kind.
    fn of_unknown_kind(&self) -> IRecords::registerCall {
        IRecords::registerCall {
            record: B256::repeat_byte(7),
            chart: self.chart,
            commitment: B256::repeat_byte(7),
            contentId: B256::repeat_byte(7),
            wrapId: B256::repeat_byte(7),
            kind: 200,
            protection: 1,
        }
    }

    /// Sends without asking whether it would succeed; whether it did.
    async fn force(&self, client: &Client, call: &IRecords::registerCall) -> bool {
        let account = client.account().unwrap();
        let parameters = [json!(account.address()), json!("latest")];
        let nonce: alloy_primitives::U64 = client
            .nodes()
            .request("eth_getTransactionCount", &parameters)
            .await
            .unwrap();
        let draft = Draft {
            chain_id: client.chain_id().await.unwrap(),
            nonce: nonce.to(),
            gas_limit: 300_000,
            to: TxKind::Call(RECORDS),
            input: call.abi_encode().into(),
        };
        let signed = account.sign_transaction(draft, Fees::Dynamic).unwrap();
        let hash = client.submit(&signed.raw).await.unwrap();
        client.finality(hash).await.unwrap().status()
    }

    async fn two_more_blocks(&self) -> u64 {
        let begun = Instant::now();
        let first = self.hospital.height().await.unwrap();
        loop {
            let height = self.hospital.height().await.unwrap();
            if height >= first + 2 {
                return height;
            }
            assert!(begun.elapsed() < PATIENCE, "no block became final");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}
