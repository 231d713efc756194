//! A definition from its text.

use super::{
    Fault, Flaw, Limits, Matrix, Problem, Study, StudyDefinition, UsdmError, ids::Ids, node::Node,
};
use crate::epcis::{self, Excerpt, json::parse};

/// Reads a study's definition.
///
/// # Errors
/// The text is no JSON, passes a limit, is of another version of USDM, or lacks what a registration needs; the error points to the
/// place.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<StudyDefinition, UsdmError> {
    let bounds = epcis::Limits {
        event_bytes: limits.bytes,
        depth: limits.depth,
        nodes: limits.nodes,
        ..epcis::Limits::default()
    };
    let value = parse(bytes, &bounds)?;
    let root = Node::root(&value);
    let usdm_version = root.text_of("usdmVersion")?;
    if usdm_version.split('.').next() != Some("4") {
        let fault = Fault::Version(Excerpt::new(&usdm_version));
        return Err(root.required("usdmVersion")?.error(fault));
    }
    let ids = Ids::collect(&root)?;
    let study = Study::read(&root.required("study")?, limits)?;
    let mut problems = ids.problems(&root);
    placeholders(&study, &mut problems);
    let mut matrices = Vec::new();
    for version in &study.versions {
        let mut of_version = Vec::new();
        for design in &version.designs {
            of_version.push(Matrix::of(design, limits, &mut problems)?);
        }
        matrices.push(of_version);
    }
    problems.truncate(limits.problems);
    Ok(StudyDefinition {
        usdm_version,
        study,
        matrices,
        problems,
    })
}

fn placeholders(study: &Study, problems: &mut Vec<Problem>) {
    let designs = study.versions.iter().flat_map(|version| &version.designs);
    for objective in designs.flat_map(|design| &design.objectives) {
        let endpoints = objective.endpoints.iter();
        let texts = endpoints.map(|one| (one.is_placeholder, &one.pointer));
        let own = (objective.is_placeholder, &objective.pointer);
        for (is_placeholder, pointer) in std::iter::once(own).chain(texts) {
            if is_placeholder {
                problems.push(Problem {
                    pointer: format!("{pointer}/text"),
                    flaw: Flaw::Placeholder,
                });
            }
        }
    }
}
