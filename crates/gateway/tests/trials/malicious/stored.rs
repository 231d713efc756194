//! What who runs the gateway writes to the sponsor's database; the honest program makes the bundle.

use super::{
    Attempt, Expected, Outcome,
    scene::{Scene, bundle},
};
use crate::support::Operator;
use std::{future::Future, pin::Pin};
use theriac_evidence::trial::{
    bundle::Selection,
    verify::{ClaimId::C2, Place},
};
use theriac_gateway::trials::{Party, book::FormRow};

type Attacked<'a> = Pin<Box<dyn Future<Output = (Attempt, Expected)> + 'a>>;

pub(super) const ATTACKS: [for<'a> fn(&'a mut Scene) -> Attacked<'a>; 4] = [
    |scene| Box::pin(value(scene)),
    |scene| Box::pin(trail(scene)),
    |scene| Box::pin(subject(scene)),
    |scene| Box::pin(book(scene)),
];

async fn shown(
    what: &'static str,
    party: &mut Party,
    (code, form): (&'static str, &FormRow),
) -> (Attempt, Expected) {
    let bytes = bundle(party, &Selection::Regulator).await;
    let place = Place::entry(form.entry.unwrap());
    let place = place.of(form.slot).cell(form.cell);
    let outcome = Outcome::Shown(bytes, None);
    let expected = Expected::Finding(C2, code, place);
    (Attempt { what, outcome }, expected)
}

fn captured(operator: &Operator) -> FormRow {
    let mut forms = operator.forms().into_iter();
    forms
        .find(|form| (form.slot, form.cell, form.number) == (1, 2, 0))
        .unwrap()
}

fn alter(operator: &Operator) -> FormRow {
    let form = captured(operator);
    let (secret, mut items) = operator.open(&form);
    items[0].value = "99".to_owned();
    operator.write(&form, secret, items);
    form
}

async fn value(scene: &mut Scene) -> (Attempt, Expected) {
    let form = alter(&scene.operator);
    let mut party = scene.operator.party().await;
    let what = "a value is encrypted anew";
    shown(what, &mut party, ("values-differ", &form)).await
}

async fn trail(scene: &mut Scene) -> (Attempt, Expected) {
    let operator = &scene.operator;
    let forms = operator.forms();
    let correction = forms.iter().find(|form| form.number == 1).unwrap();
    let entry = correction.entry.unwrap().cast_signed();
    operator.execute("DELETE FROM forms WHERE entry = ?1", [entry]);
    let mut party = operator.party().await;
    let what = "the values before a correction are all that is left";
    shown(what, &mut party, ("form-missing", correction)).await
}

async fn subject(scene: &mut Scene) -> (Attempt, Expected) {
    let operator = &scene.operator;
    let forms = operator.forms();
    let first = forms.iter().find(|form| form.slot == 2).unwrap();
    for table in ["forms", "texts", "subject_keys", "subjects"] {
        let delete = format!("DELETE FROM {table} WHERE slot = 2");
        operator.execute(&delete, []);
    }
    let mut party = operator.party().await;
    shown("a subject is deleted", &mut party, ("form-missing", first)).await
}

/// Every value of the book is another, and its documents are gone.
async fn book(scene: &mut Scene) -> (Attempt, Expected) {
    let operator = &scene.operator;
    let forms = operator.forms();
    for form in &forms {
        let (secret, mut items) = operator.open(form);
        items.iter_mut().for_each(|item| item.value.push('0'));
        operator.write(form, secret, items);
    }
    operator.execute("DELETE FROM documents", []);
    let mut party = operator.party().await;
    let what = "the book is replaced by an invented one";
    shown(what, &mut party, ("values-differ", &forms[0])).await
}

/// Sponsor and site write the same to their books.
pub(super) async fn alter_both(scene: &mut Scene) -> (Attempt, Expected) {
    alter(&scene.site);
    let form = alter(&scene.operator);
    let mut party = scene.operator.party().await;
    let what = "both sides alter a value";
    shown(what, &mut party, ("values-differ", &form)).await
}
