//! The switch of the theory's bounds, and a key of their names.

use egui::{RichText, Sense, TextStyle, Ui, pos2, vec2};

use crate::figure::{BOUND_SHAFT, BoundKey};
use crate::ui::Theme;
use crate::ui::plot::paint_shaft;

use super::choice::{caption_ui, word_ui};

/// Length of the dotted sample before a name.
const SAMPLE: f32 = 16.0;

/// What the switch means.
const SWITCH: &str = "Off until it is asked for. Draws the papers' bounds over the measurement: dotted in the arm's colour where every assumption holds on this data, grey with crosses and the name struck through where one fails";

/// Space kept for what is not shown.
const MORE: f32 = 56.0;

/// Draws the switch and the names of the bounds in one line, nothing where there are none; a name
/// tells its formula, its numbers at the step shown and what fails. `struck` is the one arm whose
/// struck bounds are drawn, where there is only one.
pub fn bounds_ui(
    ui: &mut Ui,
    theme: &Theme,
    keys: &[BoundKey],
    struck: Option<usize>,
    on: &mut bool,
) {
    if keys.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing = vec2(10.0, 2.0);
        ui.spacing_mut().interact_size.y = 16.0;
        bounds_switch_ui(ui, theme, on);
        if *on {
            keys_ui(ui, theme, keys, struck);
        }
    });
}

/// Draws the switch alone.
pub fn bounds_switch_ui(ui: &mut Ui, theme: &Theme, on: &mut bool) {
    if word_ui(ui, theme, "bounds", *on, SWITCH) {
        *on = !*on;
        // Their names stand below.
        ui.ctx().request_repaint();
    }
}

/// Height of the row of names.
pub const NAMES: f32 = 16.0;

/// Draws the names of the bounds alone, in one line.
pub fn bound_names_ui(ui: &mut Ui, theme: &Theme, keys: &[BoundKey], struck: Option<usize>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing = vec2(10.0, 2.0);
        ui.spacing_mut().interact_size.y = NAMES;
        keys_ui(ui, theme, keys, struck);
    });
}

/// The names that fit, those that apply first, and how many more there are.
fn keys_ui(ui: &mut Ui, theme: &Theme, keys: &[BoundKey], struck: Option<usize>) {
    let note = note(keys, struck);
    let note_width = note
        .as_ref()
        .map_or(0.0, |note| name_width(ui, note) + 10.0);
    let (mut applying, failing): (Vec<&BoundKey>, Vec<_>) = keys.iter().partition(|k| k.applies());
    applying.extend(failing);
    let mut rest = applying.as_slice();
    while let [key, others @ ..] = rest {
        let more = if others.is_empty() { 0.0 } else { MORE };
        let room = ui.available_width() - note_width - more;
        if SAMPLE + 5.0 + name_width(ui, &title(key)) > room {
            break;
        }
        key_ui(ui, theme, key);
        rest = others;
    }
    if !rest.is_empty() {
        let texts: Vec<String> = rest.iter().map(|key| key.text()).collect();
        caption_ui(ui, theme, &format!("+{} more", rest.len())).on_hover_text(texts.join("\n"));
    }
    if let Some(note) = note {
        caption_ui(ui, theme, &note).on_hover_text(NOTE);
    }
}

/// Why not all struck bounds are drawn.
const NOTE: &str = "With more than three arms, bounds that don't apply are drawn only of the arm whose name is pointed at, else of the first; bounds that apply are drawn of all";

fn note(keys: &[BoundKey], struck: Option<usize>) -> Option<String> {
    let mut readings = keys.iter().flat_map(|key| &key.readings);
    let any = readings.clone().any(|r| !r.failing.is_empty());
    let arm = readings.find(|r| Some(r.arm) == struck)?;
    any.then(|| format!("struck: {} only", arm.label))
}

fn name_width(ui: &Ui, name: &str) -> f32 {
    let font = TextStyle::Small.resolve(ui.style());
    let galley = ui
        .painter()
        .layout_no_wrap(name.to_owned(), font, egui::Color32::PLACEHOLDER);
    galley.size().x
}

/// `Chen (50), needs ĉ ≥ 4.1`.
fn title(key: &BoundKey) -> String {
    let needs = key.needs().map(|needs| format!(", {needs}"));
    format!("{}{}", key.name, needs.unwrap_or_default())
}

fn key_ui(ui: &mut Ui, theme: &Theme, key: &BoundKey) {
    let color = if key.applies() {
        theme.text
    } else {
        theme.weak_text
    };
    let font = TextStyle::Small.resolve(ui.style());
    let struck = name_width(ui, &key.name);
    let name = ui.painter().layout_no_wrap(title(key), font, color);
    let size = name.size() + vec2(SAMPLE + 5.0, 4.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let middle = rect.center().y;
    let sample = [
        pos2(rect.left(), middle),
        pos2(rect.left() + SAMPLE, middle),
    ];
    paint_shaft(ui.painter(), sample, BOUND_SHAFT, color);
    let left = rect.left() + SAMPLE + 5.0;
    ui.painter()
        .galley(pos2(left, middle - 0.5 * name.size().y), name, color);
    if !key.applies() {
        let stroke = egui::Stroke::new(1.0, color);
        ui.painter()
            .hline(left - 1.0..=left + struck, middle, stroke);
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &key.name));
    response.on_hover_ui(|ui| {
        ui.label(RichText::new(key.text()));
    });
}
