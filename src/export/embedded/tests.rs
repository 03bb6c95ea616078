use std::sync::OnceLock;

use proptest::prelude::*;

use super::*;
use crate::export::{Provenance, portable};
use crate::preset::{library, parse, set, text};

/// A text with every character that a format could take for its own.
const AWKWARD: &str = r#""</script><b>&amp; ]]> -->\n%%EOF ω \\ ' \"quoted\" \u{0}""#;

fn entries() -> Vec<Entry> {
    let mut experiment = library::load("oymak-sgd").expect("a shipped preset");
    experiment.preset = set(&experiment.preset, "story", AWKWARD).expect("a story");
    let ron = text(&portable(&experiment));
    Provenance::new(&experiment, ron, Some(&["widescope".to_owned()])).entries()
}

fn value<'a>(entries: &'a [Entry], key: &str) -> &'a str {
    let found = entries.iter().find(|(k, _)| k == key);
    found.map(|(_, v)| v.as_str()).expect(key)
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut sum = crc32fast::Hasher::new();
    sum.update(kind);
    sum.update(data);
    let length = (data.len() as u32).to_be_bytes();
    [&length[..], kind, data, &sum.finalize().to_be_bytes()].concat()
}

/// A PNG file of texts alone; the i-th is written in the i-th of three ways.
fn png(entries: &[Entry]) -> Vec<u8> {
    let deflated = |text: &str| {
        use std::io::Write;
        let mut encoder =
            flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text.as_bytes()).expect("memory");
        encoder.finish().expect("memory")
    };
    let mut file = super::png::SIGNATURE.to_vec();
    for (i, (key, text)) in entries.iter().enumerate() {
        let key = key.as_bytes();
        file.extend(match i % 3 {
            0 => chunk(b"iTXt", &[key, b"\0\0\0en\0\0", text.as_bytes()].concat()),
            1 => chunk(b"iTXt", &[key, b"\0\x01\0\0\0", &deflated(text)].concat()),
            _ if text.is_ascii() => chunk(b"zTXt", &[key, b"\0\0", &deflated(text)].concat()),
            _ => chunk(b"iTXt", &[key, b"\0\0\0\0\0", text.as_bytes()].concat()),
        });
    }
    file.extend(chunk(b"IEND", b""));
    file
}

fn svg(entries: &[Entry]) -> Vec<u8> {
    let escaped = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        text.replace('>', "&gt;").replace('\n', "&#10;")
    };
    let entries: String = entries
        .iter()
        .map(|(key, value)| format!("<entry key=\"{key}\">{}</entry>", escaped(value)))
        .collect();
    let metadata = format!("<metadata><provenance>{entries}</provenance></metadata>");
    format!("<?xml version=\"1.0\"?>\n<svg>{metadata}<rect/></svg>").into_bytes()
}

fn html(entries: &[Entry]) -> Vec<u8> {
    let page = "<!DOCTYPE html><html><head><script>var a = '<svg>';</script>";
    format!("{page}{}</head></html>", html_script(entries)).into_bytes()
}

fn pdf(entries: &[Entry]) -> Vec<u8> {
    let file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n%%EOF\n";
    [&file[..], pdf_comments(entries).as_bytes()].concat()
}

/// Every kind with a file of it.
fn files() -> &'static [(Kind, Vec<u8>)] {
    static FILES: OnceLock<Vec<(Kind, Vec<u8>)>> = OnceLock::new();
    FILES.get_or_init(|| {
        let entries = entries();
        vec![
            (Kind::Png, png(&entries)),
            (Kind::Svg, svg(&entries)),
            (Kind::Pdf, pdf(&entries)),
            (Kind::Html, html(&entries)),
        ]
    })
}

#[test]
fn every_kind_gives_its_preset_back() {
    let entries = entries();
    let preset = parse(value(&entries, PRESET_KEY)).expect("the preset");
    for (kind, bytes) in files() {
        let found = experiment_in(bytes).expect("it reads").expect("a picture");
        assert_eq!(found.kind, *kind);
        assert_eq!(parse(&found.ron).as_ref(), Ok(&preset), "{kind}");
        assert_eq!(found.name.as_deref(), Some("oymak-sgd"), "{kind}");
        assert_eq!(found.version.as_deref(), Some(VERSION), "{kind}");
        assert_eq!(found.other_version(), None);
    }
}

#[test]
fn nothing_in_a_preset_ends_the_element_of_a_page() {
    let script = html_script(&entries());
    assert_eq!(script.matches("</script").count(), 1, "{script}");
    assert!(script.trim_end().ends_with("</script>"));
    assert_eq!(script.matches('<').count(), 2);
}

#[test]
fn another_version_is_noticed() {
    let mut entries = entries();
    let software = entries.iter_mut().find(|(key, _)| key == SOFTWARE_KEY);
    software.expect("the program").1 = "widescope 99.1".to_owned();
    for bytes in [png(&entries), svg(&entries), html(&entries), pdf(&entries)] {
        let found = experiment_in(&bytes).expect("it reads").expect("a picture");
        assert_eq!(found.other_version(), Some("99.1"));
    }
}

#[test]
fn what_holds_none_is_named() {
    for bytes in [png(&[]), svg(&[]), pdf(&[]), b"<html></html>".to_vec()] {
        let error = experiment_in(&bytes).expect_err("there is none");
        assert!(
            matches!(error, EmbeddedError::NoExperiment { .. }),
            "{error}"
        );
    }
    let jpeg = experiment_in(b"\xff\xd8\xff\xe0")
        .expect_err("a JPEG")
        .to_string();
    assert!(
        jpeg.contains("JPEG") && jpeg.contains("PNG, SVG, PDF or HTML"),
        "{jpeg}"
    );
    assert_eq!(experiment_in(b"(format: 1)"), Ok(None));
    assert_eq!(experiment_in(b""), Ok(None));
}

#[test]
fn a_damaged_picture_is_refused() {
    let bytes = png(&entries());
    let cut = experiment_in(&bytes[..bytes.len() - 30]).expect_err("cut off");
    assert!(cut.to_string().contains("cut off"), "{cut}");
    let mut changed = bytes.clone();
    changed[40] ^= 1;
    let changed = experiment_in(&changed).expect_err("changed");
    assert!(changed.to_string().contains("checksum"), "{changed}");
}

#[test]
fn long_texts_are_not_unpacked() {
    let long = "x".repeat(3 << 20);
    let entries = [
        ("other".to_owned(), String::new()),
        (PRESET_KEY.to_owned(), long),
    ];
    for bytes in [png(&entries), svg(&entries), pdf(&entries), html(&entries)] {
        let error = experiment_in(&bytes).expect_err("too long").to_string();
        assert!(error.contains("longer than"), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damaged_file_makes_it_panic(
        which in 0..4usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = files()[which].1.clone();
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(Some(found)) = experiment_in(&bytes) {
            let _ = parse(&found.ron);
        }
    }
}
