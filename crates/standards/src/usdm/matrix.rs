//! The visits and forms that a design makes due.

use super::{
    Activity, Design, Fault, Flaw, Instance, Limits, Problem, Timeline, UsdmError,
    offset::{Due, offsets},
    paths::unavoidable,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Timelines within timelines.
const MOST_LEVELS: usize = 8;

/// All cells of a design, in the order of its timelines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Matrix {
    /// The cells.
    pub cells: Vec<Cell>,
}

/// A form at a visit, and when it is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The timeline that the subject goes through.
    pub timeline_id: String,
    /// The point of the timeline.
    pub instance_id: String,
    /// Its name.
    pub instance: String,
    /// The visit, where it is one.
    pub encounter_id: Option<String>,
    /// Its name.
    pub visit: Option<String>,
    /// The epoch.
    pub epoch_id: Option<String>,
    /// What is done.
    pub activity_id: String,
    /// Its name.
    pub activity: String,
    /// Seconds from the anchor of the timeline, negative before it.
    pub due_at: Option<i64>,
    /// The earliest that is in time.
    pub due_from: Option<i64>,
    /// The latest that is in time.
    pub due_until: Option<i64>,
    /// Points of timelines that run within the visit, outermost first; empty for what the visit itself asks.
    pub within: Vec<String>,
    /// What must happen for it to be due: an event, or a decision of the timeline. `None` says that every subject owes it.
    pub condition: Option<String>,
}

impl Matrix {
    /// The cells that every subject owes.
    pub fn owed(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| cell.condition.is_none())
    }

    pub(super) fn of(
        design: &Design,
        limits: &Limits,
        problems: &mut Vec<Problem>,
    ) -> Result<Self, UsdmError> {
        let mains = design.timelines.iter().filter(|one| one.is_main).count();
        if mains != 1 {
            problems.push(Problem {
                pointer: format!("{}/scheduleTimelines", design.pointer),
                flaw: Flaw::MainTimelines(mains),
            });
        }
        let mut builder = Builder::new(design, limits, problems);
        for timeline in &design.timelines {
            let condition = (!timeline.is_main).then(|| timeline.entry_condition.clone());
            if timeline.is_main || !builder.nested.contains(timeline.id.as_str()) {
                builder.timeline(timeline, condition)?;
            }
        }
        Ok(builder.matrix)
    }
}

struct Builder<'a, 'b> {
    design: &'a Design,
    limits: &'b Limits,
    problems: &'b mut Vec<Problem>,
    activities: BTreeMap<&'a str, &'a Activity>,
    timelines: BTreeMap<&'a str, &'a Timeline>,
    visits: BTreeMap<&'a str, &'a str>,
    offsets: BTreeMap<&'a str, Due>,
    /// Timelines that run within an activity or a point of another.
    nested: BTreeSet<&'a str>,
    matrix: Matrix,
    /// Points and activities gone through, so that timelines without cells are bounded too.
    steps: usize,
}

/// Where in the timelines the builder stands.
#[derive(Clone)]
struct Place<'a> {
    timeline: &'a Timeline,
    outer: &'a Instance,
    condition: Option<String>,
    within: Vec<String>,
    /// The timelines that run here, to notice one that would run within itself.
    running: Vec<&'a str>,
}

impl<'a, 'b> Builder<'a, 'b> {
    fn new(design: &'a Design, limits: &'b Limits, problems: &'b mut Vec<Problem>) -> Self {
        let mut all = BTreeMap::new();
        for timeline in &design.timelines {
            all.append(&mut offsets(timeline, problems));
        }
        let of_activities = design.activities.iter().map(|one| &one.timeline_id);
        let instances = design.timelines.iter().flat_map(|one| &one.instances);
        let of_instances = instances.map(|one| &one.timeline_id);
        let nested = of_activities.chain(of_instances).flatten();
        Self {
            design,
            limits,
            problems,
            activities: design
                .activities
                .iter()
                .map(|one| (one.id.as_str(), one))
                .collect(),
            timelines: design
                .timelines
                .iter()
                .map(|one| (one.id.as_str(), one))
                .collect(),
            visits: design
                .encounters
                .iter()
                .map(|one| {
                    (
                        one.id.as_str(),
                        one.label.as_ref().unwrap_or(&one.name).as_str(),
                    )
                })
                .collect(),
            offsets: all,
            nested: nested.map(String::as_str).collect(),
            matrix: Matrix::default(),
            steps: 0,
        }
    }

