//! A run kept by name.

use std::sync::Arc;

use crate::figure::changed;
use crate::ui::run_view::RunView;

/// A run kept by name, with its settings and its records.
#[derive(Clone, Debug)]
pub struct Pin {
    /// Tells it from the others, wherever it stands in the list.
    pub id: u64,
    /// What it is called.
    pub label: String,
    /// The run as it was when it was pinned.
    pub run: Arc<RunView>,
    /// Whether somebody named it.
    named: bool,
}

impl Pin {
    pub(super) fn new(id: u64, run: &RunView) -> Self {
        let mut pin = Self {
            id,
            label: String::new(),
            run: Arc::new(run.at_rest()),
            named: false,
        };
        pin.name_beside(run);
        pin
    }

    pub(super) fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.label);
        self.named = !name.trim().is_empty();
    }

    /// What differs from the run shown makes the name; else its arms, and of another experiment that
    /// one's title.
    pub(super) fn name_beside(&mut self, shown: &RunView) {
        if self.named {
            return;
        }
        let (here, there) = (&self.run.controls, &shown.controls);
        let differs = (here.name == there.name).then(|| changed(&there.preset, &here.preset));
        self.label = match differs {
            Some(Some(words)) => words,
            Some(None) => {
                let arms = self.run.history.arms().iter().map(|arm| arm.label.as_str());
                format!("{}, pinned", arms.collect::<Vec<_>>().join(" · "))
            }
            None if here.preset.title.is_empty() => here.name.clone(),
            None => here.preset.title.clone(),
        };
    }
}
