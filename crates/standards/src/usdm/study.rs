//! A study and its versions.

use super::{Amendment, Coded, Design, Fault, Limits, Matrix, Problem, UsdmError, node::Node};
use serde::Serialize;

/// A definition that was read, and what is wrong in it.
#[derive(Clone, Debug)]
pub struct StudyDefinition {
    /// The version of USDM.
    pub usdm_version: String,
    /// The study.
    pub study: Study,
    /// The visits and forms that each design makes due: by version, then by design.
    pub matrices: Vec<Vec<Matrix>>,
    /// What is wrong, in the order of the checks.
    pub problems: Vec<Problem>,
}

/// A study.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Study {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Its versions, at least one.
    pub versions: Vec<StudyVersion>,
}

/// A version of a study.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StudyVersion {
    /// Its id.
    pub id: String,
    /// What it is called, such as `2`.
    pub version: String,
    /// Why it was made.
    pub rationale: Option<String>,
    /// Its titles.
    pub titles: Vec<Title>,
    /// Its identifiers.
    pub identifiers: Vec<Identifier>,
    /// When it was decided on.
    pub dates: Vec<GovernanceDate>,
    /// What changed.
    pub amendments: Vec<Amendment>,
    /// Its designs, at least one.
    pub designs: Vec<Design>,
}

/// A title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Title {
    /// Which of the titles.
    pub kind: Coded,
    /// The text.
    pub text: String,
}

/// An identifier and who gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Identifier {
    /// The identifier.
    pub text: String,
    /// The organisation, where it can be found.
    pub organization: Option<String>,
}

/// A date of a version or an amendment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GovernanceDate {
    /// What happened.
    pub kind: Coded,
    /// The day.
    pub date: String,
}

impl Study {
    pub(super) fn read(node: &Node<'_>, limits: &Limits) -> Result<Self, UsdmError> {
        let versions = node.required("versions")?;
        let study = Self {
            name: node.text_of("name")?,
            description: node.maybe_text("description")?,
            versions: node.each("versions", |version| StudyVersion::read(version, limits))?,
        };
        match study.versions.is_empty() {
            true => Err(versions.error(Fault::Missing)),
            false => Ok(study),
        }
    }
}

impl StudyVersion {
    fn read(node: &Node<'_>, limits: &Limits) -> Result<Self, UsdmError> {
        let organizations = node.each("organizations", |one| {
            Ok((one.text_of("id")?, one.text_of("name")?))
        })?;
        let designs = node.required("studyDesigns")?;
        let version = Self {
            id: node.text_of("id")?,
            version: node.text_of("versionIdentifier")?,
            rationale: node.maybe_text("rationale")?,
            titles: node.each("titles", |title| {
                Ok(Title {
                    kind: required_code(title, "type")?,
                    text: title.text_of("text")?,
                })
            })?,
            identifiers: node.each("studyIdentifiers", |one| identifier(one, &organizations))?,
            dates: dates(node)?,
            amendments: node.each("amendments", Amendment::read)?,
            designs: node.each("studyDesigns", |design| Design::read(design, limits))?,
        };
        match version.designs.is_empty() {
            true => Err(designs.error(Fault::Missing)),
            false => Ok(version),
        }
    }

    /// The title of this kind, by its CDISC decode, such as `Official Study Title`.
    pub fn title(&self, kind: &str) -> Option<&str> {
        let mut titles = self.titles.iter();
        let found = titles.find(|title| title.kind.decode == kind);
        found.map(|title| title.text.as_str())
    }
}

fn identifier(
    node: &Node<'_>,
    organizations: &[(String, String)],
) -> Result<Identifier, UsdmError> {
    let scope = node.maybe_text("scopeId")?;
    let mut known = organizations.iter();
    let organization = known.find(|(id, _)| Some(id) == scope.as_ref());
    Ok(Identifier {
        text: node.text_of("text")?,
        organization: organization.map(|(_, name)| name.clone()),
    })
}

pub(super) fn dates(node: &Node<'_>) -> Result<Vec<GovernanceDate>, UsdmError> {
    node.each("dateValues", |date| {
        Ok(GovernanceDate {
            kind: required_code(date, "type")?,
            date: date.text_of("dateValue")?,
        })
    })
}

pub(super) fn required_code(node: &Node<'_>, name: &str) -> Result<Coded, UsdmError> {
    let code = node.coded(name)?;
    code.ok_or_else(|| UsdmError::At {
        pointer: node.pointer_of(name),
        fault: Fault::Missing,
    })
}
