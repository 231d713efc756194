//! Packs at the command line against a network of four processes: from the maker over a wholesaler to a pharmacy, with a copy, a theft, a
//! recall, a guess that is struck, and a process that dies.

mod cluster;

use cluster::{
    Cluster,
    desk::{Desk, admin, person, receive, ship, text},
};
use serde_json::Value;
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};
use theriac_contracts::packs::nullifier;
use theriac_gateway::packs::label::Label;

const MEMBERS: [&str; 5] = [
    "Maker:manufacturer",
    "Wholesaler:wholesaler",
    "Pharmacy:pharmacy",
    "Chemist:pharmacy",
    "Authority:regulator",
];
const GTIN: &str = "04012345123456";
const PALLET: &str = "340123450000000017";
const STOLEN: &str = "340123450000000024";

struct Supply {
    maker: Desk,
    wholesaler: Desk,
    pharmacy: Desk,
    chemist: Desk,
    authority: Desk,
}

impl Supply {
    fn begin(cluster: &Cluster) -> Self {
        let supply = Self {
            maker: admin(cluster, 1),
            wholesaler: admin(cluster, 2),
            pharmacy: person(cluster, 3, "pharmacist"),
            chemist: person(cluster, 4, "pharmacist"),
            authority: admin(cluster, 5),
        };
        supply.maker.json(&format!("pack product {GTIN} --claim"));
        let partners = [
            (&supply.maker, "4012345000009"),
            (&supply.wholesaler, "4012345000016"),
            (&supply.pharmacy, "4012345000023"),
            (&supply.chemist, "4012345000030"),
        ];
        for (desk, gln) in partners {
            desk.json(&format!("pack card --out card.json --gln {gln}"));
        }
        let line = format!("pack commission --gtin {GTIN} --lot L7 --expiry 751100 --count 60");
        assert_eq!(supply.maker.json(&line)["packs"], 60);
        supply
    }

    /// Twenty packs go to the wholesaler, ten of these to the pharmacy.
    fn deliver(&self) {
        let which = format!("--lot L7 --count 20 --into {PALLET}");
        let package = ship(&self.maker, &self.wholesaler, (&which, "first"));
        let receipt = receive(&self.wholesaler, &package);
        assert_eq!(
            (&receipt["packs"], &receipt["units"][0]),
            (&20.into(), &PALLET.into())
        );
        assert_eq!(receipt["exceptions"], serde_json::json!([]));
        let package = ship(
            &self.wholesaler,
            &self.pharmacy,
            ("--lot L7 --count 10", "second"),
        );
        let receipt = receive(&self.pharmacy, &package);
        assert_eq!(
            (&receipt["packs"], &receipt["exceptions"]),
            (&10.into(), &serde_json::json!([]))
        );
        assert_eq!(self.pharmacy.json("pack unpack --all")["keys"], 10);
    }

    fn dispense_once(&self, scan: &str) {
        self.pharmacy.is_fit(scan);
        let dispense = format!("pack dispense '{scan}'");
        assert_eq!(self.pharmacy.json(&dispense)["dispensed"], true);
        assert_eq!(self.pharmacy.refused(&dispense), "AlreadyDispensed");
        assert_eq!(self.chemist.refused(&dispense), "CloneAlarm");
        self.pharmacy.json(&format!("pack undo '{scan}'"));
        self.pharmacy.is_fit(scan);
        assert_eq!(self.pharmacy.json(&dispense)["dispensed"], true);
    }

    /// A pallet is stolen on its way to the chemist; its papers come all the same.
    fn steal_a_pallet(&self) {
        let which = format!("--lot L7 --count 8 --into {STOLEN}");
        let package = ship(&self.maker, &self.chemist, (&which, "stolen"));
        self.maker
            .json(&format!("pack flag --sscc {STOLEN} --as stolen"));
        let receipt = receive(&self.chemist, &package);
        let exceptions = receipt["exceptions"].as_array().expect("exceptions");
        assert_eq!(exceptions.len(), 8);
        let watched = self.chemist.json("pack watch");
        let pulled = watched["alarms"][0]["packs"].as_array().expect("packs");
        assert_eq!(pulled.len(), 8);
        let scan = text(&pulled[0]);
        assert_eq!(self.chemist.causes(&scan), ["Flagged"]);
        let refused = self.chemist.refused(&format!("pack dispense '{scan}'"));
        assert_eq!(refused, "NotFit");
    }

