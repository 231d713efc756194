//! Screens the data of this book for signs of fabrication: where to look, never what to conclude.

use theriac_evidence::trial::ItemKind;
use theriac_standards::screening::{
    Correction, Data, Direction, Entry, Limits, Parameters, Report, screen,
};

use super::{
    Error, Party, Refusal, Schedule,
    book::{FormRow, Logged},
    form::{self, Place},
};

const DAY_MS: i64 = 86_400_000;

impl Party {
    /// Screens all forms that this book may read. `directions` says which change of an item makes the result look better.
    ///
    /// # Errors
    /// Those of the book.
    pub fn screen(&self, directions: &[(String, Direction)]) -> Result<(Data, Report), Error> {
        let schedule = self.schedule()?;
        let mut data = Data {
            directions: directions.to_vec(),
            ..Data::default()
        };
        for subject in self.book.subjects()? {
            let forms = self.book.forms_of_subject(subject.slot)?;
            match self.gather_subject((subject.slot, subject.site), &forms, &schedule) {
                Ok((entries, corrections)) => {
                    data.entries.extend(entries);
                    data.corrections.extend(corrections);
                }
                Err(Error::Refused(Refusal::KeyAbsent(_))) => {}
                Err(error) => return Err(error),
            }
        }
        let report = screen(&data, Parameters::default(), &Limits::default());
        let report = report.map_err(|error| Refusal::ScreeningFaulty(error.to_string()))?;
        Ok((data, report))
    }

    fn gather_subject(
        &self,
        (slot, site): (u32, u16),
        forms: &[FormRow],
        schedule: &Schedule,
    ) -> Result<(Vec<Entry>, Vec<Correction>), Error> {
        let (study, key) = (self.study()?, self.subject_key(slot)?);
        let (mut entries, mut corrections) = (Vec::new(), Vec::new());
        for cell in forms.chunk_by(|one, other| one.cell == other.cell) {
            let place = Place {
                study,
                slot,
                cell: cell[0].cell,
            };
            let mut standing = place.empty();
            let mut captured: Option<Logged> = None;
            for row in cell {
                let (secret, items) = form::open((study, &key), row)?;
                for item in &items {
                    if let Some(before) = standing.items.get(&item.oid) {
                        corrections.push(Correction {
                            site: site.to_string(),
                            item: item.oid.clone(),
                            before: before.value.clone(),
                            after: item.value.clone(),
                        });
                    }
                }
                form::follow(&mut standing, (&secret, &items))?;
                if captured.is_none()
                    && let Some(entry) = row.entry
                {
                    captured = self.book.logged(entry)?;
                }
            }
            let visit = schedule.name(place.cell).map_or("", |(visit, _)| visit);
            entries.extend(standing.items.iter().filter_map(|(oid, current)| {
                let is_value = current.kind == ItemKind::Value;
                is_value.then(|| entry((site, slot), (visit, oid), &current.value, &captured))
            }));
        }
        Ok((entries, corrections))
    }
}

fn entry(
    (site, slot): (u16, u32),
    (visit, item): (&str, &str),
    value: &str,
    captured: &Option<Logged>,
) -> Entry {
    let logged = captured.as_ref().map(|logged| &logged.entry);
    let observed = logged
        .map(|entry| entry.observed_ms)
        .filter(|time| *time > 0);
    Entry {
        site: site.to_string(),
        subject: slot.to_string(),
        visit: visit.to_owned(),
        item: item.to_owned(),
        value: value.to_owned(),
        observed_day: observed.map(|time| time.cast_signed().div_euclid(DAY_MS)),
        entered_at: logged.map(|entry| entry.time_ms.cast_signed()),
        entered_by: logged.map(|entry| entry.actor.to_string()),
    }
}
