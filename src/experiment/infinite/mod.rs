//! Networks of infinite width: training in closed form.

pub(super) mod run;
pub(super) mod setup;
