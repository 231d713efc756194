//! A whole file checked as it streams by.

use super::{data::Data, report::Report};
use crate::odm::{
    error::OdmError,
    limits::Limits,
    reader::{Reader, Record},
};
use std::io::BufRead;

/// Checks a file.
///
/// # Errors
/// The text is not well-formed, passes a limit, or its root is not that of ODM.
pub fn check<R: BufRead>(reader: R, limits: Limits) -> Result<Report, OdmError> {
    let mut reader = Reader::observed(reader, limits)?;
    let mut data = Data::new(reader.header(), limits.definitions);
    while let Some(record) = reader.next_record()? {
        if let Some(structure) = &mut reader.structure {
            count(&record, &mut structure.report);
            data.check(record, structure);
        }
    }
    let structure = reader.structure.expect("it was asked to be observed");
    Ok(structure.report)
}

fn count(record: &Record, report: &mut Report) {
    match record {
        Record::Begin(container) => {
            let is_subject = container.level == crate::odm::clinical::Level::Subject;
            report.subjects += u64::from(is_subject);
        }
        Record::Item(item) => {
            report.items += 1;
            report.audits += u64::from(item.audit.is_some()) + item.logs.len() as u64;
            report.queries += item.queries.len() as u64;
        }
        Record::Audit(_) | Record::Log(_) => report.audits += 1,
        Record::Query(_) => report.queries += 1,
        Record::Study(_)
        | Record::Metadata(_)
        | Record::User(_)
        | Record::Location(_)
        | Record::SignatureDef(_)
        | Record::Signature(_)
        | Record::Annotation(_)
        | Record::Site(_)
        | Record::Investigator(_)
        | Record::Other(_)
        | Record::End(_) => {}
    }
}
