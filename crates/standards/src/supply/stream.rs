//! The steps of a supply, one after the other.

use std::collections::VecDeque;

use super::{ParameterError, Parameters, Parties, Step, wave::Wave};

/// Packs of one wave, unless one lot has more.
const PACKS_PER_WAVE: u64 = 8_000;

/// All steps of a supply, wave by wave, in each wave by time.
pub struct Supply {
    parameters: Parameters,
    parties: Parties,
    /// The first lot of the next wave.
    lot: u64,
    wave: u64,
    number: u64,
    ready: VecDeque<Step>,
}

impl Supply {
    /// The supply of these parameters.
    ///
    /// # Errors
    /// [`ParameterError`].
    pub fn new(parameters: Parameters) -> Result<Self, ParameterError> {
        parameters.check()?;
        Ok(Self {
            parties: Parties::new(&parameters.counts),
            parameters,
            lot: 0,
            wave: 0,
            number: 0,
            ready: VecDeque::new(),
        })
    }

    /// Who takes part.
    pub fn parties(&self) -> &Parties {
        &self.parties
    }

    /// What it follows from.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    fn plan(&mut self) {
        let counts = &self.parameters.counts;
        let together = (PACKS_PER_WAVE / counts.packs).max(1);
        let end = (self.lot + together).min(counts.lots);
        let wave = Wave::new(&self.parameters, &self.parties, self.wave);
        let mut steps = wave.steps(self.lot..end);
        // The sort is stable: what is done at one time stays in the order in which it was planned.
        steps.sort_by_key(|step| step.time_ms);
        for step in &mut steps {
            step.number = self.number;
            self.number += 1;
        }
        self.ready = steps.into();
        (self.lot, self.wave) = (end, self.wave + 1);
    }
}

impl Iterator for Supply {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        while self.ready.is_empty() && self.lot < self.parameters.counts.lots {
            self.plan();
        }
        self.ready.pop_front()
    }
}
