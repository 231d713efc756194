//! Analysis datasets: made of the locked data, registered, and proved by the bundle of the book.

use crate::{
    randomise,
    support::{
        Parts, World,
        bundles::{bundle, claim, judge},
        correction, refusal,
    },
};
use alloy_primitives::B256;
use theriac_contracts::{
    codes::{ErasureBasis, TrialRole},
    interfaces::ITrials::analyseCall,
};
use theriac_evidence::{
    digest::sha256,
    trial::{
        bundle::{DataManifest, Dataset, DatasetEntry, Selection, canonical},
        verify::{
            ClaimId::{C12, C14},
            ClaimReport, Report, Verdict,
        },
    },
};
use theriac_gateway::{
    book::Form as _,
    trials::{
        NewAnalysis, Party,
        dataset::{DatasetDefinition, NewDataset},
    },
};

pub(crate) const ADSL: &str = r#"{
    "format": "theriac-dataset/1", "name": "ADSL", "label": "Subjects",
    "columns": [
        { "name": "SUBJID", "label": "Subject", "type": "integer", "from": "slot" },
        { "name": "AGE", "label": "Age", "type": "integer", "from": { "item": { "visit": "BASELINE", "form": "DM", "item": "AGE" } } },
        { "name": "SEX", "label": "Sex", "type": "string", "from": { "item": { "visit": "BASELINE", "form": "DM", "item": "SEX" } } }
    ]
}"#;
pub(crate) const ADVS: &str = r#"{
    "format": "theriac-dataset/1", "name": "ADVS", "label": "Vital signs", "visits": ["BASELINE", "WEEK 8"],
    "columns": [
        { "name": "SUBJID", "label": "Subject", "type": "integer", "from": "slot" },
        { "name": "SITEID", "label": "Site", "type": "integer", "from": "site" },
        { "name": "AVISIT", "label": "Visit", "type": "string", "from": "visit" },
        { "name": "SYSBP", "label": "Systolic", "type": "float", "from": { "item": { "form": "VS", "item": "SYSBP" } } },
        { "name": "PULSE", "label": "Pulse", "type": "float", "from": { "item": { "form": "VS", "item": "PULSE" } } }
    ]
}"#;

pub(crate) fn definition(text: &str) -> DatasetDefinition {
    DatasetDefinition::read(text.as_bytes()).unwrap()
}

/// Two subjects at two sites, the second with a correction; locked, and in the sponsor's book, whose account is a statistician.
pub(crate) async fn locked() -> World {
    let mut world = World::start().await;
    captured(&mut world).await;
    lock(&mut world).await;
    world
}

async fn captured(world: &mut World) {
    let first = world.consent(1, "01-001").await;
    let second = world.consent(2, "02-001").await;
    for (site, slot) in [(1, first), (2, second)] {
        let forms = World::whole(slot);
        let person = &mut world.sites[site - 1];
        person.party.capture(&forms).await.unwrap();
    }
    let site = &mut world.sites[1].party;
    site.correct(&[correction(second, 0, "AGE", "64")])
        .await
        .unwrap();
}

async fn lock(world: &mut World) {
    for (site, slot) in [(1, 1), (2, 2)] {
        world.sign(site, slot).await;
        let copy = world.send_to_sponsor(site).await;
        world.sponsor.receive(&copy).await.unwrap();
    }
    let folder = world.folder.path().join("data-manager");
    let mut manager = Party::begin(world.data_manager.clone(), &folder)
        .await
        .unwrap();
    let card = manager.card().unwrap();
    let file = world.file();
    world.sponsor.send_copy(&card, 0, &file).await.unwrap();
    manager
        .receive(&std::fs::read(file).unwrap())
        .await
        .unwrap();
    manager.lock().await.unwrap();
    let account = world.sponsor.client().address();
    world.grant(account, TrialRole::Statistician, 0).await;
}

fn new(dataset: &Dataset) -> NewDataset<'_> {
    NewDataset {
        name: &dataset.name,
        rows: &dataset.rows,
        lineage: &dataset.lineage,
    }
}

pub(crate) async fn analyse(
    party: &mut Party,
    datasets: &[Dataset],
) -> Result<u16, theriac_gateway::trials::Error> {
    let datasets: Vec<_> = datasets.iter().map(new).collect();
    let analysis = NewAnalysis {
        plan: 0,
        datasets: &datasets,
        program: b"program",
        result: b"result",
        outcome: 0,
    };
    party.analyse(&analysis).await
}

