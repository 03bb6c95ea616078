//! Figures: every preset's panels composed at the sizes of print and screen, and what has to hold of each page.

use std::collections::BTreeSet;

use widescope::page::choice::PanelState;
use widescope::page::compose::{PageOptions, compose};
use widescope::page::content::{Content, NoFigure, View, content};
use widescope::page::sheet::{Page, Text};
use widescope::page::size::PageSize;
use widescope::page::write::{PRESET_COMMENT, SvgText, pdf, pixels, svg, tex};
use widescope::preset::library;
use widescope::spec::PanelKind;
use widescope::ui::SweepView;

use crate::fake_sweep;
use crate::presets::{small, train};

/// Least type in print, in points.
const LEAST_TYPE: f32 = 7.0;

const SIZES: [&str; 4] = ["column", "text", "beamer", "slide"];

fn options(size: &str) -> PageOptions {
    PageOptions {
        size: size.parse().expect(size),
        columns: None,
        title: String::new(),
        caption: "a caption".to_owned(),
        name: "a figure".to_owned(),
        alt: "what is seen".to_owned(),
    }
}

/// What is wrong with a page: texts that run into each other or off the page, type that is too small, arms
/// without a name.
fn faults(page: &Page, contents: &[Content]) -> Vec<String> {
    let texts: Vec<&Text> = page.texts().collect();
    let mut faults = Vec::new();
    for (k, text) in texts.iter().enumerate() {
        let (place, source) = (text.place(), &text.set.source);
        if text.set.size < LEAST_TYPE {
            faults.push(format!("“{source}” has {} points", text.set.size));
        }
        let edges = [
            place.left,
            place.top,
            page.width - place.right,
            page.height - place.bottom,
        ];
        if edges.iter().any(|room| *room < -0.01) {
            faults.push(format!("“{source}” leaves the page: {place:?}"));
        }
        for other in &texts[k + 1..] {
            if place.grown(-0.3).meets(&other.place().grown(-0.3)) {
                faults.push(format!("“{source}” runs into “{}”", other.set.source));
            }
        }
    }
    let words: BTreeSet<&str> = texts
        .iter()
        .flat_map(|text| text.set.source.split(' '))
        .collect();
    let names = contents.iter().flat_map(|content| {
        let arms = content.key.iter().filter(|entry| entry.arm.is_some());
        let plots = content.plots.iter().filter(|plot| plot.arm.is_some());
        arms.map(|entry| &entry.name)
            .chain(plots.map(|plot| &plot.name))
    });
    for name in names {
        if !name.split(' ').all(|word| words.contains(word)) {
            faults.push(format!("{name} is not named"));
        }
    }
    faults
}

fn view<'a>(
    experiment: &'a widescope::preset::Experiment,
    history: &'a widescope::history::RunHistory,
    sweep: Option<&'a SweepView>,
    choice: &'a PanelState,
) -> View<'a> {
    View {
        experiment,
        history,
        step: history.last_step(),
        sweep: sweep.map(|sweep| (&*sweep.plan, &sweep.table)),
        choice,
    }
}

const RUN_PANELS: [PanelKind; 9] = [
    PanelKind::Loss,
    PanelKind::Spectrum,
    PanelKind::FeatureMap,
    PanelKind::Regime,
    PanelKind::Imbalance,
    PanelKind::Kernel,
    PanelKind::Data,
    PanelKind::Weights,
    PanelKind::Summary,
];

/// Panels that are known not to fit everywhere: several measures of several arms are higher than a slide of LaTeX's
/// and crowded in a third of a page, and the data's axis can have a name as long as a column.
fn is_known(kind: PanelKind, size: &str) -> bool {
    match kind {
        PanelKind::Regime => size == "beamer" || size == "together",
        PanelKind::Data => size == "column" || size == "together",
        _ => false,
    }
}

