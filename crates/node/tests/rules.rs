//! A rule that is a contract, from its file to the patient's choice, on a network of four processes.

mod cluster;

use alloy_primitives::{Address, B256, Bytes, hex};
use alloy_sol_types::SolValue as _;
use cluster::Cluster;
use serde_json::Value;
use std::{path::Path, process::Command, sync::Arc};
use theriac_contracts::codes::{Kind, Kinds, Role};
use theriac_sdk::{
    Client, Error,
    account::{Account, Keystore, Password, Strength},
    directory::NewPerson,
    rules::Finding,
};

/// The organisation that the network is founded with, and everything.
const HOSPITAL: u32 = 1;

/// A patient with a chart at all members, and her keystore in a folder.
struct Patient {
    client: Client,
    chart: B256,
    folder: tempfile::TempDir,
    rpc: String,
}

impl Patient {
    async fn begin(cluster: &Cluster) -> Self {
        let account = Arc::new(Account::generate());
        let new = NewPerson {
            account: account.address(),
            role: Role::Patient,
            expiry: 0,
            name: "a patient",
            licence: None,
        };
        cluster.admin_client().enrol(new).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let password = folder.path().join("password");
        std::fs::write(&password, "correct horse\n").unwrap();
        let password = Password::from_file(&password).unwrap();
        Keystore::seal(&account, &password, Strength::Light)
            .write(&folder.path().join("patient.json"))
            .unwrap();
        let client = cluster.client_of(account.clone());
        let opened = client.open_chart(account.address()).await.unwrap();
        Self {
            client,
            chart: opened.chart,
            folder,
            rpc: cluster.rpc(0).to_owned(),
        }
    }

    /// Runs a command of the patient; exit code and the one JSON object that it prints.
    fn run(&self, arguments: &[&str]) -> (i32, Value) {
        let output = Command::new(env!("CARGO_BIN_EXE_theriac"))
            .current_dir(self.folder.path())
            .args(["--json", "--account", "patient.json", "--rpc", &self.rpc])
            .args(["--password-file", "password", "access", "rule"])
            .args(arguments)
            .output()
            .unwrap();
        let printed = [output.stdout, output.stderr].concat();
        let value = serde_json::from_slice(&printed);
        (
            output.status.code().unwrap(),
            value.expect("one JSON object"),
        )
    }

    /// Deploys an example by its file; its address.
    fn deploy(&self, name: &str, arguments: &[u8]) -> Address {
        let file = format!(
            "{}/../../solidity/rules/{name}.hex",
            env!("CARGO_MANIFEST_DIR")
        );
        assert!(Path::new(&file).exists());
        let arguments = hex::encode_prefixed(arguments);
        let (code, printed) = self.run(&["deploy", &file, "--arguments", &arguments]);
        assert_eq!(code, 0, "{printed}");
        serde_json::from_value(printed["contract"].clone()).unwrap()
    }
}

#[test]
fn a_patient_lets_a_contract_decide_after_she_was_told_what_it_can_do() {
    let mut cluster = Cluster::found();
    cluster.start_all();
    let patient = cluster.block_on(Patient::begin(&cluster));

    let everything = Kinds::ALL.0;
    let arguments = (vec![HOSPITAL], everything).abi_encode_params();
    let emergency = patient.deploy("EmergencyRole", &arguments);
    let (_, told) = patient.run(&["inspect", &emergency.to_string()]);
    assert_eq!(told["findings"], serde_json::json!(["fixed-storage"]));
    let twin = patient.deploy("NativeTwin", &[]);
    let (_, told) = patient.run(&["inspect", &twin.to_string()]);
    assert_eq!(told["findings"], serde_json::json!(["mutable-storage"]));

    let chart = patient.chart.to_string();
    let point = |contract: &str, kinds: &str| {
        patient.run(&[
            "point",
            "--chart",
            &chart,
            "--kinds",
            kinds,
            "--contract",
            contract,
            "--yes",
        ])
    };
    let (code, pointed) = point(&emergency.to_string(), "laboratory,imaging");
    assert_eq!(
        (code, &pointed["kinds"]),
        (0, &"laboratory, imaging".into()),
        "{pointed}"
    );
    let (_, listed) = patient.run(&["list", "--chart", &chart]);
    let pointers = listed["pointers"].as_array().unwrap();
    assert_eq!(pointers.len(), 2, "{listed}");
    let (code, _) = patient.run(&["point", "--chart", &chart, "--kinds", "imaging", "--native"]);
    assert_eq!(code, 0);
    cluster.block_on(only_laboratory_is_pointed(&patient, emergency));
    cluster.block_on(delegating_code_is_not_pointed_at(&patient));

    let (code, refused) = point(&Address::repeat_byte(7).to_string(), "summary");
    assert_eq!(
        (code, &refused["error"]["code"]),
        (3, &"RuleForbidden".into()),
        "{refused}"
    );
}

async fn only_laboratory_is_pointed(patient: &Patient, rule: Address) {
    let pointers = patient.client.rule_pointers(patient.chart).await.unwrap();
    assert_eq!(pointers.len(), Kind::ALL.len());
    for pointer in pointers {
        let is_laboratory = pointer.kind == Kind::Laboratory.code();
        let expected = if is_laboratory { rule } else { Address::ZERO };
        assert_eq!(pointer.rule, expected);
        assert_eq!(pointer.codeHash.is_zero(), !is_laboratory);
    }
}

/// Code that runs whatever another contract holds: PUSH0 four times, ADDRESS, GAS, DELEGATECALL.
async fn delegating_code_is_not_pointed_at(patient: &Patient) {
    let creation = hex!("60 07 80 60 09 5f 39 5f f3 5f 5f 5f 5f 30 5a f4");
    let client = &patient.client;
    let rule = client.deploy(Bytes::from(creation)).await.unwrap();
    let refused = client
        .point_rule(patient.chart, Kind::Summary.bit(), Some(rule))
        .await;
    assert!(matches!(
        refused,
        Err(Error::RuleForbidden(Finding::Delegates))
    ));
}