pub(crate) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The code of the only failure of C14, with its dataset, row and column; nothing else fails.
#[track_caller]
fn fault(report: &Report) -> (&'static str, Option<u64>, Option<u32>) {
    let failed = |claim: &&ClaimReport| claim.verdict == Verdict::Fail;
    let failed: Vec<_> = report
        .claims
        .iter()
        .filter(failed)
        .map(|it| it.id)
        .collect();
    assert_eq!(failed, [C14]);
    let failures = &claim(report, C14).failures;
    assert_eq!(failures.len(), 1, "{failures:?}");
    let place = &failures[0].place;
    assert!(place.dataset.is_some());
    (failures[0].code, place.row, place.column)
}

#[tokio::test]
async fn the_bundle_proves_that_datasets_come_from_the_locked_data() {
    let mut world = locked().await;
    let sponsor = &mut world.sponsor;
    let adsl = sponsor.make_dataset(&definition(ADSL)).await.unwrap();
    let advs = sponsor.make_dataset(&definition(ADVS)).await.unwrap();
    let rows: Vec<&str> = text(&adsl.rows).lines().skip(1).collect();
    assert_eq!(rows, [r#"[1,63,"F"]"#, r#"[2,64,"F"]"#]);
    let lines: Vec<&str> = text(&adsl.lineage).lines().collect();
    assert_eq!(lines[1], r#"[null,[2,0,"AGE"],[2,0,"SEX"]]"#);
    let rows: Vec<&str> = text(&advs.rows).lines().skip(1).collect();
    assert_eq!(
        rows[..2],
        [r#"[1,1,"BASELINE",118,null]"#, r#"[1,1,"WEEK 8",112,null]"#]
    );
    let (_, problems) =
        theriac_standards::dataset::Dataset::read(&advs.rows, Default::default()).unwrap();
    assert!(problems.is_clean(), "{problems:?}");
    // The same lock gives the same bytes, also to another process.
    let mut again = World::reopened(sponsor).await;
    assert_eq!(again.make_dataset(&definition(ADSL)).await.unwrap(), adsl);
    assert_eq!(analyse(sponsor, &[adsl, advs]).await.unwrap(), 1);
    let file = bundle(&mut world.sponsor, &Selection::Regulator).await;
    let report = judge("regulator", &file);
    for claim in &report.claims {
        assert_ne!(claim.verdict, Verdict::Fail, "{claim:?}");
    }
    let found = claim(&report, C14);
    assert_eq!(
        (found.verdict, &found.not_claimed[..]),
        (Verdict::Pass, &[][..])
    );
    assert_eq!(
        (report.figures.rows, report.figures.cells_traced),
        (6, 4 + 6)
    );
}

#[tokio::test]
async fn who_may_not_see_the_values_of_a_dataset_does_not_get_it() {
    let mut world = locked().await;
    let sponsor = &mut world.sponsor;
    let adsl = sponsor.make_dataset(&definition(ADSL)).await.unwrap();
    let advs = sponsor.make_dataset(&definition(ADVS)).await.unwrap();
    analyse(sponsor, &[adsl, advs]).await.unwrap();
    let vitals = |oid: &str| oid == "SYSBP" || oid == "PULSE";
    let all = |_: &str| true;
    for (name, selection, count, verdict) in [
        ("public", Selection::Public, 0, Verdict::NotClaimed),
        (
            "participant",
            Selection::Participant(1),
            0,
            Verdict::NotClaimed,
        ),
        (
            "journal",
            Selection::Journal(&vitals),
            2,
            Verdict::NotClaimed,
        ),
        ("journal-of-all", Selection::Journal(&all), 4, Verdict::Pass),
    ] {
        let file = bundle(&mut world.sponsor, &selection).await;
        let report = judge(name, &file);
        let files = Parts::of(&file).files;
        let datasets = files.keys().filter(|it| it.starts_with("datasets/"));
        assert_eq!(datasets.count(), count, "{name}");
        let found = claim(&report, C14);
        assert_eq!(found.verdict, verdict, "{name}: {found:?}");
    }
}

#[tokio::test]
async fn a_dataset_that_was_altered_after_the_analysis_is_named() {
    let mut world = locked().await;
    let adsl = world.sponsor.make_dataset(&definition(ADSL)).await.unwrap();
    analyse(&mut world.sponsor, &[adsl]).await.unwrap();
    let file = bundle(&mut world.sponsor, &Selection::Regulator).await;
    let mut parts = Parts::of(&file);
    let rows = parts.files.get_mut("datasets/ADSL.ndjson").unwrap();
    *rows = text(rows).replace("[2,64,", "[2,46,").into_bytes();
    let report = judge("altered", &parts.pack());
    assert_eq!(fault(&report), ("dataset-differs", None, None));
}

/// A sponsor with own software enters an analysis of any dataset, and puts the dataset into the bundle.
async fn forced(world: &mut World, dataset: &Dataset) -> Vec<u8> {
    let study = world.sponsor.study().unwrap();
    let told = world.sponsor.client().trial(study).await.unwrap();
    let entry = DatasetEntry {
        name: dataset.name.clone(),
        dataset: sha256(&[&dataset.rows]),
        lineage: sha256(&[&dataset.lineage]),
    };
    let manifest = DataManifest {
        format: "theriac-analysis/1".to_owned(),
        lock: told.lockEntry,
        datasets: vec![entry],
    };
    let manifest = canonical(&serde_json::to_value(&manifest).unwrap()).into_bytes();
    let hash: B256 = sha256(&[&manifest]);
    let call = analyseCall {
        study,
        number: told.analyses + 1,
        plan: 0,
        lockEntry: told.lockEntry,
        manifest: hash,
        program: hash,
        result: hash,
        outcome: 0,
    };
    world.sponsor.client().enter_trial(&call).await.unwrap();
    let file = bundle(&mut world.sponsor, &Selection::Regulator).await;
    let mut parts = Parts::of(&file);
    let Dataset {
        name,
        rows,
        lineage,
    } = dataset.clone();
    let document = format!("documents/{}", alloy_primitives::hex::encode(hash));
    parts.files.insert(document, manifest);
    parts.files.insert(format!("datasets/{name}.ndjson"), rows);
    let name = format!("datasets/{name}.lineage.ndjson");
    parts.files.insert(name, lineage);
    parts.pack()
}

#[tokio::test]
async fn a_value_that_was_not_locked_is_refused_by_the_book_and_named_by_the_bundle() {
    let mut world = locked().await;
    let honest = world.sponsor.make_dataset(&definition(ADSL)).await.unwrap();
    // What the second subject's form said before the correction; what nobody captured; a row without lineage.
    let was = text(&honest.rows).replace("[2,64,", "[2,63,");
    let other = text(&honest.lineage).replace("[2,0,\"SEX\"]", "[2,0,\"RACE\"]");
    let short = text(&honest.lineage).lines().next().unwrap().to_owned() + "\n";
    for (name, rows, lineage, expected) in [
        ("WAS", Some(was), None, ("row-differs", Some(1), Some(1))),
        (
            "OTHER",
            None,
            Some(other),
            ("row-without-item", Some(1), Some(2)),
        ),
        (
            "SHORT",
            None,
            Some(short),
            ("lineage-malformed", Some(1), None),
        ),
    ] {
        let mut dataset = honest.clone();
        dataset.name = name.to_owned();
        dataset.rows = rows.map_or(dataset.rows, String::into_bytes);
        dataset.lineage = lineage.map_or(dataset.lineage, String::into_bytes);
        let refused = analyse(&mut world.sponsor, std::slice::from_ref(&dataset)).await;
        assert_eq!(refusal(refused), "DatasetFaulty", "{name}");
        let file = forced(&mut world, &dataset).await;
        let report = judge(name, &file);
        assert_eq!(fault(&report), expected, "{name}");
    }
}

#[tokio::test]
async fn a_name_stands_for_one_dataset_and_an_analysis_has_one_at_least() {
    let mut world = locked().await;
    let sponsor = &mut world.sponsor;
    assert_eq!(refusal(analyse(sponsor, &[]).await), "Nothing");
    let adsl = sponsor.make_dataset(&definition(ADSL)).await.unwrap();
    let mut other = sponsor.make_dataset(&definition(ADVS)).await.unwrap();
    other.name = "ADSL".to_owned();
    analyse(sponsor, std::slice::from_ref(&adsl)).await.unwrap();
    assert_eq!(refusal(analyse(sponsor, &[other]).await), "DatasetFaulty");
    assert_eq!(analyse(sponsor, &[adsl]).await.unwrap(), 2);
}

#[tokio::test]
async fn nothing_is_made_of_data_that_are_not_locked() {
    let mut world = World::start().await;
    captured(&mut world).await;
    let made = world.sponsor.make_dataset(&definition(ADSL)).await;
    assert_eq!(refusal(made), "NotLocked");
}

/// A study with lists, unblinded, and a dataset with the arm of each subject that went into an analysis.
pub(crate) async fn with_arms() -> (World, Dataset) {
    let mut world = World::start().await;
    let statistician = randomise::sealed(&mut world).await;
    captured(&mut world).await;
    for (site, slot) in [(0, 1), (1, 2)] {
        let person = &mut world.sites[site];
        person.party.allocate(slot, 1).await.unwrap();
    }
    lock(&mut world).await;
    let plan = world.sponsor.plan(b"plan").await.unwrap();
    let mut statistician = World::reopened(&statistician).await;
    statistician.unblind(plan).await.unwrap();
    let arms = ADSL.replace(
        r#""from": "slot" }"#,
        r#""from": "slot" }, { "name": "TRT01P", "label": "Arm", "type": "string", "from": { "arm": { "list": 1 } } }"#,
    );
    let without = world.sponsor.make_dataset(&definition(&arms)).await;
    assert_eq!(refusal(without), "ListAbsent");
    let (card, path) = (world.sponsor.card().unwrap(), world.file());
    statistician.send_copy(&card, 0, &path).await.unwrap();
    let package = std::fs::read(path).unwrap();
    world.sponsor.receive(&package).await.unwrap();
    let adsl = world
        .sponsor
        .make_dataset(&definition(&arms))
        .await
        .unwrap();
    analyse(&mut world.sponsor, std::slice::from_ref(&adsl))
        .await
        .unwrap();
    (world, adsl)
}

#[tokio::test]
async fn arms_are_proved_by_the_lists_that_the_unblinding_opened() {
    let (mut world, adsl) = with_arms().await;
    let file = bundle(&mut world.sponsor, &Selection::Regulator).await;
    let report = judge("arms", &file);
    for id in [C12, C14] {
        let found = claim(&report, id);
        assert_eq!(found.verdict, Verdict::Pass, "{found:?}");
        assert_eq!(found.not_claimed.len(), 0, "{found:?}");
    }
    let mut swapped = adsl.clone();
    swapped.name = "SWAPPED".to_owned();
    let row = text(&adsl.rows).lines().nth(1).unwrap();
    let names = ["Placebo", "Xanomeline high dose, by patch"];
    let [one, other] = match row.contains(names[0]) {
        true => names,
        false => [names[1], names[0]],
    };
    let changed = row.replace(one, other);
    assert_ne!(changed, row);
    swapped.rows = text(&adsl.rows).replacen(row, &changed, 1).into_bytes();
    let file = forced(&mut world, &swapped).await;
    let report = judge("swapped", &file);
    assert_eq!(fault(&report), ("arm-differs", Some(0), Some(1)));
    // Without the list, arms are not judged.
    let mut parts = Parts::of(&file);
    parts.files.remove("lists/00001.bin").unwrap();
    let report = judge("unlisted", &parts.pack());
    let found = claim(&report, C14);
    assert_eq!(found.verdict, Verdict::Pass, "{found:?}");
    assert_eq!(
        found.not_claimed,
        ["arms and kits of lists that are not opened"]
    );
}

#[tokio::test]
async fn an_erasure_destroys_the_datasets_with_a_row_of_the_subject() {
    let mut world = locked().await;
    let adsl = world.sponsor.make_dataset(&definition(ADSL)).await.unwrap();
    analyse(&mut world.sponsor, std::slice::from_ref(&adsl))
        .await
        .unwrap();
    assert_eq!(world.sponsor.datasets().unwrap(), [adsl]);
    let plain = b"[2,64,\"F\"]";
    let has = |folder: &std::path::Path| {
        let files = std::fs::read_dir(folder).unwrap();
        let mut files = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
        files.any(|bytes| bytes.windows(plain.len()).any(|window| window == plain))
    };
    assert!(!has(world.sponsor.book().folder()));
    let site = &mut world.sites[1].party;
    site.erase(2, ErasureBasis::Order, "by order of a court")
        .await
        .unwrap();
    world.sponsor.sync().await.unwrap();
    assert_eq!(world.sponsor.datasets().unwrap(), []);
    let file = bundle(&mut world.sponsor, &Selection::Regulator).await;
    let report = judge("erased", &file);
    let found = claim(&report, C14);
    assert_eq!(found.verdict, Verdict::NotClaimed, "{found:?}");
}
