//! Timelines: what is done, and when.

use super::{Duration, Fault, Limits, UsdmError, node::Node, study::required_code};
use serde::Serialize;

/// Something that is done, such as a form that is filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Activity {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is shown of it.
    pub label: Option<String>,
    /// The ids of the activities that it is made of.
    pub child_ids: Vec<String>,
    /// The id of the timeline that runs within it.
    pub timeline_id: Option<String>,
    /// The ids of the biomedical concepts that are recorded.
    pub concept_ids: Vec<String>,
}

/// A timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is the one that every subject goes through.
    pub is_main: bool,
    /// What must happen for it to begin.
    pub entry_condition: String,
    /// The id of the instance with which it begins.
    pub entry_id: String,
    /// What is scheduled.
    pub instances: Vec<Instance>,
    /// When.
    pub timings: Vec<Timing>,
    /// Where it stands (RFC 6901).
    pub pointer: String,
}

/// A point of a timeline: activities at a visit, or a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Instance {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is shown of it.
    pub label: Option<String>,
    /// The id of the next instance, where no condition leads elsewhere.
    pub next_id: Option<String>,
    /// Where conditions lead: the condition, and the id of an instance.
    pub branches: Vec<(String, String)>,
    /// The id of the epoch.
    pub epoch_id: Option<String>,
    /// The id of the visit.
    pub encounter_id: Option<String>,
    /// The ids of what is done.
    pub activity_ids: Vec<String>,
    /// The id of the timeline that runs within it.
    pub timeline_id: Option<String>,
    /// Where it stands (RFC 6901).
    pub pointer: String,
}

/// Which way a timing goes from the instance that it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TimingKind {
    /// Before it.
    Before,
    /// After it.
    After,
    /// The instance is the one from which others count.
    Anchor,
}

/// When an instance is, seen from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Timing {
    /// Its id.
    pub id: String,
    /// Which way.
    pub kind: TimingKind,
    /// How far; `None` where it is no duration of ISO 8601.
    pub value: Option<Duration>,
    /// How far, in words.
    pub label: String,
    /// The id of the instance that it is for.
    pub of_id: String,
    /// The id of the instance from which it counts.
    pub from_id: Option<String>,
    /// How much earlier is still in time.
    pub window_lower: Option<Duration>,
    /// How much later is still in time.
    pub window_upper: Option<Duration>,
    /// Members that are no duration of ISO 8601.
    #[serde(skip)]
    pub(super) unread: Vec<String>,
    /// Where it stands (RFC 6901).
    pub pointer: String,
}

impl Activity {
    pub(super) fn read(node: &Node<'_>) -> Result<Self, UsdmError> {
        Ok(Self {
            id: node.text_of("id")?,
            name: node.text_of("name")?,
            label: node.maybe_text("label")?,
            child_ids: node.texts("childIds")?,
            timeline_id: node.maybe_text("timelineId")?,
            concept_ids: node.texts("biomedicalConceptIds")?,
        })
    }
}

impl Timeline {
    pub(super) fn read(node: &Node<'_>, limits: &Limits) -> Result<Self, UsdmError> {
        let instances = node.items("instances")?;
        if instances.len() > limits.instances {
            return Err(node.error(Fault::TooManyInstances(limits.instances)));
        }
        let main = node.required("mainTimeline")?;
        Ok(Self {
            id: node.text_of("id")?,
            name: node.text_of("name")?,
            is_main: node
                .flag("mainTimeline")?
                .ok_or_else(|| main.error(Fault::Missing))?,
            entry_condition: node.text_of("entryCondition")?,
            entry_id: node.text_of("entryId")?,
            instances: instances
                .iter()
                .map(Instance::read)
                .collect::<Result<_, _>>()?,
            timings: node.each("timings", Timing::read)?,
            pointer: node.pointer.clone(),
        })
    }
}

impl Instance {
    fn read(node: &Node<'_>) -> Result<Self, UsdmError> {
        let branches = node.each("conditionAssignments", |one| {
            Ok((one.text_of("condition")?, one.text_of("conditionTargetId")?))
        })?;
        Ok(Self {
            id: node.text_of("id")?,
            name: node.text_of("name")?,
            label: node.maybe_text("label")?,
            next_id: node.maybe_text("defaultConditionId")?,
            branches,
            epoch_id: node.maybe_text("epochId")?,
            encounter_id: node.maybe_text("encounterId")?,
            activity_ids: node.texts("activityIds")?,
            timeline_id: node.maybe_text("timelineId")?,
            pointer: node.pointer.clone(),
        })
    }

    /// Whether it only decides what comes next.
    pub(super) fn is_decision(&self) -> bool {
        !self.branches.is_empty()
    }
}

impl Timing {
    fn read(node: &Node<'_>) -> Result<Self, UsdmError> {
        let mut unread = Vec::new();
        let mut duration = |name: &str| -> Result<Option<Duration>, UsdmError> {
            let Some(text) = node.maybe_text(name)? else {
                return Ok(None);
            };
            let duration = Duration::parse(&text);
            if duration.is_none() {
                unread.push(node.pointer_of(name));
            }
            Ok(duration)
        };
        let value = duration("value")?;
        let window_lower = duration("windowLower")?;
        let window_upper = duration("windowUpper")?;
        Ok(Self {
            id: node.text_of("id")?,
            kind: kind(node)?,
            value,
            label: node.text_of("valueLabel")?,
            of_id: node.text_of("relativeFromScheduledInstanceId")?,
            from_id: node.maybe_text("relativeToScheduledInstanceId")?,
            window_lower,
            window_upper,
            unread,
            pointer: node.pointer.clone(),
        })
    }
}

fn kind(node: &Node<'_>) -> Result<TimingKind, UsdmError> {
    let coded = required_code(node, "type")?;
    match (coded.code.as_str(), coded.decode.as_str()) {
        ("C201357", _) | (_, "Before") => Ok(TimingKind::Before),
        ("C201356", _) | (_, "After") => Ok(TimingKind::After),
        ("C201358", _) | (_, "Fixed Reference") => Ok(TimingKind::Anchor),
        _ => Err(UsdmError::At {
            pointer: node.pointer_of("type"),
            fault: Fault::Expected {
                got: "another code",
                expected: "Before, After or Fixed Reference",
            },
        }),
    }
}
