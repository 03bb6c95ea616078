//! What surrounds a panel: its title as a tab, hairlines, and the button that shows it alone.

use egui::{
    Color32, Margin, Rect, Response, RichText, ScrollArea, Sense, Stroke, Style, Ui, UiBuilder,
    Vec2, Visuals, WidgetText,
};
use egui_tiles::{
    Behavior, EditAction, ResizeState, SimplificationOptions, TabState, Tabs, TileId, Tiles,
    UiResponse,
};

use crate::spec::PanelKind;
use crate::ui::action::Action;
use crate::ui::door_action::DoorAction;
use crate::ui::doors::menu;
use crate::ui::focus::{self, Part};
use crate::ui::icon::Icon;
use crate::ui::panel::{PanelInput, PanelState};
use crate::ui::theme::section_text;
use crate::ui::{icon, panel};

/// Height of the row with the panels' titles.
const TITLE_ROW: f32 = 28.0;

/// Draws the panels and notes what the user did to them.
pub(super) struct Frame<'a> {
    input: PanelInput<'a>,
    state: &'a mut PanelState,
    actions: &'a mut Vec<Action>,
    alone: bool,
    /// Where each panel was drawn.
    pub(super) rects: Vec<(PanelKind, Rect)>,
    /// The panel whose button was pressed.
    pub(super) toggled: Option<PanelKind>,
    /// Whether the user moved or resized a panel.
    pub(super) arranged: bool,
}

impl<'a> Frame<'a> {
    pub(super) fn new(
        input: PanelInput<'a>,
        state: &'a mut PanelState,
        actions: &'a mut Vec<Action>,
        alone: bool,
    ) -> Self {
        Self {
            input,
            state,
            actions,
            alone,
            rects: Vec::new(),
            toggled: None,
            arranged: false,
        }
    }
}

impl Frame<'_> {
    /// Where the panel that is drawn next stands in the way of the focus; its title is drawn before it.
    fn next_part(&self) -> Part {
        Part::Panel(self.rects.len())
    }
}

/// Draws a panel into the space there is, or into the least it needs, scrolled.
fn with_room(ui: &mut Ui, least: Vec2, draw: impl FnOnce(&mut Ui)) {
    let room = ui.available_size();
    if room.x >= least.x && room.y >= least.y {
        return draw(ui);
    }
    ScrollArea::both().auto_shrink(false).show(ui, |ui| {
        let (rect, _) = ui.allocate_exact_size(room.max(least), Sense::hover());
        draw(&mut ui.new_child(UiBuilder::new().max_rect(rect)));
    });
}

impl Behavior<PanelKind> for Frame<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, _tile: TileId, kind: &mut PanelKind) -> UiResponse {
        let rect = ui.max_rect();
        let part = self.next_part();
        focus::ends(ui.ctx(), None);
        self.rects
            .push((*kind, rect.with_min_y(rect.top() - TITLE_ROW)));
        ui.painter().rect_filled(rect, 0.0, self.input.theme.panel);
        egui::Frame::NONE
            .inner_margin(Margin {
                left: 12,
                right: 12,
                top: 8,
                bottom: 8,
            })
            .show(ui, |ui| {
                ui.set_clip_rect(ui.clip_rect().intersect(rect));
                with_room(ui, panel::row(*kind).least.into(), |ui| {
                    panel::panel_ui(ui, *kind, self.input, self.state, self.actions);
                });
            });
        focus::ends(ui.ctx(), Some(part));
        UiResponse::None
    }

    fn tab_title_for_pane(&mut self, kind: &PanelKind) -> WidgetText {
        RichText::new(panel::row(*kind).title.to_uppercase())
            .text_style(section_text())
            .into()
    }

    fn on_tab_button(
        &mut self,
        tiles: &mut Tiles<PanelKind>,
        tile: TileId,
        button: Response,
    ) -> Response {
        focus::is_of(&button.ctx, button.id, self.next_part());
        match tiles.get_pane(&tile) {
            Some(kind) => {
                button.context_menu(|ui| menu::of_panel(ui, *kind, self.actions));
                button.on_hover_ui(|ui| {
                    ui.label(panel::row(*kind).tooltip(self.input));
                })
            }
            None => button,
        }
    }

    fn top_bar_right_ui(
        &mut self,
        tiles: &Tiles<PanelKind>,
        ui: &mut Ui,
        _tile: TileId,
        tabs: &Tabs,
        _scroll: &mut f32,
    ) {
        let Some(kind) = tabs.active.and_then(|id| tiles.get_pane(&id)) else {
            return;
        };
        ui.add_space(6.0);
        let (icon, name) = if self.alone {
            (Icon::Restore, "Show all panels")
        } else {
            (Icon::Maximize, "Show this panel alone")
        };
        let response = icon::button(ui, icon, name, true).on_hover_text(format!("{name} (F)"));
        focus::is_of(ui.ctx(), response.id, self.next_part());
        if response.clicked() {
            self.toggled = Some(*kind);
        }
        let save = icon::button(ui, Icon::Save, "Save this panel", true).on_hover_text(
            "Save this panel as a figure (Ctrl S); right-click to copy it or its data",
        );
        save.context_menu(|ui| menu::of_panel(ui, *kind, self.actions));
        if save.clicked() {
            self.actions
                .push(Action::Door(DoorAction::SaveFigure(Some(*kind))));
        }
    }

    fn on_edit(&mut self, action: EditAction) {
        self.arranged |= matches!(action, EditAction::TileResized | EditAction::TileDropped);
    }

    fn simplification_options(&self) -> SimplificationOptions {
        SimplificationOptions {
            all_panes_must_have_tabs: true,
            ..SimplificationOptions::default()
        }
    }

    fn tab_bar_height(&self, _style: &Style) -> f32 {
        TITLE_ROW
    }

    fn gap_width(&self, _style: &Style) -> f32 {
        1.0
    }

    fn min_size(&self) -> f32 {
        120.0
    }

    fn tab_title_spacing(&self, _visuals: &Visuals) -> f32 {
        12.0
    }

    fn tab_bar_color(&self, _visuals: &Visuals) -> Color32 {
        self.input.theme.panel
    }

    fn tab_bg_color(&self, _: &Visuals, _: &Tiles<PanelKind>, _: TileId, _: &TabState) -> Color32 {
        Color32::TRANSPARENT
    }

    fn tab_outline_stroke(
        &self,
        _: &Visuals,
        _: &Tiles<PanelKind>,
        _: TileId,
        _: &TabState,
    ) -> Stroke {
        Stroke::NONE
    }

    fn tab_bar_hline_stroke(&self, _visuals: &Visuals) -> Stroke {
        Stroke::NONE
    }

    fn tab_text_color(
        &self,
        _: &Visuals,
        _: &Tiles<PanelKind>,
        _: TileId,
        state: &TabState,
    ) -> Color32 {
        if state.active {
            self.input.theme.text
        } else {
            self.input.theme.weak_text
        }
    }

    fn resize_stroke(&self, _style: &Style, state: ResizeState) -> Stroke {
        let color = match state {
            ResizeState::Idle => self.input.theme.hairline,
            ResizeState::Hovering | ResizeState::Dragging => self.input.theme.accent,
        };
        Stroke::new(1.0, color)
    }
}
