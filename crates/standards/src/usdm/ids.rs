//! The ids of a definition, and whether its references lead to one of them.

use super::{Fault, Flaw, Problem, UsdmError, node::Node};
use crate::{dataset::Json, epcis::Excerpt};
use std::collections::BTreeMap;

/// Each id with the place and kind of its object.
pub(super) struct Ids {
    objects: BTreeMap<String, Object>,
}

struct Object {
    pointer: String,
    kind: String,
}

/// References whose name does not say what they lead to, or that may lead to several kinds, are only resolved.
const KINDS: [(&str, &str); 16] = [
    ("activityIds", "Activity"),
    ("analysisPopulationId", "AnalysisPopulation"),
    ("armId", "StudyArm"),
    ("criterionIds", "EligibilityCriterion"),
    ("criterionItemId", "EligibilityCriterionItem"),
    ("dictionaryId", "SyntaxTemplateDictionary"),
    ("elementIds", "StudyElement"),
    ("encounterId", "Encounter"),
    ("epochId", "StudyEpoch"),
    ("interventionIds", "StudyIntervention"),
    ("organizationIds", "Organization"),
    ("scheduledAtId", "Timing"),
    ("studyInterventionIds", "StudyIntervention"),
    ("timelineExitId", "ScheduleTimelineExit"),
    ("timelineId", "ScheduleTimeline"),
    ("variableOfInterestId", "Endpoint"),
];

impl Ids {
    pub(super) fn collect(root: &Node<'_>) -> Result<Self, UsdmError> {
        let mut ids = Self {
            objects: BTreeMap::new(),
        };
        ids.walk(root.value, &mut String::new())?;
        Ok(ids)
    }

    fn walk(&mut self, value: &Json, pointer: &mut String) -> Result<(), UsdmError> {
        let length = pointer.len();
        match value {
            Json::Object(members) => {
                if let Some(id) = value.get("id").and_then(Json::as_str) {
                    self.add(id, value, pointer)?;
                }
                for (name, member) in members {
                    step(pointer, &name.replace('~', "~0").replace('/', "~1"));
                    self.walk(member, pointer)?;
                    pointer.truncate(length);
                }
            }
            Json::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    step(pointer, &at.to_string());
                    self.walk(item, pointer)?;
                    pointer.truncate(length);
                }
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {}
        }
        Ok(())
    }

    fn add(&mut self, id: &str, value: &Json, pointer: &str) -> Result<(), UsdmError> {
        let kind = value.get("instanceType").and_then(Json::as_str);
        let object = Object {
            pointer: pointer.to_owned(),
            kind: kind.unwrap_or_default().to_owned(),
        };
        match self.objects.insert(id.to_owned(), object) {
            None => Ok(()),
            Some(first) => Err(UsdmError::At {
                pointer: format!("{pointer}/id"),
                fault: Fault::IdTwice {
                    id: Excerpt::new(id),
                    first: first.pointer,
                },
            }),
        }
    }

    /// Where the object of this id stands.
    #[cfg(test)]
    pub(super) fn pointer(&self, id: &str) -> Option<&str> {
        self.objects.get(id).map(|object| object.pointer.as_str())
    }

    /// The references that lead nowhere or to another kind, in the order of the text.
    pub(super) fn problems(&self, root: &Node<'_>) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.check(root.value, &mut String::new(), &mut problems);
        problems
    }

    fn check(&self, value: &Json, pointer: &mut String, problems: &mut Vec<Problem>) {
        let length = pointer.len();
        match value {
            Json::Object(members) => {
                for (name, member) in members {
                    step(pointer, &name.replace('~', "~0").replace('/', "~1"));
                    if name.ends_with("Id") {
                        self.reference(name, member, pointer, problems);
                    } else if let (true, Json::List(items)) = (name.ends_with("Ids"), member) {
                        for (at, item) in items.iter().enumerate() {
                            let place = format!("{pointer}/{at}");
                            self.reference(name, item, &place, problems);
                        }
                    }
                    self.check(member, pointer, problems);
                    pointer.truncate(length);
                }
            }
            Json::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    step(pointer, &at.to_string());
                    self.check(item, pointer, problems);
                    pointer.truncate(length);
                }
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {}
        }
    }

    fn reference(&self, name: &str, value: &Json, pointer: &str, problems: &mut Vec<Problem>) {
        let Some(id) = value.as_str() else {
            return;
        };
        let mut kinds = KINDS.iter();
        let expected = kinds.find(|(of, _)| *of == name).map(|(_, kind)| *kind);
        let flaw = match (self.objects.get(id), expected) {
            (None, _) => Flaw::Unresolved(Excerpt::new(id)),
            (Some(object), Some(expected)) if object.kind != expected => Flaw::OtherKind {
                id: Excerpt::new(id),
                got: Excerpt::new(&object.kind),
                expected,
            },
            (Some(_), _) => return,
        };
        problems.push(Problem {
            pointer: pointer.to_owned(),
            flaw,
        });
    }
}

fn step(pointer: &mut String, name: &str) {
    pointer.push('/');
    pointer.push_str(name);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::epcis;

    #[test]
    fn an_id_leads_to_the_place_of_its_object() {
        let text = br#"{"a":[{"id":"x","b/c":{"id":"y"}}]}"#;
        let value = epcis::json::parse(text, &epcis::Limits::default()).expect("JSON");
        let ids = Ids::collect(&Node::root(&value)).expect("no id twice");
        assert_eq!(ids.pointer("x"), Some("/a/0"));
        assert_eq!(ids.pointer("y"), Some("/a/0/b~1c"));
        assert_eq!(ids.pointer("z"), None);
    }
}