    fn recall_and_clear(&self) {
        let raised = self.maker.json("pack recall --lot L7 --class 1");
        let watched = self.pharmacy.json("pack watch");
        assert_eq!(watched["alarms"][0]["kind"], "recall-class-1");
        let scan = &self.pharmacy.scans()[0];
        assert_eq!(self.pharmacy.causes(scan), ["Flagged"]);
        self.maker
            .json(&format!("pack clear {}", raised["flags"][0]["number"]));
        self.pharmacy.is_fit(scan);
    }

    /// The chemist saw a box in the pharmacy and enters its exit past the program's rules.
    fn strike_a_guess(&self, cluster: &Cluster) {
        let scan = &self.pharmacy.scans()[1];
        let tag = Label::scan(scan).expect("a scan").label.tag();
        cluster.block_on(async {
            let client = self.chemist.client();
            let nullifier = nullifier(client.chain_id().await.expect("it answers"), tag);
            let guess = client
                .dispense_packs(vec![nullifier], vec![Default::default()])
                .await;
            guess.expect("the ledger cannot know");
        });
        assert_eq!(self.pharmacy.causes(scan), ["LeftElsewhere"]);
        self.pharmacy.json(&format!("pack contest '{scan}'"));
        self.pharmacy.is_fit(scan);
        self.pharmacy.json(&format!("pack dispense '{scan}'"));
    }

    fn show_the_way(&self) {
        let scan = &self.pharmacy.scans()[0];
        let traced = self
            .pharmacy
            .json(&format!("pack trace '{scan}' --evidence way.json"));
        assert_eq!(
            (&traced["holds"], traced["steps"].as_array().map(Vec::len)),
            (&true.into(), Some(3))
        );
        let file = self.pharmacy.folder.join("way.json");
        let check = format!("pack trace --check '{}'", file.display());
        assert_eq!(self.authority.json(&check)["holds"], true);
        let mut other: Value =
            serde_json::from_slice(&fs::read(&file).expect("a file")).expect("json");
        other["steps"][0]["salt"] = serde_json::json!(alloy_primitives::B256::ZERO);
        fs::write(self.authority.folder.join("other.json"), other.to_string()).expect("a file");
        let output = self.authority.run("pack trace --check other.json");
        assert_eq!(output.status.code(), Some(4));
    }

    /// Processes die in the middle of writing the book; the next one finishes, and nothing is there twice.
    fn die_and_finish(&self) {
        let card = self.chemist.folder.join("card.json");
        let written = self.wholesaler.folder.join("packs/packs.sqlite-wal");
        for bytes in [1, 8 << 10, 16 << 10, 32 << 10, u64::MAX] {
            let package = self.chemist.folder.join(format!("dying-{bytes}.theriac"));
            let line = format!(
                "pack ship --to '{}' --lot L7 --count 4 --out '{}'",
                card.display(),
                package.display()
            );
            let mut command = self.wholesaler.command(&line);
            kill_when(
                command.stdout(Stdio::null()).stderr(Stdio::null()),
                &written,
                bytes,
            );
            self.wholesaler.json("pack sync");
            let stock = self.wholesaler.json("pack stock");
            assert_eq!(stock["waiting"], 0);
            if package.exists() {
                assert_eq!(
                    receive(&self.chemist, &package)["exceptions"],
                    serde_json::json!([])
                );
                return assert_eq!(stock["lots"][0]["held"], 6);
            }
            assert_eq!(stock["lots"][0]["held"], 10);
        }
        panic!("the last process was not killed");
    }
}

/// Runs a command and kills it when a file has so many bytes, unless it ends before.
fn kill_when(command: &mut Command, file: &Path, bytes: u64) {
    let mut child = command.spawn().expect("theriac runs");
    while child.try_wait().expect("it can be asked").is_none() {
        if fs::metadata(file).is_ok_and(|file| file.len() >= bytes) {
            child.kill().expect("it can be killed");
            child.wait().expect("it ends");
            return;
        }
        std::thread::yield_now();
    }
}

#[test]
fn packs_go_from_the_maker_to_the_patient_and_no_copy_thief_or_guess_gets_through() {
    let mut cluster = Cluster::found_of(&MEMBERS);
    cluster.start_all();
    let supply = Supply::begin(&cluster);
    supply.deliver();
    let scan = supply.pharmacy.scans().pop().expect("ten packs");
    supply.dispense_once(&scan);
    supply.recall_and_clear();
    supply.strike_a_guess(&cluster);
    supply.show_the_way();
    supply.die_and_finish();
    supply.steal_a_pallet();
}