#[test]
fn no_label_of_any_preset_s_panels_collides_leaves_the_page_or_is_too_small() {
    let mut faulty = Vec::new();
    for name in library::names() {
        let experiment = small(name);
        let history = train(&experiment);
        let choice = PanelState::default();
        let view = view(&experiment, &history, None, &choice);
        let drawn: Vec<Content> = RUN_PANELS
            .into_iter()
            .filter_map(|kind| content(kind, &view).ok())
            .collect();
        assert!(!drawn.is_empty(), "{name} has no figure");
        let colours = view.colours(false);
        for one in &drawn {
            for size in SIZES.into_iter().filter(|size| !is_known(one.kind, size)) {
                let page = compose(std::slice::from_ref(one), &colours, &options(size));
                let faults = faults(&page, std::slice::from_ref(one));
                faulty.extend(
                    faults
                        .into_iter()
                        .map(|fault| format!("{name} {:?} {size}: {fault}", one.kind)),
                );
            }
        }
        let together = drawn.iter().filter(|one| !is_known(one.kind, "together"));
        let few: &[Content] = &together.take(3).cloned().collect::<Vec<_>>();
        for size in ["column", "text"] {
            let page = compose(few, &colours, &options(size));
            faulty.extend(
                faults(&page, few)
                    .into_iter()
                    .map(|fault| format!("{name} together {size}: {fault}")),
            );
        }
    }
    assert!(
        faulty.is_empty(),
        "{} faults:\n{}",
        faulty.len(),
        faulty.join("\n")
    );
}

#[test]
fn no_label_of_a_sweep_collides_either() {
    let mut faulty = Vec::new();
    for (sweep, kind) in fake_sweeps() {
        let experiment = sweep.plan.experiment().clone();
        let history = widescope::history::RunHistory::default();
        let choice = PanelState::default();
        let view = view(&experiment, &history, Some(&sweep), &choice);
        let drawn = content(kind, &view).expect("the sweep is drawn");
        for size in SIZES {
            let page = compose(
                std::slice::from_ref(&drawn),
                &view.colours(false),
                &options(size),
            );
            let faults = faults(&page, std::slice::from_ref(&drawn));
            faulty.extend(
                faults
                    .into_iter()
                    .map(|fault| format!("{kind:?} {size}: {fault}")),
            );
        }
    }
    assert!(
        faulty.is_empty(),
        "{} faults:\n{}",
        faulty.len(),
        faulty.join("\n")
    );
}

fn fake_sweeps() -> Vec<(SweepView, PanelKind)> {
    vec![
        (
            fake_sweep::view(fake_sweep::GRID, |_| true),
            PanelKind::Phase,
        ),
        (
            fake_sweep::view(fake_sweep::ARMS, |_| true),
            PanelKind::Phase,
        ),
        (
            fake_sweep::view(fake_sweep::CURVES, |_| true),
            PanelKind::Curves,
        ),
    ]
}

#[test]
fn the_same_page_is_the_same_file_in_every_format() {
    let experiment = small(library::DEFAULT);
    let history = train(&experiment);
    let choice = PanelState::default();
    let view = view(&experiment, &history, None, &choice);
    let kinds = [PanelKind::Loss, PanelKind::FeatureMap];
    let files = || {
        let contents: Vec<Content> = kinds
            .iter()
            .map(|kind| content(*kind, &view).expect("measured"))
            .collect();
        let page = compose(&contents, &view.colours(false), &options("column"));
        let live = svg(&page, SvgText::Live, &[]).expect("an SVG");
        (
            pdf(&page, &[]),
            pixels(&page, 150.0, &[]).expect("a PNG"),
            svg(&page, SvgText::Outlines, &[]).expect("an SVG"),
            live,
        )
    };
    assert!(files() == files());
}

