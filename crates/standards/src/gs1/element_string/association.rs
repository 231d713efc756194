//! Which elements go together on one item (GS1 General Specifications, 4.13 and 4.14).

use super::{Element, ElementString};
use crate::gs1::dictionary::Ai;

const SIGNATURE: Ai = Ai::of("8030");
/// Keys that carry a serial number in an optional part of their data.
const SERIAL_INSIDE: [Ai; 3] = [Ai::of("253"), Ai::of("255"), Ai::of("8003")];

/// Why elements do not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssociationError {
    /// The same identifier has two values.
    #[error("({ai}) is given twice with different data")]
    Contradiction {
        /// The identifier.
        ai: Ai,
    },
    /// Two identifiers exclude one another.
    #[error("({ai}) and ({other}) exclude one another")]
    Excluded {
        /// The identifier whose entry says so.
        ai: Ai,
        /// The other.
        other: Ai,
    },
    /// What an identifier needs beside it is not there.
    #[error("({ai}) needs {}", alternatives(.needs))]
    Missing {
        /// The identifier.
        ai: Ai,
        /// The groups of which one must be there; `+` joins those of a group.
        needs: &'static [&'static str],
    },
    /// A digital signature stands beside a key without a serial number.
    #[error("({SIGNATURE}) needs a serial number inside ({ai})")]
    UnserialisedSignature {
        /// The key.
        ai: Ai,
    },
}

fn alternatives(needs: &[&str]) -> String {
    needs.join(" or ")
}

impl ElementString<'_> {
    /// Checks all rules of association, in the order of [`AssociationError`].
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn check_associations(&self) -> Result<(), AssociationError> {
        self.check_repeats()?;
        self.check_exclusions()?;
        self.check_requirements()?;
        self.check_signature()
    }

    /// An identifier that is repeated has the same data each time.
    ///
    /// # Errors
    /// [`AssociationError::Contradiction`].
    pub fn check_repeats(&self) -> Result<(), AssociationError> {
        for (index, element) in self.elements.iter().enumerate() {
            let mut earlier = self.elements[..index].iter();
            if earlier.any(|other| other.ai == element.ai && other.value != element.value) {
                return Err(AssociationError::Contradiction { ai: element.ai });
            }
        }
        Ok(())
    }

    /// No identifier stands beside one that it excludes.
    ///
    /// # Errors
    /// [`AssociationError::Excluded`].
    pub fn check_exclusions(&self) -> Result<(), AssociationError> {
        for element in &self.elements {
            for pattern in element.entry.excludes {
                let excluded =
                    |other: &&Element<'_>| other.ai != element.ai && other.ai.matches(pattern);
                if let Some(other) = self.elements.iter().find(excluded) {
                    return Err(AssociationError::Excluded {
                        ai: element.ai,
                        other: other.ai,
                    });
                }
            }
        }
        Ok(())
    }

    /// Each identifier has beside it what it needs.
    ///
    /// # Errors
    /// [`AssociationError::Missing`].
    pub fn check_requirements(&self) -> Result<(), AssociationError> {
        for element in &self.elements {
            let needs = element.entry.requires;
            if !needs.is_empty() && !needs.iter().any(|group| self.has_group(group)) {
                return Err(AssociationError::Missing {
                    ai: element.ai,
                    needs,
                });
            }
        }
        Ok(())
    }

    /// A digital signature is that of one thing: the key beside it has a serial number.
    ///
    /// # Errors
    /// [`AssociationError::UnserialisedSignature`].
    pub fn check_signature(&self) -> Result<(), AssociationError> {
        if self.value(SIGNATURE).is_none() {
            return Ok(());
        }
        let unserialised = |element: &&Element<'_>| {
            SERIAL_INSIDE.contains(&element.ai) && element.value.len() == element.entry.minimum()
        };
        match self.elements.iter().find(unserialised) {
            None => Ok(()),
            Some(element) => Err(AssociationError::UnserialisedSignature { ai: element.ai }),
        }
    }

    fn has_group(&self, group: &str) -> bool {
        let mut patterns = group.split('+');
        patterns.all(|pattern| {
            let mut elements = self.elements.iter();
            elements.any(|element| element.ai.matches(pattern))
        })
    }
}
