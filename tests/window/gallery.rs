//! A drawing with everything that the panels draw: lines, dashes, points, bands, meshes, a
//! heatmap, text in several styles, widgets.

use egui::{
    Color32, ColorImage, Context, Mesh, RichText, Shape, TextureHandle, TextureOptions, Ui,
};
use egui_plot::{
    FilledArea, Legend, Line, LineStyle, MarkerShape, Plot, PlotImage, PlotPoint, PlotPoints,
    Points,
};

/// Draws the gallery; its texture is made once.
#[derive(Default)]
pub struct Gallery {
    heatmap: Option<TextureHandle>,
}

impl Gallery {
    /// Draws into the whole of `ui`.
    pub fn ui(&mut self, ui: &mut Ui) {
        let heatmap = self
            .heatmap
            .get_or_insert_with(|| load_heatmap(ui.ctx()))
            .id();
        egui::Panel::left("controls")
            .exact_size(230.0)
            .show(ui, controls_ui);
        egui::CentralPanel::default().show(ui, |ui| {
            let height = ui.available_height() / 2.0 - 14.0;
            ui.label("Loss ‖f − y‖² against the step t, width n = 8192, ω₀ = 1.5, <&\">");
            curves_ui(ui, height);
            ui.columns(2, |columns| {
                scatter_ui(&mut columns[0], height);
                heatmap_ui(&mut columns[1], heatmap, height);
            });
        });
    }
}

fn controls_ui(ui: &mut Ui) {
    ui.heading("Controls");
    ui.add(egui::Slider::new(&mut 0.3, 0.0..=1.0).text("η"));
    ui.add(egui::Slider::new(&mut 12, 0..=100).text("width"));
    ui.checkbox(&mut true, "centred");
    let _ = ui.radio(true, "tanh");
    let _ = ui.button("Restart");
    ui.separator();
    ui.label(
        RichText::new("lazy")
            .strong()
            .color(Color32::from_rgb(0xe6, 0x9f, 0x00)),
    );
    ui.label(RichText::new("monospace 0123").monospace());
    ui.label(RichText::new("underlined").underline());
    ui.label(RichText::new("on a background").background_color(Color32::DARK_GREEN));
    ui.label("A long sentence that is wrapped over several rows of the panel, “quoted”.");
    ui.add(egui::ProgressBar::new(0.6).text("60 %"));
    ui.add(egui::Label::new("a text that is too long for its single row").truncate());
    let (rect, _) = ui.allocate_exact_size(egui::vec2(120.0, 24.0), egui::Sense::hover());
    let painter = ui.painter();
    painter.rect(
        rect,
        6.0,
        Color32::LIGHT_BLUE,
        (2.0, Color32::BLUE),
        egui::StrokeKind::Inside,
    );
    painter.circle(
        rect.center(),
        8.0,
        Color32::from_white_alpha(120),
        (1.5, Color32::RED),
    );
}

fn curve(k: usize) -> PlotPoints<'static> {
    let rate = 0.4 + 0.3 * k as f64;
    PlotPoints::from_explicit_callback(
        move |t| (-rate * t).exp() + 0.05 * (9.0 * t).sin(),
        0.0..5.0,
        300,
    )
}

fn curves_ui(ui: &mut Ui, height: f32) {
    let styles = [
        LineStyle::Solid,
        LineStyle::dashed_dense(),
        LineStyle::dotted_dense(),
        LineStyle::dashed_loose(),
    ];
    let plot = Plot::new("curves").height(height).legend(Legend::default());
    plot.x_axis_label("step")
        .y_axis_label("loss")
        .default_x_bounds(0.0, 5.0)
        .default_y_bounds(-0.1, 1.2)
        .show(ui, |plot| {
            for (k, style) in styles.into_iter().enumerate() {
                plot.line(
                    Line::new(format!("arm {k}"), curve(k))
                        .style(style)
                        .width(1.5),
                );
            }
            let xs: Vec<f64> = (0..50).map(|k| 0.1 * f64::from(k)).collect();
            let low: Vec<f64> = xs.iter().map(|x| 0.3 * (-x).exp()).collect();
            let high: Vec<f64> = xs.iter().map(|x| 0.8 * (-x).exp() + 0.1).collect();
            plot.add(
                FilledArea::new("band", &xs, &low, &high)
                    .fill_color(Color32::from_rgba_unmultiplied(200, 60, 60, 50)),
            );
            let marks = vec![[1.0, 0.5], [2.0, 0.6], [3.0, 0.7], [4.0, 0.8]];
            plot.points(
                Points::new("marks", marks)
                    .shape(MarkerShape::Diamond)
                    .radius(5.0),
            );
            let beyond = vec![[-1.0, 0.2], [0.5, -1e30], [1.5, 0.9], [99.0, 1e30]];
            plot.line(Line::new("gap", beyond).allow_hover(false));
        });
}

fn scatter_ui(ui: &mut Ui, height: f32) {
    let plot = Plot::new("scatter").height(height - 20.0).data_aspect(1.0);
    let response = plot.include_x(-1.2).include_x(1.2).show(ui, |plot| {
        let dots: Vec<[f64; 2]> = (0..40).map(|k| [f64::from(k) / 20.0 - 1.0, 0.8]).collect();
        plot.points(Points::new("dots", dots).radius(2.0));
        plot.transform().to_owned()
    });
    let transform = response.inner;
    let mut mesh = Mesh::default();
    for k in 0..600_u32 {
        let angle = f64::from(k) * 2.399_963;
        let radius = (f64::from(k) / 600.0).sqrt() * 0.7;
        let at = PlotPoint::new(radius * angle.cos(), radius * angle.sin());
        let centre = transform.position_from_point(&at);
        let color = if k.is_multiple_of(3) {
            Color32::ORANGE
        } else {
            Color32::LIGHT_BLUE
        };
        let size = egui::Vec2::splat(3.0);
        mesh.add_colored_rect(egui::Rect::from_center_size(centre, size), color);
    }
    ui.painter()
        .with_clip_rect(*transform.frame())
        .add(Shape::mesh(mesh));
}

fn load_heatmap(context: &Context) -> TextureHandle {
    let color = |k: usize| {
        let (x, y) = ((k % 12) as f64, (k / 12) as f64);
        let colour =
            colorous::VIRIDIS.eval_continuous(0.5 + 0.5 * (0.4 * x).sin() * (0.5 * y).cos());
        Color32::from_rgb(colour.r, colour.g, colour.b)
    };
    let image = ColorImage::new([12, 8], (0..96).map(color).collect());
    context.load_texture("heatmap", image, TextureOptions::NEAREST)
}

fn heatmap_ui(ui: &mut Ui, texture: egui::TextureId, height: f32) {
    Plot::new("heatmap").height(height - 20.0).show(ui, |plot| {
        plot.image(PlotImage::new(
            "gram",
            texture,
            PlotPoint::new(6.0, 4.0),
            [12.0, 8.0],
        ));
        plot.text(egui_plot::Text::new(
            "note",
            PlotPoint::new(6.0, 4.0),
            "‖Σ‖ = 3",
        ));
    });
}
