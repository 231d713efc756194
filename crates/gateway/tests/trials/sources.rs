//! Data of other systems in a book: files of our own, and published ones.

use crate::support::{World, definition, published, refusal};
use std::collections::BTreeMap;
use theriac_evidence::trial::ItemKind;
use theriac_gateway::trials::{
    definition::{Definition, Visit},
    source::{DatasetMapping, Misfit, NameFrom, Source, Terms, read_dataset, read_odm},
};
use theriac_standards::{dataset, odm};

const ODM: &str = include_str!("data/history.xml");

fn odm(text: &[u8]) -> Source {
    read_odm(text, odm::Limits::default()).unwrap()
}

#[tokio::test]
async fn a_history_is_taken_once_with_its_reasons_and_times() {
    let mut world = World::start().await;
    let slot = world.consent(1, "01-001").await;
    let site = &mut world.sites[0].party;
    let taken = site
        .take_source(odm(ODM.as_bytes()), &Terms::default())
        .await
        .unwrap();
    assert_eq!(taken.misfits.first, []);
    assert_eq!((taken.captured, taken.corrected, taken.same), (1, 2, 0));
    assert_eq!(taken.queries.len(), 0);
    let standing = site.standing(slot, 1).unwrap();
    let told: Vec<_> = standing
        .items
        .iter()
        .map(|(oid, now)| (oid.as_str(), now.version, now.kind, now.value.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("PULSE", 1, ItemKind::Null, "NASK no device"),
            ("SYSBP", 2, ItemKind::Value, "118"),
            ("TEMP", 2, ItemKind::Removed, ""),
        ]
    );
    let observed: Vec<_> = site
        .book()
        .log_of(slot)
        .unwrap()
        .iter()
        .map(|logged| logged.entry.observed_ms)
        .collect();
    assert_eq!(
        observed[1..],
        [1_767_254_400_000, 1_767_340_800_000, 1_767_427_200_000]
    );
    let again = site
        .take_source(odm(ODM.as_bytes()), &Terms::default())
        .await
        .unwrap();
    assert_eq!((again.captured, again.corrected, again.same), (0, 0, 5));
    assert_eq!(site.compare().await.unwrap(), []);
}

