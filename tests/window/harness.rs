//! The test harness paints with our rasteriser.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::cpu_renderer::CpuRenderer;

#[test]
fn a_click_repaints_the_button_and_the_label() {
    let mut harness = Harness::builder()
        .with_size(egui::vec2(140.0, 50.0))
        .with_render_cursor(false)
        .renderer(CpuRenderer::default())
        .build_ui_state(
            |ui, pressed: &mut u32| {
                if ui.button("press").clicked() {
                    *pressed += 1;
                }
                ui.label(format!("pressed {pressed} times"));
            },
            0,
        );
    harness.run();
    let before = harness.render().unwrap();
    harness.get_by_label("press").click();
    harness.run();
    assert_eq!(*harness.state(), 1);
    let after = harness.render().unwrap();
    assert_eq!(after.dimensions(), (140, 50));
    let changed = |top: u32, bottom: u32| {
        let rows = || before.enumerate_rows().zip(after.rows());
        rows().any(|((y, old), new)| {
            (top..bottom).contains(&y) && old.map(|(_, _, pixel)| pixel).ne(new)
        })
    };
    assert!(changed(20, 50), "the label's number");
}
