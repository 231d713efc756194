//! Makes a dataset of the locked data; every value that is an item, an arm or a kit says so.

use std::collections::BTreeMap;

use theriac_evidence::trial::{
    Cell, ItemKind,
    bundle::{Dataset, Origin},
};
use theriac_standards::dataset::{
    Column, DataType, Dataset as Table, Form, Header, HeaderFields, Json, Number,
};

use super::{ColumnSource, DatasetDefinition, take::check_name};
use crate::{
    packs::clock::utc,
    trials::{Error, Party, Refusal, Schedule, book::SubjectRow},
};

impl Party {
    /// Makes a dataset of the data as the lock in force has them. Subjects whose data this book may not read, and rows without any item, are
    /// not in it; the same lock gives the same bytes.
    ///
    /// # Errors
    /// `DatasetFaulty`, `NotLocked`, `FormUnknown`, `Blinded`, `ListAbsent`; those of book and ledger.
    pub async fn make_dataset(&mut self, definition: &DatasetDefinition) -> Result<Dataset, Error> {
        self.sync().await?;
        let columns = columns(definition)?;
        let lock = self.lock_entry().await?;
        let mut maker = Maker {
            schedule: self.schedule()?,
            lock,
            definition,
            columns: &columns,
            party: self,
            rows: Vec::new(),
            lineage: String::new(),
        };
        for subject in maker.party.book.subjects()? {
            match maker.subject(&subject).await {
                Ok(()) | Err(Error::Refused(Refusal::KeyAbsent(_))) => {}
                Err(error) => return Err(error),
            }
        }
        maker.finish()
    }

    /// The entry of the lock in force.
    ///
    /// # Errors
    /// `NotLocked`; those of the ledger.
    pub(in crate::trials) async fn lock_entry(&self) -> Result<u64, Error> {
        const LOCKED: u8 = 3;
        let told = self.client.trial(self.study()?).await?;
        match told.status >= LOCKED {
            true => Ok(told.lockEntry),
            false => Err(Refusal::NotLocked.into()),
        }
    }
}

/// A column with the type of its values.
struct Typed<'a> {
    name: &'a str,
    data_type: DataType,
    from: &'a ColumnSource,
}

fn columns(definition: &DatasetDefinition) -> Result<Vec<Typed<'_>>, Refusal> {
    check_name(&definition.name)?;
    let typed = definition.columns.iter().map(|column| {
        let data_type = DataType::parse(&column.data_type).filter(|it| *it != DataType::Boolean);
        let data_type =
            data_type.ok_or_else(|| faulty(definition, &column.name, "no type of a value"))?;
        let from = &column.from;
        let name = &column.name;
        Ok(Typed {
            name,
            data_type,
            from,
        })
    });
    typed.collect()
}

fn faulty(definition: &DatasetDefinition, column: &str, what: &str) -> Refusal {
    Refusal::DatasetFaulty {
        name: definition.name.clone(),
        what: format!("column {column}: {what}"),
    }
}

struct Maker<'a> {
    party: &'a Party,
    schedule: Schedule,
    lock: u64,
    definition: &'a DatasetDefinition,
    columns: &'a [Typed<'a>],
    rows: Vec<Vec<Json>>,
    lineage: String,
}

