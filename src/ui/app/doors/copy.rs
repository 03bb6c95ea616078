//! What goes to the clipboard.

use egui::{ColorImage, ViewportCommand};

use crate::export::{run_command, share};
use crate::spec::PanelKind;
use crate::ui::app::App;
use crate::ui::doors::{Clip, Done, Format, Order, Part, Subject, Word};

use super::drawn::figure;
use super::save::script;

impl App {
    /// Copies a panel as a picture, in the colours of the window.
    pub(super) fn copy_image(&mut self, kind: Option<PanelKind>) {
        let order = Order {
            part: self.part(kind),
            format: Format::Png,
            size: "slide".to_owned(),
            dark: self.theme.as_ref().is_some_and(|theme| theme.dark),
            caption: false,
        };
        self.copy_figure(order);
    }

    /// Copies a figure as a picture.
    pub(super) fn copy_figure(&mut self, order: Order) {
        let subject = self.subject();
        self.doors
            .run(move || Done::Copied(picture(&subject, &order)));
    }

    pub(super) fn copy_data(&mut self, kind: Option<PanelKind>) {
        let Some(kind) = self.panel_meant(kind) else {
            return self
                .doors
                .trouble("There is no panel whose data could be copied.");
        };
        let subject = self.subject();
        self.doors.run(move || {
            let title = crate::ui::panel::row(kind).title;
            let table = subject.table(kind);
            Done::Copied(table.map(|table| {
                let words = format!("the data of {title}, {} rows", table.rows.len());
                Clip::Text(table.tabbed(), words)
            }))
        });
    }

    pub(super) fn copy_settings(&mut self) {
        let experiment = self.as_saved();
        self.doors.run(move || {
            let text = share::string(&experiment, false).map_err(|error| error.to_string());
            Done::Copied(text.map(|text| {
                let words = format!("the settings, {} characters", text.len());
                Clip::Text(text, words)
            }))
        });
    }

    pub(super) fn copy_command(&mut self) {
        let experiment = self.as_saved();
        self.doors.run(move || {
            let text = run_command(&experiment).map_err(|error| error.to_string());
            Done::Copied(text.map(|text| Clip::Text(text, "the command line".to_owned())))
        });
    }

    pub(super) fn copy_script(&mut self) {
        let experiment = self.as_saved();
        self.doors.run(move || {
            let text = script(&experiment);
            let words = "the NumPy script; it reads arrays that \u{201c}Save NumPy script\u{201d} writes beside it";
            Done::Copied(text.map(|text| Clip::Text(text.text().to_owned(), words.to_owned())))
        });
    }

    pub(super) fn put_on_clipboard(&mut self, clip: Result<Clip, String>) {
        let (Ok(clip), Some(context)) = (clip.as_ref(), self.doors.context.clone()) else {
            if let Err(message) = clip {
                self.doors.trouble(message);
            }
            return;
        };
        let words = match clip {
            Clip::Image(image, words) => {
                context.copy_image(image.clone());
                words
            }
            Clip::Text(text, words) => {
                context.copy_text(text.clone());
                words
            }
        };
        self.doors.news.say(Word::Done(format!("Copied {words}.")));
    }

    /// Asks the desktop for what is on the clipboard; it comes as an event.
    pub(super) fn ask_for_paste(&mut self) {
        if let Some(context) = &self.doors.context {
            context.send_viewport_cmd(ViewportCommand::RequestPaste);
        }
    }
}

fn picture(subject: &Subject, order: &Order) -> Result<Clip, String> {
    let bytes = figure(subject, order, "")?;
    let words = match order.part {
        Part::Panel(kind) => format!("a picture of {}", crate::ui::panel::row(kind).title),
        Part::Window => "a picture of the window".to_owned(),
    };
    Ok(Clip::Image(decoded(&bytes)?, words))
}

/// The pixels of a PNG file that was just written.
fn decoded(bytes: &[u8]) -> Result<ColorImage, String> {
    let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    let mut reader = decoder.read_info().map_err(|error| error.to_string())?;
    let size = reader
        .output_buffer_size()
        .ok_or("a picture that is too large")?;
    let mut pixels = vec![0; size];
    let frame = reader
        .next_frame(&mut pixels)
        .map_err(|error| error.to_string())?;
    let size = [frame.width as usize, frame.height as usize];
    let pixels = pixels.get(..frame.buffer_size()).unwrap_or_default();
    match frame.color_type {
        png::ColorType::Rgba => Ok(ColorImage::from_rgba_unmultiplied(size, pixels)),
        png::ColorType::Rgb => Ok(ColorImage::from_rgb(size, pixels)),
        other => Err(format!("a picture of {other:?}, which is not written")),
    }
}
