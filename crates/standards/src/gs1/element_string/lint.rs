//! Checks the data of each element against the parts that its identifier has.

use super::{Element, ElementError, ElementFault, ElementString};
use crate::gs1::linter::CompanyPrefixes;

impl Element<'_> {
    /// Checks the data; `prefixes` knows which company prefixes are allocated.
    ///
    /// # Errors
    /// The first fault from the left.
    pub fn check_with(&self, prefixes: CompanyPrefixes<'_>) -> Result<(), ElementFault> {
        let ai = self.ai;
        let mut rest = self.value.as_bytes();
        let mut place = 0;
        for component in self.entry.components {
            if rest.is_empty() && component.optional {
                break;
            }
            if rest.len() < component.minimum {
                return Err(ElementFault::TooShort {
                    ai,
                    expected: place + component.minimum,
                    got: self.value.len(),
                });
            }
            let (part, after) = rest.split_at(rest.len().min(component.maximum));
            let lint = |result: Result<(), _>| {
                result.map_err(|fault: crate::gs1::linter::LintFault| ElementFault::Lint {
                    ai,
                    fault: fault.moved(place),
                })
            };
            lint(component.characters.check(part))?;
            for linter in component.linters {
                lint(linter.check_with(part, prefixes))?;
            }
            place += part.len();
            rest = after;
        }
        if rest.is_empty() {
            return Ok(());
        }
        Err(ElementFault::TooLong {
            ai,
            expected: place,
            got: self.value.len(),
        })
    }

    /// Checks the data, with every company prefix taken as allocated.
    ///
    /// # Errors
    /// The first fault from the left.
    pub fn check(&self) -> Result<(), ElementFault> {
        self.check_with(CompanyPrefixes::All)
    }
}

impl ElementString<'_> {
    /// The first fault of each element that has one.
    pub fn faults(&self) -> impl Iterator<Item = ElementFault> {
        let checked = self.elements.iter().map(Element::check);
        checked.filter_map(Result::err)
    }

    pub(super) fn require_faultless(&self) -> Result<(), ElementError> {
        match self.faults().next() {
            None => Ok(()),
            Some(fault) => Err(fault.into()),
        }
    }
}