impl Maker<'_> {
    async fn subject(&mut self, subject: &SubjectRow) -> Result<(), Error> {
        if self.definition.visits.is_empty() {
            return self.row(subject, None).await;
        }
        for visit in &self.definition.visits {
            self.row(subject, Some(visit)).await?;
        }
        Ok(())
    }

    async fn row(&mut self, subject: &SubjectRow, visit: Option<&str>) -> Result<(), Error> {
        let (mut values, mut origins, mut cells) = (Vec::new(), Vec::new(), BTreeMap::new());
        for column in self.columns {
            let (value, origin) = self.value((subject, visit), column, &mut cells).await?;
            values.push(value);
            origins.push(origin);
        }
        let is_item = |origin: &Option<Origin>| matches!(origin, Some(Origin::Item { .. }));
        if origins.iter().any(is_item) {
            self.rows.push(values);
            self.lineage.push_str(&Origin::to_line(&origins));
            self.lineage.push('\n');
        }
        Ok(())
    }

    async fn value(
        &self,
        (subject, visit): (&SubjectRow, Option<&str>),
        column: &Typed<'_>,
        cells: &mut BTreeMap<u32, Cell>,
    ) -> Result<(Json, Option<Origin>), Error> {
        let slot = subject.slot;
        let plain = |text: String| -> Result<(Json, Option<Origin>), Error> {
            Ok((self.typed(column, &text)?, None))
        };
        match column.from {
            ColumnSource::Slot => plain(slot.to_string()),
            ColumnSource::Site => plain(subject.site.to_string()),
            ColumnSource::Visit => plain(visit.unwrap_or_default().to_owned()),
            ColumnSource::Item {
                visit: at,
                form,
                item,
            } => {
                let visit = at.as_deref().or(visit).unwrap_or_default();
                let cell = self.schedule.cell(visit, form)?;
                if let std::collections::btree_map::Entry::Vacant(place) = cells.entry(cell) {
                    place.insert(self.party.locked(slot, cell, self.lock)?);
                }
                let Some(latest) = cells[&cell].items.get(item) else {
                    return Ok((Json::Null, None));
                };
                let oid = item.clone();
                let origin = Origin::Item { slot, cell, oid };
                let value = match latest.kind {
                    ItemKind::Value => self.typed(column, &latest.value)?,
                    ItemKind::Null | ItemKind::Removed => Json::Null,
                };
                Ok((value, Some(origin)))
            }
            ColumnSource::Arm { list } => {
                let given = self.party.allocation(slot, *list).await?;
                let arm = given.map(|given| (Json::text(&given.arm), Some(Origin::Arm(slot))));
                Ok(arm.unwrap_or((Json::Null, None)))
            }
            ColumnSource::Kit { list } => {
                let given = self.party.allocation(slot, *list).await?;
                let kit = given.map(|given| (Json::text(&given.kit), Some(Origin::Kit(slot))));
                Ok(kit.unwrap_or((Json::Null, None)))
            }
        }
    }

    /// The text as a value of the column's type, which keeps its spelling.
    fn typed(&self, column: &Typed<'_>, text: &str) -> Result<Json, Refusal> {
        match column.data_type {
            DataType::Integer | DataType::Float | DataType::Double => Number::parse(text)
                .filter(|number| number.to_json() == text)
                .map(Json::Number)
                .ok_or_else(|| {
                    faulty(
                        self.definition,
                        column.name,
                        "a value is not spelled as a number of JSON; take string or decimal",
                    )
                }),
            DataType::String
            | DataType::Decimal
            | DataType::Boolean
            | DataType::DateTime
            | DataType::Date
            | DataType::Time
            | DataType::Uri => Ok(Json::text(text)),
        }
    }

    fn finish(self) -> Result<Dataset, Error> {
        let name = &self.definition.name;
        let created = self.party.book.logged(self.lock)?;
        let created = utc(created.map_or(0, |logged| logged.entry.time_ms));
        let study = self.party.study()?.to_string();
        let fields = HeaderFields {
            created: &created,
            modified: Some(&created),
            study_oid: Some(&study),
            metadata_version_oid: None,
            originator: None,
            item_group_oid: &format!("IG.{name}"),
            name,
            label: &self.definition.label,
            records: self.rows.len() as u64,
        };
        let described = self.definition.columns.iter().zip(self.columns);
        let described = described.map(|(column, typed)| {
            let oid = format!("IT.{name}.{}", column.name);
            Column::new(&oid, &column.name, &column.label, typed.data_type)
        });
        let header = Header::new(&fields, described.collect());
        let rows = self.rows;
        let table = Table { header, rows };
        let (rows, _) = table.write(Form::NdJson).expect("memory does not fail");
        Ok(Dataset {
            name: name.clone(),
            rows,
            lineage: self.lineage.into_bytes(),
        })
    }
}
