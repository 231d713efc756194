//! The elements that are open while a file streams by, and their paths.

use crate::odm::{grammar::ElementRule, place::Place};
use std::{collections::BTreeSet, sync::Arc};

/// What an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    Root,
    Study,
    Metadata,
    Admin,
    /// Data of subjects: their values are not repeated.
    Data,
}

/// An element that is open.
pub(super) struct Frame {
    pub(super) local: Arc<str>,
    /// Its number among those of its name, from 1.
    pub(super) index: u32,
    pub(super) rule: &'static ElementRule,
    /// Where in its content it is.
    pub(super) state: usize,
    pub(super) zone: Zone,
    pub(super) place: Place,
    pub(super) text: String,
    /// Text where none may stand was told.
    pub(super) has_text: bool,
    /// How many children of each name there were.
    pub(super) children: Vec<(Arc<str>, u32)>,
    /// Which of these names came last.
    pub(super) last: Option<usize>,
    /// What must differ among its children: (rule, values).
    pub(super) unique: BTreeSet<(usize, Vec<String>)>,
}

/// The path of the innermost open element itself.
pub(super) fn open_path(frames: &[Frame]) -> String {
    let mut path = String::new();
    for frame in frames {
        step(&mut path, &frame.local, frame.index);
    }
    path
}

/// The path of the last child of the innermost open element; its own where it has none yet.
pub(super) fn path_of(frames: &[Frame]) -> String {
    let mut path = open_path(frames);
    if path.is_empty() {
        return "/ODM".to_owned();
    }
    let child = frames
        .last()
        .and_then(|frame| frame.children.get(frame.last?));
    if let Some((local, index)) = child {
        step(&mut path, local, *index);
    }
    path
}

fn step(path: &mut String, local: &str, index: u32) {
    path.push('/');
    path.push_str(local);
    if index > 1 {
        path.push_str(&format!("[{index}]"));
    }
}
