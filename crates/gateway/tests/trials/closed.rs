//! Forms whose content tells the arm: of one length in every book, export and entry, and opened by who may.

use crate::support::{Reader, World, definition_with_dosing, form, refusal, value};
use theriac_gateway::{
    book::Form as _,
    trials::{CLOSED, ClosedForm, NewCorrection, Party, export::Export},
};

const DOSING: u32 = 3;

fn dose() -> Vec<(String, String)> {
    vec![("DOSE".to_owned(), "54 mg, two patches".to_owned())]
}

async fn begin() -> (World, Party, Reader) {
    let mut world = World::start_with(definition_with_dosing()).await;
    let statistician = world.statistician().await;
    statistician.client().publish_key().await.unwrap();
    let pharmacist = world.pharmacist(1).await;
    (world, statistician, pharmacist)
}

#[tokio::test]
async fn a_dose_and_no_dose_are_alike_to_the_site_and_who_may_opens_both() {
    let (mut world, statistician, mut pharmacist) = begin().await;
    let mut closed = Vec::new();
    for items in [dose(), vec![]] {
        let slot = world.consent(1, &format!("01-{}", items.len())).await;
        let form = pharmacist
            .party
            .close_form((slot, DOSING), &items)
            .await
            .unwrap();
        let site = &mut world.sites[0].party;
        // As a file on its way.
        let form = ClosedForm::read(form.to_json().as_bytes()).unwrap();
        site.capture_closed(std::slice::from_ref(&form))
            .await
            .unwrap();
        assert_eq!(site.closed_form(slot, DOSING).unwrap(), form);
        closed.push((form, items));
    }
    let site = &world.sites[0].party;
    let values = [1, 2].map(|slot| {
        site.standing(slot, DOSING).unwrap().items[CLOSED]
            .value
            .len()
    });
    assert_eq!(values[0], values[1]);
    let records = site.records().await.unwrap();
    assert_eq!((records[0].items, records[1].items), (1, 1));
    for (form, items) in &closed {
        for reader in [&pharmacist.party, &statistician] {
            assert_eq!(reader.open_closed(form).await.unwrap(), *items);
        }
        assert_eq!(refusal(site.open_closed(form).await), "Blinded");
        assert_eq!(refusal(world.sponsor.open_closed(form).await), "Blinded");
    }
    let mut export = Vec::new();
    site.export(&Export::default(), &mut export).unwrap();
    let export = String::from_utf8(export).unwrap();
    assert!(export.contains(CLOSED) && !export.contains("DOSE") && !export.contains("54 mg"));
}

#[tokio::test]
async fn such_a_form_is_not_captured_or_corrected_in_the_open_and_blinded_people_close_none() {
    let (mut world, _, mut pharmacist) = begin().await;
    let slot = world.consent(1, "01-001").await;
    let closed = pharmacist
        .party
        .close_form((slot, DOSING), &dose())
        .await
        .unwrap();
    let site = &mut world.sites[0].party;
    assert_eq!(
        refusal(site.close_form((slot, DOSING), &dose()).await),
        "Blinded"
    );
    let open = form(slot, DOSING, vec![value("DOSE", "54 mg")]);
    assert_eq!(refusal(site.capture(&[open]).await), "FormUnblinding");
    site.capture_closed(&[closed]).await.unwrap();
    let correction = NewCorrection {
        cell: DOSING,
        ..crate::support::correction(slot, 0, "DOSE", "54 mg")
    };
    assert_eq!(refusal(site.correct(&[correction]).await), "FormUnblinding");
}

#[tokio::test]
async fn a_closed_form_of_another_place_or_altered_does_not_open() {
    let (mut world, _, mut pharmacist) = begin().await;
    let slot = world.consent(1, "01-001").await;
    let closed = pharmacist
        .party
        .close_form((slot, DOSING), &dose())
        .await
        .unwrap();
    let text = closed.to_json();
    for (from, to) in [
        ("\"slot\":1", "\"slot\":2"),
        ("\"closed\":\"0x01", "\"closed\":\"0x02"),
    ] {
        let other = text.replace(from, to);
        assert_ne!(other, text);
        let other = ClosedForm::read(other.as_bytes()).unwrap();
        assert_eq!(
            refusal(pharmacist.party.open_closed(&other).await),
            "ClosedFaulty"
        );
    }
}
