//! Writes an export: the metadata of what is in it, then one subject after another.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use theriac_contracts::codes::TrialRole;
use theriac_evidence::trial::{Body, body::Signed};
use theriac_standards::odm::{
    WriteError,
    xml::{Element, Piece, Writer},
};

use super::{
    Export, ExportError, Exported,
    admin::Admin,
    clinical::About,
    metadata::Definitions,
    shape::{Shape, time},
    subject::Told,
};
use crate::trials::{
    Error, Party, Schedule,
    book::{Logged, SubjectRow},
};

/// Kinds of entries by their codes.
const REGISTERED: u8 = 1;
const AMENDED: u8 = 2;
const ROLE: u8 = 4;
const CAPTURED: u8 = 7;
const MISSED: u8 = 8;
const QUERIED: u8 = 10;

/// The visit of forms that the schedule no longer has.
const RETIRED: &str = "RETIRED";

/// What numbers of the log are called.
pub(super) struct Names {
    forms: BTreeMap<u32, (String, String)>,
    asked: BTreeMap<u32, &'static str>,
}

impl Names {
    /// Visit and form of a cell.
    pub(super) fn form(&self, cell: u32) -> (&str, &str) {
        let found = self.forms.get(&cell);
        found.map_or(("", ""), |(visit, form)| (visit, form))
    }

    /// Who asked a query, in the words of ODM 2.0.
    pub(super) fn asked_by(&self, query: u32) -> &'static str {
        self.asked.get(&query).copied().unwrap_or(MANAGER)
    }
}

const MANAGER: &str = "Data Management";
const MONITOR: &str = "Site Monitor";

impl Party {
    /// Writes the book's study, one subject in memory at a time. The book is read as it is: who wants the newest syncs it before.
    ///
    /// # Errors
    /// `NoStudy`; those of book and writer.
    pub fn export<W: Write>(&self, export: &Export, out: W) -> Result<Exported, ExportError> {
        let size = self.book().log_size().map_err(Error::from)?;
        let mut export = export.clone();
        let until = export.until.unwrap_or(size).min(size);
        export.until = Some(until);
        let names = self.names()?;
        let survey = self.survey(&export, &names)?;
        let mut writing = Writing {
            writer: Writer::new(out),
            shape: Shape(export.edition),
        };
        writing.open(&survey.definitions, &export)?;
        writing.line(&survey.definitions.element(writing.shape), 0)?;
        let admin = survey.admin.element(writing.shape, &survey.definitions);
        writing.line(&admin, 0)?;
        let data = writing
            .shape
            .element("ClinicalData")
            .with("StudyOID", Some(&survey.definitions.study))
            .with("MetaDataVersionOID", Some(&survey.definitions.version));
        writing.write(|writer| writer.piece(&Piece::Start(data.clone())), 0)?;
        for subject in self.subjects_of(&export)? {
            let told = self.told(subject.slot, &export)?;
            for logged in &told.entries {
                if let Some(element) = told.element(writing.shape, logged, &names)? {
                    writing.line(&element, logged.entry.number)?;
                }
            }
        }
        writing.write(|writer| writer.piece(&Piece::End), 0)?;
        for (logged, signed) in self.signatures(&export)? {
            let about = About {
                shape: writing.shape,
                entry: &logged.entry,
                form: None,
                subject: "",
            };
            let mut data = data.clone();
            let signature = about.signature(&signed);
            match writing.shape.is_two() {
                true => data.push(signature),
                false => {
                    let mut list = writing.shape.element("Signatures");
                    list.push(signature);
                    data.push(list);
                }
            }
            writing.line(&data, logged.entry.number)?;
        }
        writing.write(|writer| writer.piece(&Piece::End), 0)?;
        let finished = writing.writer.finish();
        finished.map_err(|error| ExportError::of(error, 0))?;
        Ok(Exported {
            next: until,
            unreadable: survey.unreadable,
        })
    }

    fn subjects_of(&self, export: &Export) -> Result<Vec<SubjectRow>, Error> {
        let subjects = self.book().subjects()?.into_iter();
        Ok(subjects
            .filter(|subject| export.has_site(subject.site))
            .collect())
    }

    fn names(&self) -> Result<Names, Error> {
        let mut forms = BTreeMap::new();
        for (cell, visit, form) in self.schedule()?.cells() {
            forms.insert(cell, (visit.to_owned(), form.to_owned()));
        }
        for cell in self.used_cells()? {
            let retired = || (RETIRED.to_owned(), format!("CELL.{cell}"));
            forms.entry(cell).or_insert_with(retired);
        }
        let mut monitors = BTreeSet::new();
        for logged in self.book().log_of_kind(ROLE)? {
            if let Body::Role(role) = logged.body()?
                && role.role == TrialRole::Monitor.code()
            {
                monitors.insert(role.account);
            }
        }
        let mut asked = BTreeMap::new();
        for logged in self.book().log_of_kind(QUERIED)? {
            if let Body::Queried(query) = logged.body()? {
                let words = match monitors.contains(&logged.entry.actor) {
                    true => MONITOR,
                    false => MANAGER,
                };
                asked.entry(query.query).or_insert(words);
            }
        }
        Ok(Names { forms, asked })
    }

