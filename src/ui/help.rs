//! The help sheet: keys, marks and a glossary.

use egui::{Context, Frame, Grid, Id, Modal, RichText, ScrollArea, Ui};

use super::keys::KEYS;
use super::plot::ZOOM;
use super::theme::{Theme, section_text};

/// Words a newcomer asks for.
const GLOSSARY: [(&str, &str); 21] = [
    (
        "lazy",
        "The weights hardly move, the features hᵢ(x) stay as drawn, and the network trains like its linearization: a kernel method.",
    ),
    (
        "feature learning",
        "The features hᵢ(x) themselves move towards what the task needs.",
    ),
    (
        "scaling regime",
        "The powers of width m and embedding D in f(x) = a·Σᵢ vᵢσ(b·⟨Wᵢ, Φ(x)⟩) and in the step; with the initial sizes they decide between lazy and feature learning.",
    ),
    (
        "linearized twin f̄",
        "The network replaced by its first-order expansion at the start, trained by the same steps.",
    ),
    (
        "lazy gap",
        "‖f − f̄‖: how far the network has left its linearized twin. 0 means exactly lazy.",
    ),
    (
        "NTK",
        "Neural tangent kernel K = JJᵀ, J the Jacobian of the outputs by the trained weights.",
    ),
    (
        "NTK change",
        "‖Kₜ − K₀‖_F/‖K₀‖_F; small while training is lazy.",
    ),
    (
        "feature movement",
        "Mean |hᵢᵗ(x) − hᵢ⁰(x)| over neurons and training points.",
    ),
    (
        "sign pattern",
        "Which neurons are active (hᵢ > 0) at which points; ReLU networks change their kernel only where it flips.",
    ),
    (
        "Jacobian spectrum",
        "Singular values σᵢ(J). The smallest one bounds the rate, the largest one the stable step.",
    ),
    (
        "stable step",
        "2/(s·λ_max(K₀)), s = 1 for the sum and 1/n for the mean: above it even the linearized network diverges.",
    ),
    (
        "gradient flow",
        "The limit of small steps, dW/dt = −∇L in the time t. Theorems about it are drawn over t; steps follow it the closer the smaller they are.",
    ),
    (
        "bound",
        "What a theorem says of a measurement, dotted. Grey, crossed and struck through where one of its assumptions fails on this data; point at its name to see which.",
    ),
    (
        "imbalance",
        "U₁ᵀU₁ − VᵀV of a linear network, ‖w_r‖² − ‖v_r‖² of a ReLU neuron. Gradient flow conserves it; in a linear network it sets the rate.",
    ),
    (
        "kernel alignment",
        "⟨Kₜ, yyᵀ⟩/(‖Kₜ‖_F·‖y‖²): how well the kernel points towards the targets. 1 where K is a multiple of yyᵀ.",
    ),
    (
        "neuron distance",
        "‖w_r(t) − w_r(0)‖ of one neuron. Proofs of lazy training need the largest one to stay below a radius R.",
    ),
    (
        "arm",
        "One of several runs side by side, with the same data and seed, on one clock of steps.",
    ),
    (
        "before",
        "The run that a changed setting or another seed took the place of: thin and grey beside the new one, until it is put away (Esc).",
    ),
    (
        "pinned run",
        "A run kept by name with its settings and its records (B), to be compared with later ones, of other presets too. All kept runs share one budget of memory.",
    ),
    (
        "sweep, cell, trial",
        "A sweep runs the network at every value of one field, or every pair of values of two: its cells. Each cell has several trials, which differ by their seed.",
    ),
    (
        "transition",
        "Where half of the trials succeed, by a logistic curve through all trials along a line of the theory; its sharpness is the slope of that curve.",
    ),
];

/// Draws the sheet; whether it should close.
pub fn sheet(ctx: &Context, theme: &Theme) -> bool {
    let room = ctx.content_rect().size();
    let frame = Frame::popup(&ctx.global_style()).inner_margin(20);
    let modal = Modal::new(Id::unique("help")).frame(frame).show(ctx, |ui| {
        ui.set_width((room.x - 96.0).min(760.0));
        ui.heading("Keys and words");
        ui.add_space(8.0);
        ScrollArea::vertical()
            .max_height(room.y - 160.0)
            .show(ui, |ui| contents(ui, theme));
        ui.add_space(8.0);
        ui.button("Close").clicked()
    });
    modal.inner || modal.should_close()
}

fn contents(ui: &mut Ui, theme: &Theme) {
    pairs(ui, "KEYS", &KEYS, theme);
    pairs(ui, "PLOTS", &ZOOM, theme);
    section(ui, "CONTROLS", theme);
    ui.label(
        "↻ starts the run again with the same data and seed.   ● acts on the run as it goes on.",
    );
    ui.label("Double-click a name to restore the preset's value.");
    ui.label(
        "Right-click a name (or Shift F10 on it) to make its field vary: as arms, or in a sweep.",
    );
    ui.add_space(12.0);
    section(ui, "WORDS", theme);
    for (word, meaning) in GLOSSARY {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(word).family(super::fonts::semibold()));
            ui.label(meaning);
        });
    }
}

/// What to press, and what that does.
fn pairs(ui: &mut Ui, name: &str, pairs: &[(&str, &str)], theme: &Theme) {
    section(ui, name, theme);
    Grid::new(name)
        .num_columns(2)
        .spacing([24.0, 4.0])
        .show(ui, |ui| {
            for (key, meaning) in pairs {
                ui.label(RichText::new(*key).strong());
                ui.label(*meaning);
                ui.end_row();
            }
        });
    ui.add_space(12.0);
}

fn section(ui: &mut Ui, name: &str, theme: &Theme) {
    ui.label(
        RichText::new(name)
            .text_style(section_text())
            .color(theme.weak_text),
    );
    ui.add_space(2.0);
}
