//! Text cut in its middle: names that begin alike still differ at their ends.

use std::sync::Arc;

use egui::{Color32, FontId, Galley, Ui};

/// Lays a text out within `room`; where it is longer, its middle gives way to an ellipsis.
pub fn elided(ui: &Ui, text: &str, font: &FontId, color: Color32, room: f32) -> Arc<Galley> {
    let lay = |text: String| ui.painter().layout_no_wrap(text, font.clone(), color);
    let whole = lay(text.to_owned());
    if whole.size().x <= room {
        return whole;
    }
    let count = text.chars().count();
    // The most characters that fit; none does where even the ellipsis is too long.
    let (mut fits, mut too_many) = (0, count);
    while too_many - fits > 1 {
        let middle = usize::midpoint(fits, too_many);
        if lay(without_middle(text, middle)).size().x <= room {
            fits = middle;
        } else {
            too_many = middle;
        }
    }
    lay(without_middle(text, fits))
}

/// The first and last characters of a text, `kept` in all.
fn without_middle(text: &str, kept: usize) -> String {
    let count = text.chars().count();
    let tail = kept / 2;
    let head: String = text.chars().take(kept - tail).collect();
    let end: String = text.chars().skip(count - tail).collect();
    format!("{}…{}", head.trim_end(), end.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_begin_alike_are_told_apart_when_cut() {
        let cut = |text: &str| without_middle(text, 12);
        assert_eq!(cut("Identity, n = 200, m = 512"), "Identi…= 512");
        assert_ne!(
            cut("Identity, n = 200, m = 512"),
            cut("Identity, n = 200, m = 2048")
        );
        assert_eq!(without_middle("ÄÖÜ", 2), "Ä…Ü");
    }

    #[test]
    fn a_cut_name_takes_no_more_than_its_room() {
        egui_kittest::Harness::new_ui(|ui| {
            let font = FontId::proportional(13.0);
            for room in [20.0, 60.0, 100.0, 1000.0] {
                let text = "Quadratic, n = 200, m = 2048";
                let galley = elided(ui, text, &font, Color32::WHITE, room);
                assert!(galley.size().x <= room, "{room}: {}", galley.text());
                assert_eq!(galley.text() == text, room > 500.0);
            }
        });
    }
}
