//! The looks of the arms of the experiment shown, kept between frames.

use std::sync::Arc;

use egui::{Context, Id};

use crate::figure::{ArmLook, arm_looks};
use crate::preset::Experiment;

/// Looks with the experiment they are of, which they keep alive so that no other has its place.
#[derive(Clone)]
struct Kept(Arc<Experiment>, Arc<[ArmLook]>);

/// The looks of the arms of an experiment.
pub fn looks_of(context: &Context, experiment: &Arc<Experiment>) -> Arc<[ArmLook]> {
    let id = Id::unique("looks of the arms");
    let kept = context.data(|data| data.get_temp::<Kept>(id));
    if let Some(Kept(_, looks)) = kept.filter(|kept| Arc::ptr_eq(&kept.0, experiment)) {
        return looks;
    }
    let looks: Arc<[ArmLook]> = arm_looks(experiment).into();
    let fresh = Kept(Arc::clone(experiment), Arc::clone(&looks));
    context.data_mut(|data| data.insert_temp(id, fresh));
    looks
}
