//! What pointing at an arm's name does: a click hides or shows it, and the panel that is pointed in
//! brings out its arm.

use std::collections::BTreeSet;

use egui::{Id, Ui};

use super::table::Touched;

/// Takes what was pointed at in the panel `id`.
pub fn touch(ui: &Ui, id: Id, hidden_arms: &mut BTreeSet<usize>, touched: Option<Touched>) {
    let arm = touched.map(|t| t.arm);
    if pointed(ui, id) != arm {
        ui.data_mut(|d| d.insert_temp(key(id), arm));
        ui.ctx().request_repaint();
    }
    if let Some(touched) = touched.filter(|t| t.clicked)
        && !hidden_arms.remove(&touched.arm)
    {
        hidden_arms.insert(touched.arm);
    }
}

/// The arm that was pointed at in the panel `id` in the frame before.
pub fn pointed(ui: &Ui, id: Id) -> Option<usize> {
    ui.data(|d| d.get_temp::<Option<usize>>(key(id)).flatten())
}

fn key(id: Id) -> Id {
    id.with("pointed")
}
