//! What the user asked for. Views return actions; only the app changes anything.

use crate::preset::{Edit, Variation};
use crate::sweep::Unit;
use crate::worker::Speed;

use super::door_action::DoorAction;
use super::kept::Side;
use super::theme::ThemeChoice;

/// What the user asked for.
#[derive(Clone)]
pub enum Action {
    /// Change a field of the preset: the run goes on where it can, else starts again.
    Edit(Edit),
    /// Change a field of the preset and start again, though the run could go on.
    RestartWith(Edit),
    /// Take back the last change of the preset.
    Undo,
    /// Do it again.
    Redo,
    /// Start the run that waits for consent to its size.
    StartAnyway,
    /// Give up the run that waits, and the change that asked for it.
    KeepOldRun,
    /// Load a shipped preset.
    Load(String),
    /// Play or pause.
    TogglePlay,
    /// Show the first record.
    ToStart,
    /// Follow the run again.
    ToEnd,
    /// Show the record before.
    Previous,
    /// Show the record after; train one step where there is none.
    Next,
    /// Show this step.
    Seek(u64),
    /// Train at this speed.
    SetSpeed(Speed),
    /// Start again with the same data and seed.
    Restart,
    /// Start again with another seed.
    NewSeed,
    /// Show or hide an arm.
    ToggleArm(usize),
    /// Change the theme.
    SetTheme(ThemeChoice),
    /// Show or hide the help sheet.
    ToggleHelp,
    /// Show or hide the controls.
    ToggleControls,
    /// Show one panel alone, or all again.
    ToggleFull,
    /// Show the next panel alone, or the one before.
    NextPanel {
        /// Whether the next one, else the one before.
        forward: bool,
    },
    /// Put the panels back where they were.
    ResetLayout,
    /// Take a message away.
    Dismiss,
    /// Something of the sweep.
    Sweep(SweepAction),
    /// Something of the runs kept beside the one shown.
    Kept(KeptAction),
    /// Something of the arms.
    Arm(ArmAction),
    /// Something of the sheet that makes a field vary.
    Vary(VaryAction),
    /// Something that comes in or goes out.
    Door(DoorAction),
}

/// What the user asked of a field that is to vary.
#[derive(Clone, Debug, PartialEq)]
pub enum VaryAction {
    /// Show the sheet of a field, by its path.
    Open(String),
    /// Close it.
    Close,
    /// Make the field vary so.
    Apply(Variation),
    /// Give it the preset's own value again, by its path.
    Remove(String),
}

/// What the user asked of the arms of the preset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArmAction {
    /// Let the controls act on this arm alone, or on all.
    Select(Option<usize>),
    /// Change a field in this arm alone.
    Edit(usize, Edit),
    /// Add a copy of an arm.
    Copy(usize),
    /// Take an arm away.
    Remove(usize),
    /// Name an arm; without a name it is called by its values.
    Rename(usize, String),
    /// Move an arm in the list.
    Shift {
        /// Which.
        arm: usize,
        /// Whether up, else down.
        up: bool,
    },
}

/// What the user asked of the runs kept beside the one shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptAction {
    /// Pin the run shown.
    Pin,
    /// Give a pinned run up.
    Unpin(u64),
    /// Name a pinned run.
    Rename(u64, String),
    /// Move a pinned run in the list.
    Shift {
        /// Which.
        pin: u64,
        /// Whether up, else down.
        up: bool,
    },
    /// Give the run before up.
    Dismiss,
    /// Show or hide all arms of a run.
    Toggle(Side),
    /// Show the arms of two runs and no other, or again what was shown before.
    Compare(Option<[Side; 2]>),
}

/// What the user asked of a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SweepAction {
    /// Carry out the trials that are missing.
    Start,
    /// Stop; the trials done are kept.
    Stop,
    /// Make the run that a trial is the one of the other panels.
    Open(Unit),
}
