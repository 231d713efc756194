//! The part with a ledger: the pilot is imported, entered, locked, bundled and verified, with more subjects each time.

use super::{
    super::{
        figures::Figures,
        people::{entries, now_ms, wait_for_height},
        process::{disk_bytes, own},
    },
    bare,
    bars::{tell_bars, tell_pilot},
    bundles,
    curve::{self, Point},
    forms::is_planned,
    import,
    pilot::Pilot,
    state,
    world::{Begun, HOSPITAL, SITE, World},
};
use crate::output::Output;
use anyhow::Context as _;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::Instant,
};
use theriac_contracts::codes::{Meaning, MissedReason};
use theriac_evidence::trial::FIRST_EXTRA;
use theriac_gateway::trials::{FORMS_TOGETHER, NewConsent, NewForm, NewMiss, Signing};

/// Forms that are handed to the book at once: transactions have fewer.
const TOGETHER: usize = 4 * FORMS_TOGETHER;

/// How much is measured.
pub(super) struct Study<'a> {
    /// The folder of its datasets.
    pub(super) pilot: PathBuf,
    /// Subjects of the smallest study.
    pub(super) subjects: usize,
    /// Where the picture of the curves goes.
    pub(super) plot: Option<&'a Path>,
    /// A Python with the second verifier.
    pub(super) python: Option<&'a Path>,
    /// The script that opens the page of a bundle in a browser.
    pub(super) browser: Option<&'a Path>,
    pub(super) output: Output,
}

/// What a study took, in seconds, and what is in it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Conducted {
    pub(super) consents: f64,
    pub(super) captures: f64,
    pub(super) misses: f64,
    pub(super) signatures: f64,
    pub(super) lock: f64,
    pub(super) forms: usize,
    pub(super) missed: usize,
    pub(super) values: usize,
    pub(super) transactions: u64,
    pub(super) of_captures: u64,
}

impl Study<'_> {
    /// Measures all of it.
    ///
    /// # Errors
    /// Where data are absent, the network does not start, an entry is refused, or a bundle does not hold.
    pub(super) async fn measure(&self, figures: &mut Figures) -> anyhow::Result<()> {
        let pilot = Pilot::open(&self.pilot)?;
        tell_pilot(&pilot, figures);
        import::measure(&pilot, figures)?;
        let mut world = World::start().await?;
        let mut points = Vec::new();
        for factor in [1, 4, 16] {
            let subjects = self.subjects * factor;
            let point = self.point(&mut world, (&pilot, subjects), figures).await?;
            self.say(&format!("{point:?}"));
            points.push(point);
        }
        tell_bars(&points, pilot.subjects.len(), figures);
        // In the largest, reading the files weighs least.
        let book = points[points.len() - 1].conducted;
        bare::measure(&mut world, (&pilot, &book), figures).await?;
        let chain = world.cluster.founded.network.chain();
        let taken = state::measure(&chain, world.cluster.admin(HOSPITAL)?)?;
        let values = book.values as f64 / book.forms as f64;
        taken.tell(values, figures);
        match self.plot {
            None => Ok(()),
            Some(file) => fs::write(file, curve::picture(&points))
                .with_context(|| format!("cannot write {}", file.display())),
        }
    }

    async fn point(
        &self,
        world: &mut World,
        (pilot, subjects): (&Pilot, usize),
        figures: &mut Figures,
    ) -> anyhow::Result<Point> {
        let is_first = subjects == self.subjects;
        let begun = Instant::now();
        let mut study = world.begin(pilot).await?;
        let conducted = self.conduct(world, &mut study, (pilot, subjects)).await?;
        let bundles = bundles::make(&world.cluster, &mut study.site, (pilot, subjects)).await?;
        let seconds = begun.elapsed().as_secs_f64();
        let checked = bundles.verify(&world.cluster.founded.file, self.browser)?;
        let point = Point {
            subjects: subjects as f64,
            conducted,
            checked,
            seconds,
            book: disk_bytes(study.site.book().folder())? as f64,
            import_mib: own()?.1,
        };
        point.tell(figures);
        if is_first {
            bundles.hash_alone((&conducted, &checked), figures)?;
            bundles.second(
                self.python,
                &world.cluster.founded.network,
                &checked,
                figures,
            )?;
        }
        Ok(point)
    }

    async fn conduct(
        &self,
        world: &World,
        study: &mut Begun,
        (pilot, subjects): (&Pilot, usize),
    ) -> anyhow::Result<Conducted> {
        let mut conducted = Conducted::default();
        let client = study.site.client().clone();
        let before = entries(&client).await?;
        let begun = Instant::now();
        let slots = consent(study, (pilot, subjects)).await?;
        conducted.consents = begun.elapsed().as_secs_f64();
        self.say(&format!("{subjects} subjects consented"));
        let begun = Instant::now();
        let mark = entries(&client).await?;
        let captured = capture(study, (pilot, &slots), &mut conducted).await?;
        conducted.captures = begun.elapsed().as_secs_f64();
        conducted.of_captures = entries(&client).await? - mark;
        self.say(&format!("{} forms captured", conducted.forms));
        let begun = Instant::now();
        conducted.missed = miss(study, &slots, &captured).await?;
        conducted.misses = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        for slot in slots {
            let meaning = (Meaning::Responsibility, "An Investigator");
            let keys = (&world.factor, now_ms());
            let signed = study.site.sign(Signing::Subject(slot), meaning, keys);
            signed.await?;
        }
        conducted.signatures = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        wait_for_height(study.sponsor.client(), client.height().await?).await?;
        study.sponsor.lock().await?;
        wait_for_height(&client, study.sponsor.client().height().await?).await?;
        conducted.lock = begun.elapsed().as_secs_f64();
        conducted.transactions = entries(&client).await? - before + 1;
        Ok(conducted)
    }

    fn say(&self, text: &str) {
        if !self.output.quiet {
            eprintln!("{text}");
        }
    }
}

