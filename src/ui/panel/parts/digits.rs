//! Handwritten digits as pictures, a class a row, with what the arms take them for.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{
    Align2, Color32, ColorImage, FontId, Id, Rect, Sense, TextStyle, TextWrapMode, TextureHandle,
    TextureOptions, Ui, Vec2, pos2, vec2,
};

use crate::data::{DigitImage, DigitSet, first_digits};
use crate::figure::{Answer, ArmAnswers};
use crate::number;
use crate::spec::DataSpec;
use crate::ui::Theme;
use crate::ui::panel::input::PanelInput;

use super::cache::key;
use super::choice::{caption_ui, word_ui};

/// Images of a class at most.
const EACH: usize = 12;

/// Pixels of a side of an image.
const SIDE: usize = 28;

/// Space left of a row for its digit.
const LABEL: f32 = 28.0;

/// Distance between images.
const GAP: f32 = 4.0;

/// Largest side of an image on the screen.
const LARGEST: f32 = 84.0;

/// Height of the row of wrong answers under the test images.
const ANSWERS: f32 = 14.0;

/// Width of a wrong answer.
const ANSWER: f32 = 9.0;

/// What the switch of the set means.
const TRAINING: &str =
    "Shows the images that are trained on instead of those that the networks have never seen";

/// What a mark under an image is.
const MARK: &str = "Under an image stand the wrong answers at the step shown, each in the colour of its arm: \
    the digit that it takes the image for, – where the output is no answer";

/// Images in one texture, a class a row, as the graphics memory has them.
struct Kept {
    key: u64,
    texture: TextureHandle,
    /// The digit of a row, and the places of its images among the points.
    rows: Vec<(u8, Vec<usize>)>,
}

/// Draws the first images of each class, of the test set where there is one and the training set is not asked
/// for; whether the data are such images.
pub fn digits_ui(
    ui: &mut Ui,
    input: PanelInput<'_>,
    id: Id,
    (hidden, training): (&BTreeSet<usize>, &mut bool),
) -> bool {
    let DataSpec::Mnist {
        n_test, teacher, ..
    } = &input.experiment.preset.data
    else {
        return false;
    };
    let has_test = *n_test > 0;
    let set = if *training || !has_test {
        DigitSet::Train
    } else {
        DigitSet::Test
    };
    let Some(kept) = kept(ui, input, id, set) else {
        return false;
    };
    // The names that a teacher gives the images are not those written here.
    let answers = match (set, teacher) {
        (DigitSet::Test, None) => {
            ArmAnswers::of(input.experiment, input.history, hidden, input.cursor)
        }
        _ => Vec::new(),
    };
    head_ui(ui, input.theme, (has_test, training), |ui| match set {
        DigitSet::Train => {
            let caption = "The first training images of each class, before the pixels are scaled";
            caption_ui(ui, input.theme, caption);
        }
        DigitSet::Test if teacher.is_some() => {
            let caption =
                "A teacher names these images anew: answers are not held against the digits";
            caption_ui(ui, input.theme, caption);
        }
        DigitSet::Test if answers.is_empty() => {
            let caption = "No answers were recorded. Add Accuracy to the preset's observables.";
            caption_ui(ui, input.theme, caption);
        }
        DigitSet::Test => score_ui(ui, input.theme, &kept, &answers),
    });
    rows_ui(ui, input.theme, id, (&kept, &answers));
    true
}

fn head_ui(
    ui: &mut Ui,
    theme: &Theme,
    (has_test, training): (bool, &mut bool),
    rest: impl FnOnce(&mut Ui),
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        if has_test && word_ui(ui, theme, "training images", *training, TRAINING) {
            *training = !*training;
        }
        rest(ui);
    });
}

/// How many of the images shown each arm takes for another digit.
fn score_ui(ui: &mut Ui, theme: &Theme, kept: &Kept, answers: &[ArmAnswers]) {
    let images = || {
        let rows = kept.rows.iter();
        rows.flat_map(|(digit, points)| points.iter().map(|point| (*point, *digit)))
    };
    ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
    caption_ui(ui, theme, "wrong of the test images shown:").on_hover_text(MARK);
    for arm in answers {
        let asked = images()
            .filter(|(point, _)| arm.at(*point).is_some())
            .count();
        let wrong = images().filter(|image| arm.wrong(*image).is_some()).count();
        let (rect, _) = ui.allocate_exact_size(vec2(8.0, 8.0), Sense::hover());
        ui.painter()
            .circle_filled(rect.center(), 3.5, theme.arm(arm.arm));
        let words = format!("{} {wrong} of {asked}", arm.label);
        caption_ui(ui, theme, &words)
            .on_hover_text(format!("At step {}. {MARK}", number::count(arm.step)));
    }
}