#[tokio::test]
async fn a_file_of_which_something_does_not_fit_leaves_nothing() {
    let mut world = World::start().await;
    let slot = world.consent(1, "01-001").await;
    let site = &mut world.sites[0].party;
    let size = site.book().log_size().unwrap();
    for (from, to, misfit) in [
        (
            r#"SubjectKey="01-001""#,
            r#"SubjectKey="none""#,
            Misfit::SubjectUnknown,
        ),
        (r#"FormOID="VS""#, r#"FormOID="LB""#, Misfit::FormUnknown),
        (
            r#"ItemOID="TEMP" TransactionType="Insert""#,
            r#"ItemOID="TEMP" TransactionType="Update""#,
            Misfit::ItemUnknown,
        ),
        ("2026-01-03", "2999-01-03", Misfit::ObservedAhead),
    ] {
        let text = ODM.replace(from, to);
        assert_ne!(text, ODM, "{misfit}");
        let taken = site
            .take_source(odm(text.as_bytes()), &Terms::default())
            .await
            .unwrap();
        assert!(
            taken.misfits.first.iter().any(|(_, told)| *told == misfit),
            "{:?}",
            taken.misfits
        );
        assert_eq!((taken.captured, taken.corrected), (0, 0));
    }
    assert_eq!(site.book().log_size().unwrap(), size);
    assert_eq!(site.book().forms_of(slot, 1).unwrap(), []);
}

#[tokio::test]
async fn another_site_takes_nothing_of_a_subject_that_is_not_its_own() {
    let mut world = World::start().await;
    world.consent(1, "01-001").await;
    let taken = world.sites[1]
        .party
        .take_source(odm(ODM.as_bytes()), &Terms::default())
        .await;
    let misfits = taken.unwrap().misfits;
    assert_eq!(misfits.count, 5);
    assert_eq!(misfits.first[0].1, Misfit::SubjectUnknown);
    assert_eq!(
        refusal(world.sites[1].party.slot("01-001")),
        "SubjectUnknown"
    );
}

/// A study that has every visit and form of a source.
fn study_of(source: &Source) -> Definition {
    let mut visits: Vec<Visit> = Vec::new();
    for change in &source.changes {
        let (name, form) = (&change.whose.visit[0], &change.whose.form[0]);
        let at = match visits.iter().position(|visit| visit.name == *name) {
            Some(at) => at,
            None => {
                let name = name.clone();
                let forms = Vec::new();
                visits.push(Visit { name, forms });
                visits.len() - 1
            }
        };
        if !visits[at].forms.contains(form) {
            visits[at].forms.push(form.clone());
        }
    }
    let mut study = definition();
    study.visits = visits;
    study
}

/// Enters a source into a study made for it, and compares every item with what the source says last.
async fn taken_whole(source: Source) -> theriac_gateway::trials::source::Taken {
    let mut world = World::start_with(study_of(&source)).await;
    let mut last = BTreeMap::new();
    for change in &source.changes {
        let whose = &change.whose;
        let key = (
            &whose.subject[0],
            &whose.visit[0],
            &whose.form[0],
            &change.item,
        );
        last.insert(key, (change.kind, &change.text));
    }
    let labels: std::collections::BTreeSet<_> = last.keys().map(|key| key.0.clone()).collect();
    for label in labels {
        world.consent(1, &label).await;
    }
    let site = &mut world.sites[0].party;
    let terms = Terms {
        reason: Some((2, String::new())),
        ..Terms::default()
    };
    let taken = site.take_source(source.clone(), &terms).await.unwrap();
    assert_eq!(taken.misfits.first, []);
    let schedule = site.schedule().unwrap();
    for ((subject, visit, form, item), (kind, text)) in last {
        let cell = schedule.cell(visit, form).unwrap();
        let standing = site.standing(site.slot(subject).unwrap(), cell).unwrap();
        let now = &standing.items[item];
        assert_eq!((now.kind, &now.value), (kind, text));
    }
    let again = site.take_source(source, &terms).await.unwrap();
    assert_eq!((again.captured, again.corrected), (0, 0));
    assert_eq!(again.same, again.values);
    taken
}

#[tokio::test]
async fn an_extract_of_openclinica_is_taken_with_the_history_of_its_log() {
    let Some(root) = published("openclinica") else {
        return;
    };
    let file = "openclinica/JUNO_DEMO_odm1.3_fullExtract_All_Data_2016-08-01-081433593.xml";
    let source = odm(&std::fs::read(root.join(file)).unwrap());
    assert_eq!(source.misfits.count, 0);
    let taken = taken_whole(source).await;
    assert_eq!(
        (taken.values, taken.captured, taken.corrected),
        (4_049, 438, 13)
    );
    assert!(!taken.queries.is_empty());
}

#[tokio::test]
async fn a_snapshot_of_odmlib_is_taken() {
    let Some(root) = published("odmlib") else {
        return;
    };
    let source = odm(&std::fs::read(root.join("odmlib/odm-data-snapshot.xml")).unwrap());
    let taken = taken_whole(source).await;
    assert_eq!(
        (taken.values, taken.captured, taken.corrected),
        (165, 13, 0)
    );
}

#[tokio::test]
async fn events_of_rave_are_read_in_their_order() {
    let Some(root) = published("rave") else {
        return;
    };
    let source = odm(&std::fs::read(root.join("rave/car_message.xml")).unwrap());
    assert_eq!((source.changes.len(), source.queries.len()), (495, 14));
    let mut misfits = source.misfits.first.iter();
    assert!(misfits.all(|(_, misfit)| *misfit == Misfit::RemovedWhole));
    assert!(source.is_history);
}

#[tokio::test]
async fn rows_of_adsl_are_forms_of_one_visit() {
    let Some(root) = published("adsl") else {
        return;
    };
    let mapping = DatasetMapping {
        subject: "USUBJID".to_owned(),
        visit: NameFrom::Name("ANALYSIS".to_owned()),
        form: NameFrom::Name("ADSL".to_owned()),
        observed: None,
        items: ["AGE", "SEX", "RACE", "BMIBL"].map(str::to_owned).to_vec(),
    };
    for file in ["adsl.json", "adsl.ndjson"] {
        let bytes = std::fs::read(root.join("dataset-json/adam").join(file)).unwrap();
        let limits = dataset::Limits::default();
        let mut source = read_dataset(bytes.as_slice(), &mapping, limits).unwrap();
        assert_eq!(source.changes.len(), 254 * 4, "{file}");
        source.changes.truncate(40);
        let taken = taken_whole(source).await;
        assert_eq!((taken.captured, taken.corrected), (10, 0));
    }
}