#[test]
fn hidden_arms_are_left_out_and_all_of_them_are_no_figure() {
    let experiment = small(library::DEFAULT);
    let history = train(&experiment);
    let mut choice = PanelState::default();
    choice.shared.hidden_arms.insert(0);
    let names = |choice: &PanelState| {
        let drawn = content(PanelKind::Loss, &view(&experiment, &history, None, choice))?;
        Ok::<_, NoFigure>(
            drawn
                .key
                .iter()
                .filter_map(|entry| entry.arm)
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(names(&choice), Ok(vec![1, 2]));
    choice.shared.hidden_arms.extend([1, 2]);
    assert_eq!(names(&choice), Err(NoFigure::Hidden));
}

#[test]
fn sizes_are_what_their_names_say() {
    let experiment = small(library::DEFAULT);
    let history = train(&experiment);
    let choice = PanelState::default();
    let view = view(&experiment, &history, None, &choice);
    let drawn = content(PanelKind::Loss, &view).expect("measured");
    for (size, width, height) in [
        ("column", 89.0, None),
        ("text", 183.0, None),
        ("beamer", 128.0, Some(96.0)),
        ("60x45mm", 60.0, Some(45.0)),
    ] {
        let page = compose(
            std::slice::from_ref(&drawn),
            &view.colours(true),
            &options(size),
        );
        let mm = |points: f32| points * 25.4 / 72.0;
        assert!((mm(page.width) - width).abs() < 0.01, "{size}");
        match height {
            Some(height) => assert!((mm(page.height) - height).abs() < 0.01_f32, "{size}"),
            None => assert!(
                (40.0..150.0).contains(&mm(page.height)),
                "{size}: {}",
                mm(page.height)
            ),
        }
    }
    assert_eq!(PageSize::column().to_string(), "column");
}

/// Names that are commands, markup, formulas or escapes where they are not taken for names.
const HOSTILE: [&str; 3] = [
    "<script>alert(1)</script> & \u{1b}[31m",
    "=cmd()|'/c calc'!A1, \"quoted\"",
    "\\input{/etc/passwd} 50 % $x$ #1 ~ ^^M",
];

#[test]
fn hostile_names_are_shown_and_never_obeyed() {
    let experiment = small(library::DEFAULT);
    let mut history = train(&experiment);
    for (arm, name) in HOSTILE.iter().enumerate() {
        history.rename(arm, name);
    }
    let choice = PanelState::default();
    let view = view(&experiment, &history, None, &choice);
    let kinds = [PanelKind::Loss, PanelKind::FeatureMap, PanelKind::Regime];
    let contents: Vec<Content> = kinds
        .iter()
        .map(|kind| content(*kind, &view).expect("measured"))
        .collect();
    let page = compose(&contents, &view.colours(false), &options("text"));
    let entries = [("widescope-command".to_owned(), HOSTILE.join("\n"))];
    for text in [SvgText::Outlines, SvgText::Live] {
        let xml = svg(&page, text, &entries).expect("an SVG");
        assert!(!xml.contains("<script") && !xml.contains('\u{1b}'));
        let mut reader = quick_xml::Reader::from_str(&xml);
        while reader.read_event().expect("well-formed XML") != quick_xml::events::Event::Eof {}
    }
    let picture = tex::tex(&page, "figure.csv", &entries);
    for line in picture.lines().filter(|line| !line.starts_with('%')) {
        assert!(!line.contains("\\input") && !line.contains("^^"), "{line}");
    }
    let table = tex::table(&page);
    for cell in table.lines().flat_map(|line| line.split(',')) {
        assert!(!cell.trim_start().starts_with(['=', '@', '+']), "{cell}");
    }
    assert!(!table.contains('"') && !picture.contains('\u{1b}'));
}

/// Output of a program that reads a file; `None` where it is not installed, which is said.
fn read_by(program: &str, arguments: &[&str]) -> Option<String> {
    match std::process::Command::new(program).args(arguments).output() {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(_) => {
            eprintln!("left out: {program} is not installed");
            None
        }
    }
}

#[test]
fn a_pdf_embeds_subsets_of_fonts_none_of_type_3_and_its_text_can_be_searched() {
    let experiment = small(library::DEFAULT);
    let history = train(&experiment);
    let choice = PanelState::default();
    let view = view(&experiment, &history, None, &choice);
    let kinds = [PanelKind::Loss, PanelKind::Spectrum];
    let contents: Vec<Content> = kinds
        .iter()
        .map(|kind| content(*kind, &view).expect("measured"))
        .collect();
    let page = compose(&contents, &view.colours(false), &options("text"));
    let preset = "(seed: 1)".to_owned();
    let file = pdf(&page, &[("widescope-preset".to_owned(), preset)]);
    let end = String::from_utf8_lossy(&file[file.len() - 200..]).into_owned();
    assert!(
        end.contains(PRESET_COMMENT) && end.trim_end().ends_with("%%EOF"),
        "{end}"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("figure.pdf");
    std::fs::write(&path, file).expect("the file");
    let path = path.to_str().expect("UTF-8");
    if let Some(fonts) = read_by("pdffonts", &[path]) {
        let rows: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(!rows.is_empty(), "{fonts}");
        for row in rows {
            let words: Vec<&str> = row.split_whitespace().collect();
            assert!(
                row.contains("CID TrueType") && !row.contains("Type 3"),
                "{row}"
            );
            let embedded = words.iter().filter(|word| **word == "yes").count();
            assert_eq!(embedded, 3, "embedded, a subset, with Unicode: {row}");
        }
    }
    if let Some(text) = read_by("pdftotext", &[path, "-"]) {
        for arm in ["ours", "NTK", "MF", "training"] {
            assert!(text.contains(arm), "{arm} in {text}");
        }
    }
}