fn rows_ui(ui: &mut Ui, theme: &Theme, id: Id, (kept, answers): (&Kept, &[ArmAnswers])) {
    let area = ui.available_rect_before_wrap();
    let count = kept.rows.len().max(1) as f32;
    let below = if answers.is_empty() { 0.0 } else { ANSWERS };
    let wide = (area.width() - LABEL) / EACH as f32 - GAP;
    let high = area.height() / count - GAP - below;
    let side = wide.min(high).clamp(8.0, LARGEST);
    let font = TextStyle::Body.resolve(ui.style());
    for (row, (digit, points)) in kept.rows.iter().enumerate() {
        let top = area.top() + row as f32 * (side + GAP + below);
        let middle = pos2(area.left() + 4.0, top + 0.5 * side);
        let text = digit.to_string();
        let painter = ui.painter();
        painter.text(middle, Align2::LEFT_CENTER, text, font.clone(), theme.text);
        for (column, point) in points.iter().enumerate() {
            let left = area.left() + LABEL + column as f32 * (side + GAP);
            let place = Rect::from_min_size(pos2(left, top), Vec2::splat(side));
            let uv = part([column, row], count);
            let texture = kept.texture.id();
            ui.painter().image(texture, place, uv, Color32::WHITE);
            let image = (*point, *digit);
            wrong_ui(ui, theme, place, answers, image);
            let whole = place.with_max_y(place.bottom() + below);
            ui.interact(whole, id.with(("image", row, column)), Sense::hover())
                .on_hover_text(words(answers, image));
        }
    }
    ui.advance_cursor_after_rect(area);
}

/// The wrong answers under an image; dots where there is no room for so many digits.
fn wrong_ui(ui: &Ui, theme: &Theme, image: Rect, answers: &[ArmAnswers], of: (usize, u8)) {
    let wrong = answers
        .iter()
        .filter_map(|arm| Some((arm.arm, arm.wrong(of)?)));
    let wrong: Vec<(usize, Answer)> = wrong.collect();
    let room = image.width() + GAP;
    let pitch = ANSWER.min(room / wrong.len().max(1) as f32);
    let font = FontId::new(
        TextStyle::Small.resolve(ui.style()).size,
        crate::ui::fonts::semibold(),
    );
    for (place, (arm, answer)) in wrong.into_iter().enumerate() {
        let at = pos2(
            image.left() + pitch * (place as f32 + 0.5),
            image.bottom() + 0.5 * ANSWERS,
        );
        if pitch < ANSWER {
            ui.painter()
                .circle_filled(at, (0.4 * pitch).min(2.5), theme.arm(arm));
            continue;
        }
        let text = match answer {
            Answer::Digit(digit) => digit.to_string(),
            Answer::Nothing => "–".to_owned(),
        };
        let color = theme.arm_text(arm);
        ui.painter()
            .text(at, Align2::CENTER_CENTER, text, font.clone(), color);
    }
}

/// `Label 9, 28 × 28 pixels`, and a line an arm: `ours reads 4, label 9`.
fn words(answers: &[ArmAnswers], (point, digit): (usize, u8)) -> String {
    let mut text = format!("Label {digit}, 28 × 28 pixels");
    for arm in answers {
        let reads = match arm.at(point) {
            Some(Answer::Digit(read)) => format!("reads {read}"),
            Some(Answer::Nothing) => "gives no answer".to_owned(),
            None => "was not asked".to_owned(),
        };
        text.push_str(&format!("\n{} {reads}, label {digit}", arm.label));
    }
    text
}

/// Where an image lies in the texture, from 0 to 1.
fn part([column, row]: [usize; 2], rows: f32) -> Rect {
    let size = vec2(1.0 / EACH as f32, 1.0 / rows);
    let corner = vec2(column as f32 * size.x, row as f32 * size.y);
    Rect::from_min_size(corner.to_pos2(), size)
}

fn kept(ui: &Ui, input: PanelInput<'_>, id: Id, set: DigitSet) -> Option<Arc<Kept>> {
    let (preset, theme) = (&input.experiment.preset, input.theme);
    let key = key(&(format!("{:?}", preset.data), preset.seed, theme.dark, set));
    let before = ui.data(|d| d.get_temp::<Arc<Kept>>(id));
    if let Some(kept) = before.filter(|kept| kept.key == key) {
        return Some(kept);
    }
    let rows = first_digits(&preset.data, preset.seed, (set, EACH)).ok()??;
    let image = in_one(&rows, theme);
    let texture = ui
        .ctx()
        .load_texture("digits", image, TextureOptions::NEAREST);
    let row = |images: &Vec<DigitImage>| {
        let first = images.first()?;
        Some((
            first.digit,
            images.iter().map(|image| image.point).collect(),
        ))
    };
    let kept = Arc::new(Kept {
        key,
        texture,
        rows: rows.iter().filter_map(row).collect(),
    });
    ui.data_mut(|d| d.insert_temp(id, Arc::clone(&kept)));
    Some(kept)
}

/// All images in one, ink in the colour of text.
fn in_one(rows: &[Vec<DigitImage>], theme: &Theme) -> ColorImage {
    let rows: Vec<_> = rows.iter().filter(|images| !images.is_empty()).collect();
    let size = [EACH * SIDE, rows.len() * SIDE];
    let mut pixels = vec![theme.panel; size[0] * size[1]];
    for (row, images) in rows.iter().enumerate() {
        for (column, image) in images.iter().enumerate() {
            for (at, ink) in image.pixels.iter().enumerate() {
                let y = row * SIDE + at / SIDE;
                let x = column * SIDE + at % SIDE;
                if let Some(pixel) = pixels.get_mut(y * size[0] + x) {
                    *pixel = theme
                        .panel
                        .lerp_to_gamma(theme.text, f32::from(*ink) / 255.0);
                }
            }
        }
    }
    ColorImage::new(size, pixels)
}
