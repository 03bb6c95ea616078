//! The file of a figure, of one panel or of the whole window.

use crate::preset::Experiment;
use crate::render::{PictureOptions, picture};
use crate::ui::app::App;
use crate::ui::doors::{FINE, Order, Part, Subject};
use crate::ui::theme::{Theme, ThemeChoice};

/// The figure's file; beside one for TeX the table that it reads, by the name that is given.
///
/// # Errors
/// Why there is no such figure, and what can be saved instead.
pub fn figure(subject: &Subject, order: &Order, table: &str) -> Result<Vec<u8>, String> {
    match order.part {
        Part::Window => of_window(subject, order),
        Part::Panel(kind) => subject.figure(kind, order, table),
    }
}

fn of_window(subject: &Subject, order: &Order) -> Result<Vec<u8>, String> {
    let (choice, theme) = match order.dark {
        true => (ThemeChoice::Dark, Theme::dark()),
        false => (ThemeChoice::Light, Theme::light()),
    };
    let experiment = Experiment::clone(&subject.experiment);
    let app = App::with_history(experiment, subject.own.clone()).with_theme(choice);
    let mut app = app.looking_as(subject);
    let [width, height] = subject.window;
    let options = PictureOptions::new(width, height).with_pixels_per_point(FINE);
    let drawn = picture(&options, |context| theme.apply(context), |ui| app.ui(ui));
    subject.encoded(drawn.map_err(|error| error.to_string())?, order.format)
}
