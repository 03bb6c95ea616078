//! The toolkit's style made of a theme: hairlines instead of boxes, an 8-point grid, one accent.

use egui::style::{HandleShape, Selection, WidgetVisuals, Widgets};
use egui::{
    Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Visuals,
    vec2,
};

use super::Theme;
use crate::ui::fonts;

/// Size of body text in points.
const BODY: f32 = 13.0;
/// Size of notes, tick labels and units.
const SMALL: f32 = 11.5;
/// Size of headings.
const HEADING: f32 = 15.0;

/// Text style of panel titles and section names.
pub fn section_text() -> TextStyle {
    TextStyle::Name("section".into())
}

/// Sets fonts sizes, distances and colours.
pub(super) fn write(style: &mut Style, theme: &Theme) {
    text(style);
    spacing(style);
    style.visuals = visuals(theme);
    style.interaction.tooltip_delay = 0.35;
    style.interaction.selectable_labels = false;
    style.explanation_tooltips = false;
    style.animation_time = 0.08;
}

fn text(style: &mut Style) {
    let sizes = [
        (TextStyle::Small, SMALL, FontFamily::Proportional),
        (TextStyle::Body, BODY, FontFamily::Proportional),
        (TextStyle::Button, BODY, FontFamily::Proportional),
        (TextStyle::Monospace, BODY, FontFamily::Monospace),
        (TextStyle::Heading, HEADING, fonts::semibold()),
        (section_text(), SMALL, fonts::semibold()),
    ];
    style.text_styles = sizes
        .into_iter()
        .map(|(name, size, family)| (name, FontId::new(size, family)))
        .collect();
    style.drag_value_text_style = TextStyle::Body;
}

fn spacing(style: &mut Style) {
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 4.0);
    spacing.button_padding = vec2(8.0, 2.0);
    spacing.interact_size = vec2(32.0, 22.0);
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(8);
    spacing.slider_rail_height = 3.0;
    spacing.icon_width = 14.0;
    spacing.icon_width_inner = 8.0;
    spacing.combo_height = 320.0;
    spacing.tooltip_width = 360.0;
    spacing.scroll.floating = true;
    spacing.scroll.bar_width = 8.0;
}

fn visuals(theme: &Theme) -> Visuals {
    let mut visuals = if theme.dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    visuals.widgets = widgets(theme);
    visuals.selection = Selection {
        bg_fill: theme
            .accent
            .gamma_multiply(if theme.dark { 0.35 } else { 0.22 }),
        stroke: Stroke::new(1.0, theme.text),
    };
    visuals.weak_text_color = Some(theme.weak_text);
    visuals.hyperlink_color = theme.accent;
    visuals.faint_bg_color = theme.background;
    visuals.extreme_bg_color = theme.background;
    visuals.warn_fg_color = theme.warning;
    visuals.error_fg_color = theme.error;
    visuals.window_fill = theme.panel;
    visuals.window_stroke = Stroke::new(1.0, theme.hairline);
    visuals.window_corner_radius = CornerRadius::same(4);
    visuals.menu_corner_radius = CornerRadius::same(4);
    visuals.panel_fill = theme.panel;
    let shadow = Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: Color32::from_black_alpha(if theme.dark { 110 } else { 40 }),
    };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.slider_trailing_fill = true;
    visuals.handle_shape = HandleShape::Circle;
    visuals.indent_has_left_vline = false;
    visuals
}

fn widgets(theme: &Theme) -> Widgets {
    let state = |fill: Color32, border: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, border),
        corner_radius: CornerRadius::same(3),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let raised = theme.raised();
    Widgets {
        noninteractive: state(theme.panel, theme.hairline, theme.text),
        inactive: state(raised, theme.hairline, theme.text),
        hovered: state(raised, theme.weak_text, theme.text),
        active: state(theme.hairline, theme.accent, theme.text),
        open: state(raised, theme.accent, theme.text),
    }
}