/// Each subject of the pilot consents as often as it takes, each time under a label of its own.
async fn consent(
    study: &mut Begun,
    (pilot, subjects): (&Pilot, usize),
) -> anyhow::Result<Vec<u32>> {
    let mut slots = Vec::new();
    let own = pilot.subjects.len();
    for number in 0..subjects {
        let label = format!("{}/{}", pilot.subjects[number % own], number / own);
        let new = NewConsent {
            site: SITE,
            document: b"consent document, version 1",
            version: 1,
            signed: label.as_bytes(),
            participant: Default::default(),
            label: Some(&label),
            observed: 0,
        };
        slots.push(study.site.consent(&new).await?);
    }
    Ok(slots)
}

/// Imports all datasets; returns the planned forms that there are.
async fn capture(
    study: &mut Begun,
    (pilot, slots): (&Pilot, &[u32]),
    conducted: &mut Conducted,
) -> anyhow::Result<BTreeSet<(u32, u32)>> {
    let schedule = study.site.schedule()?;
    let planned: BTreeMap<(&str, &str), u32> = schedule
        .cells()
        .map(|(cell, visit, form)| ((visit, form), cell))
        .collect();
    let places: BTreeMap<&str, usize> = pilot
        .subjects
        .iter()
        .enumerate()
        .map(|(place, subject)| (subject.as_str(), place))
        .collect();
    let mut captured = BTreeSet::new();
    let mut extra: BTreeMap<u32, u32> = BTreeMap::new();
    let mut waiting = Vec::new();
    for file in pilot.files() {
        let mut forms = pilot.forms(file)?;
        while let Some(of_subject) = forms.next_subject()? {
            let place = places.get(of_subject.subject.as_str());
            let place = *place.context("a subject is not in the pilot")?;
            for slot in slots.iter().skip(place).step_by(pilot.subjects.len()) {
                for form in &of_subject.forms {
                    let cell = match is_planned(&form.visit) {
                        true => planned[&(form.visit.as_str(), form.dataset.as_str())],
                        false => {
                            let next = extra.entry(*slot).or_insert(FIRST_EXTRA);
                            *next += 1;
                            *next - 1
                        }
                    };
                    captured.insert((*slot, cell));
                    conducted.forms += 1;
                    conducted.values += form.items.len();
                    waiting.push(NewForm {
                        slot: *slot,
                        cell,
                        items: form.items.clone(),
                        observed: 0,
                    });
                }
            }
            if waiting.len() >= TOGETHER {
                let full = waiting.len() / FORMS_TOGETHER * FORMS_TOGETHER;
                let forms: Vec<_> = waiting.drain(..full).collect();
                study.site.capture(&forms).await?;
            }
        }
    }
    if !waiting.is_empty() {
        study.site.capture(&waiting).await?;
    }
    Ok(captured)
}

/// Declares missed what is planned and not there: most subjects left before the last visit.
async fn miss(
    study: &mut Begun,
    slots: &[u32],
    captured: &BTreeSet<(u32, u32)>,
) -> anyhow::Result<usize> {
    let schedule = study.site.schedule()?;
    let mut misses = Vec::new();
    for slot in slots {
        let cells = schedule.cells().map(|(cell, _, _)| cell);
        let absent = cells.filter(|cell| !captured.contains(&(*slot, *cell)));
        misses.extend(absent.map(|cell| NewMiss {
            slot: *slot,
            cell,
            reason_code: MissedReason::NotDone.code(),
            reason: "not in the published data".to_owned(),
        }));
    }
    if !misses.is_empty() {
        study.site.miss(&misses).await?;
    }
    Ok(misses.len())
}
