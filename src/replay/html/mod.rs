//! A run as a page of its own.

mod escape;
mod key;
mod panels;
mod template;
mod words;

use crate::export::embedded::html_script;
use crate::export::{COMMIT, Provenance, VERSION};
use crate::figure::{Ink, Story, arm_looks};
use crate::page::colours::Colours;

use super::layers::Passed;
use super::moments::Moments;
use super::paints::{Paint, Paints};
use super::panel::PanelOver;
use super::place::{LOW, SPAN};
use super::readings::arm_names;
use super::script::{self, Frames, Places, Script, Words};
use super::view::LAYOUTS;
use super::{Shown, Wanted};
use escape::{escaped, within_script};
use template::Parts;

/// Fonts of what is drawn: those of the reader's system.
const FONT: &str =
    "system-ui, \"Segoe UI\", Roboto, \"Helvetica Neue\", \"DejaVu Sans\", sans-serif";
/// Seconds in which the whole run is played.
const SECONDS: f64 = 8.0;

/// What a page is made of.
pub(super) struct Gathered<'a> {
    pub shown: Shown<'a>,
    pub moments: &'a Moments,
    pub axis: &'a crate::figure::Axis,
    pub panels: &'a [PanelOver],
    pub passed: &'a [Passed],
    /// What is left out, a sentence each.
    pub left_out: &'a [String],
}

/// The page.
pub(super) fn page(
    gathered: &Gathered<'_>,
    wanted: &Wanted,
    provenance: &Provenance,
) -> Result<String, serde_json::Error> {
    let shown = gathered.shown;
    let looks: std::sync::Arc<[_]> = arm_looks(shown.experiment).into();
    let themes = [Colours::light(), Colours::dark()];
    let mut paints = Paints::new(themes.map(|theme| theme.with_looks(looks.clone())));
    let names = arm_names(shown.experiment, shown.history);
    let arms = names.iter().enumerate().map(|(arm, name)| script::Arm {
        name: name.clone(),
        ink: paints.number(Paint::Of(Ink::Arm(arm))),
    });
    let arms = arms.collect();
    let entries: Vec<_> = gathered.panels.iter().flat_map(|p| p.key.clone()).collect();
    let key = key::buttons(&names, &entries, &mut paints);
    let panels = panels::panels(gathered, &mut paints);
    let story = story(shown);
    let [light, dark] = paints.table();
    let script = Script {
        theme: wanted.theme.map(|dark| if dark { "dark" } else { "light" }),
        font: FONT,
        seconds: SECONDS,
        places: Places {
            low: LOW,
            span: SPAN,
        },
        frames: Frames {
            steps: gathered.moments.steps.clone(),
            places: gathered.moments.places.clone(),
            labels: gathered.moments.labels.clone(),
        },
        widths: LAYOUTS.iter().map(|layout| layout.width).collect(),
        colours: script::Colours { light, dark },
        arms,
        plots: panels.plots,
        tables: panels.tables,
        said: panels.said,
        words: WORDS,
    };
    let made = words::made(
        &provenance.preset,
        &provenance.seeds,
        provenance.command.as_deref(),
    );
    let split = match gathered.panels {
        [_] => "",
        all if panels::is_stacked(all) => " split stacked",
        _ => " split",
    };
    let parts = Parts {
        theme: wanted.theme.map_or(String::new(), |dark| {
            format!(" data-theme=\"{}\"", if dark { "dark" } else { "light" })
        }),
        meta: meta(&story),
        title: escaped(&story.title),
        variables: variables(&paints, panels.named),
        head: words::head(&story),
        key,
        split: split.to_owned(),
        panels: panels.html,
        words: words::foot(&story, gathered.left_out, &made),
        preset: html_script(&provenance.entries()),
        data: within_script(&serde_json::to_string(&script)?),
    };
    Ok(parts.page())
}

const WORDS: Words = Words {
    play: "▶ Play",
    play_long: "Play the run",
    pause: "⏸ Pause",
    pause_long: "Pause",
};

fn story(shown: Shown<'_>) -> Story {
    let story = Story::new(shown.experiment, shown.history);
    match shown.sweep {
        Some((plan, table)) => story.with_sweep(shown.experiment, plan, table),
        None => story,
    }
}

fn meta(story: &Story) -> String {
    let commit = format!(", commit {COMMIT}");
    let meta = |name: &str, content: &str| {
        format!("<meta name=\"{name}\" content=\"{}\">", escaped(content))
    };
    let generator = meta("generator", &format!("widescope {VERSION}{commit}"));
    let description = meta("description", &story.takeaway);
    format!("{generator}\n{description}")
}

/// The colours by name: as the reader's system has it, unless a theme is chosen.
fn variables(paints: &Paints, named: usize) -> String {
    let [light, dark] = paints.themes();
    let numbered = paints.table();
    let of = |theme: &Colours, numbered: &[String]| {
        let meant = [
            ("background", theme.background),
            ("panel", theme.panel),
            ("hairline", theme.hairline),
            ("text", theme.text),
            ("weak", theme.weak_text),
            ("accent", theme.accent),
            ("error", theme.error),
            ("raised", theme.raised()),
        ];
        let meant = meant
            .into_iter()
            .map(|(name, c)| format!("--{name}:{};", c.hex()));
        // Only marks of keys are drawn in these.
        let numbered = numbered.iter().enumerate().take(named);
        let numbered = numbered.map(|(k, colour)| format!("--p{k}:{colour};"));
        meant.chain(numbered).collect::<String>()
    };
    let (light, dark) = (of(light, &numbered[0]), of(dark, &numbered[1]));
    format!(
        ":root{{{light}}}\n@media (prefers-color-scheme: dark){{:root:not([data-theme=\"light\"]){{{dark}}}}}\n:root[data-theme=\"dark\"]{{{dark}}}"
    )
}