    fn step(&mut self) -> Result<(), UsdmError> {
        self.steps += 1;
        if self.steps > self.limits.cells.saturating_mul(4) {
            return Err(self.too_many());
        }
        Ok(())
    }

    fn too_many(&self) -> UsdmError {
        UsdmError::At {
            pointer: self.design.pointer.clone(),
            fault: Fault::TooManyCells(self.limits.cells),
        }
    }

    fn timeline(
        &mut self,
        timeline: &'a Timeline,
        condition: Option<String>,
    ) -> Result<(), UsdmError> {
        let sure = unavoidable(timeline);
        for instance in &timeline.instances {
            let decided = || "a decision of the timeline".to_owned();
            let is_sure = sure.contains(instance.id.as_str());
            let condition = condition.clone().or_else(|| (!is_sure).then(decided));
            let place = Place {
                timeline,
                outer: instance,
                condition,
                within: Vec::new(),
                running: vec![&timeline.id],
            };
            self.instance(instance, &place)?;
        }
        Ok(())
    }

    fn instance(&mut self, instance: &'a Instance, place: &Place<'a>) -> Result<(), UsdmError> {
        self.step()?;
        for id in &instance.activity_ids {
            self.activity(id, place, 0)?;
        }
        self.within(instance.timeline_id.as_deref(), place)
    }

    /// An activity that is made of others is due as those.
    fn activity(&mut self, id: &str, place: &Place<'a>, level: usize) -> Result<(), UsdmError> {
        self.step()?;
        let Some(activity) = self.activities.get(id).copied() else {
            return Ok(());
        };
        if !activity.child_ids.is_empty() && level < MOST_LEVELS {
            for child in &activity.child_ids {
                self.activity(child, place, level + 1)?;
            }
            return Ok(());
        }
        self.cell(activity, place)?;
        self.within(activity.timeline_id.as_deref(), place)
    }

    fn within(&mut self, id: Option<&str>, place: &Place<'a>) -> Result<(), UsdmError> {
        let Some(timeline) = id.and_then(|id| self.timelines.get(id).copied()) else {
            return Ok(());
        };
        let is_running = place.running.contains(&timeline.id.as_str());
        if is_running || place.running.len() >= MOST_LEVELS {
            let problem = Problem {
                pointer: timeline.pointer.clone(),
                flaw: Flaw::Recursion,
            };
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
            return Ok(());
        }
        for instance in &timeline.instances {
            let mut inner = place.clone();
            inner.running.push(&timeline.id);
            inner.within.push(instance.name.clone());
            inner.condition = inner
                .condition
                .or_else(|| Some(timeline.entry_condition.clone()));
            self.instance(instance, &inner)?;
        }
        Ok(())
    }

    fn cell(&mut self, activity: &Activity, place: &Place<'a>) -> Result<(), UsdmError> {
        if self.matrix.cells.len() >= self.limits.cells {
            return Err(self.too_many());
        }
        let instance = place.outer;
        let due = self.offsets.get(instance.id.as_str());
        let encounter = instance.encounter_id.as_deref();
        let visit = encounter.and_then(|id| self.visits.get(id));
        self.matrix.cells.push(Cell {
            timeline_id: place.timeline.id.clone(),
            instance_id: instance.id.clone(),
            instance: instance.name.clone(),
            encounter_id: instance.encounter_id.clone(),
            visit: visit.map(|name| (*name).to_owned()),
            epoch_id: instance.epoch_id.clone(),
            activity_id: activity.id.clone(),
            activity: activity.label.as_ref().unwrap_or(&activity.name).clone(),
            due_at: due.map(|due| due.at),
            due_from: due.and_then(|due| due.from),
            due_until: due.and_then(|due| due.until),
            within: place.within.clone(),
            condition: place.condition.clone(),
        });
        Ok(())
    }
}