    /// Cells of which the log tells.
    fn used_cells(&self) -> Result<BTreeSet<u32>, Error> {
        let mut cells = BTreeSet::new();
        for kind in [CAPTURED, MISSED] {
            for logged in self.book().log_of_kind(kind)? {
                match logged.body()? {
                    Body::Captured(body) => cells.insert(body.cell),
                    Body::Missed(body) => cells.insert(body.cell),
                    _ => continue,
                };
            }
        }
        Ok(cells)
    }

    /// Signatures of sites and the study.
    fn signatures(&self, export: &Export) -> Result<Vec<(Logged, Signed)>, Error> {
        let until = export.until.unwrap_or(u64::MAX);
        let mut signatures = Vec::new();
        for logged in self.book().log_of(0)? {
            let is_in = (export.from..until).contains(&logged.entry.number);
            // The study as a whole is not for who reads some sites alone.
            let is_theirs = export.has_site(logged.entry.site);
            if is_in
                && is_theirs
                && let Body::Signed(signed) = logged.body()?
            {
                signatures.push((logged, signed));
            }
        }
        Ok(signatures)
    }

    /// What the export will name.
    fn survey(&self, export: &Export, names: &Names) -> Result<Survey, Error> {
        let schedule = self.schedule()?;
        let mut survey = Survey {
            definitions: self.definitions(&schedule, names)?,
            ..Survey::default()
        };
        for logged in self.book().log_of_kind(REGISTERED)? {
            survey.admin.since_ms = logged.entry.time_ms;
        }
        for subject in self.subjects_of(export)? {
            let told = self.told(subject.slot, export)?;
            for logged in &told.entries {
                let body = logged.body()?;
                let is_form = matches!(body, Body::Captured(_) | Body::Corrected(_));
                let found = told.items.get(&logged.entry.number);
                survey.unreadable += u64::from(is_form && found.is_none());
                if told.element(Shape::default(), logged, names)?.is_some() {
                    self.name(&mut survey.admin, logged, &body)?;
                }
            }
            survey.items(&told, names);
        }
        for (logged, signed) in self.signatures(export)? {
            self.name(&mut survey.admin, &logged, &signed.into())?;
        }
        Ok(survey)
    }

    fn definitions(&self, schedule: &Schedule, names: &Names) -> Result<Definitions, Error> {
        let version = self.newest(AMENDED, |body| match body {
            Body::Amended(body) => Some(body.version),
            _ => None,
        })?;
        let visits = schedule.visits.iter();
        let visits = visits.map(|visit| (visit.name.clone(), visit.forms.clone()));
        let retired = names.forms.values().filter(|(visit, _)| visit == RETIRED);
        let retired: Vec<_> = retired.map(|(_, form)| form.clone()).collect();
        let retired = (!retired.is_empty()).then(|| (RETIRED.to_owned(), retired));
        Ok(Definitions {
            study: format!("{:#x}", self.study()?),
            version: format!("V{}", version.unwrap_or(1)),
            visits: visits.chain(retired).collect(),
            items: BTreeMap::new(),
        })
    }

    fn name(&self, admin: &mut Admin, logged: &Logged, body: &Body) -> Result<(), Error> {
        admin.sites.insert(logged.entry.site);
        let known = admin.people.entry(logged.entry.actor).or_default();
        if let Body::Signed(signed) = body
            && let Some(document) = self.book().document(signed.name)?
        {
            *known = Some(String::from_utf8_lossy(&document.content).into_owned());
        }
        Ok(())
    }
}

#[derive(Default)]
struct Survey {
    definitions: Definitions,
    admin: Admin,
    unreadable: u64,
}

impl Survey {
    fn items(&mut self, told: &Told, names: &Names) {
        for (cell, items) in told.items.values() {
            let (_, form) = names.form(*cell);
            let of_form = self.definitions.items.entry(form.to_owned()).or_default();
            of_form.extend(items.iter().map(|(item, _)| item.oid.clone()));
        }
    }
}

struct Writing<W: Write> {
    writer: Writer<W>,
    shape: Shape,
}

impl<W: Write> Writing<W> {
    fn open(&mut self, definitions: &Definitions, export: &Export) -> Result<(), ExportError> {
        let until = export.until.unwrap_or(0);
        let version = match self.shape.is_two() {
            true => "2.0",
            false => "1.3.2",
        };
        let study = &definitions.study;
        let file = |entry: u64| format!("{study}.{entry}");
        let root = self
            .shape
            .element("ODM")
            .with("FileType", Some("Transactional"))
            .with("Granularity", (export.sites.is_none()).then_some("All"))
            .with("FileOID", Some(file(until)))
            .with("CreationDateTime", Some(time(export.created_ms)))
            .with("PriorFileOID", (export.from > 0).then(|| file(export.from)))
            .with("ODMVersion", Some(version))
            .with("SourceSystem", Some("Theriac"))
            .with("SourceSystemVersion", Some(env!("CARGO_PKG_VERSION")));
        self.write(Writer::declaration, 0)?;
        self.write(|writer| writer.piece(&Piece::Start(root)), 0)
    }

    /// An element on a line of its own.
    fn line(&mut self, element: &Element, entry: u64) -> Result<(), ExportError> {
        self.write(|writer| writer.piece(&Piece::Text("\n".to_owned())), entry)?;
        self.write(|writer| writer.element(element), entry)
    }

    fn write(
        &mut self,
        write: impl FnOnce(&mut Writer<W>) -> Result<(), WriteError>,
        entry: u64,
    ) -> Result<(), ExportError> {
        write(&mut self.writer).map_err(|error| ExportError::of(error, entry))
    }
}
