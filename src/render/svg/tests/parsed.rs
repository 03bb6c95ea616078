//! Documents as an XML parser and a PNG decoder read them.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// An element with what it says, up to its first child.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) text: String,
}

impl Parsed {
    fn new(start: &BytesStart<'_>) -> Self {
        let string = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = string(&attribute.value);
            (
                string(attribute.key.as_ref()),
                unescape(&value).unwrap().into_owned(),
            )
        });
        Self {
            name: string(start.name().as_ref()),
            attributes: attributes.collect(),
            text: String::new(),
        }
    }
}

/// All elements in order. Panics where the document is not well formed.
pub(super) fn elements(xml: &str) -> Vec<Parsed> {
    let mut reader = Reader::from_str(xml);
    let mut elements: Vec<Parsed> = Vec::new();
    let mut depth = 0;
    loop {
        let text = match reader.read_event().unwrap() {
            Event::Start(start) => {
                depth += 1;
                elements.push(Parsed::new(&start));
                continue;
            }
            Event::Empty(start) => {
                elements.push(Parsed::new(&start));
                continue;
            }
            Event::End(_) => {
                depth -= 1;
                continue;
            }
            Event::Text(text) => text.decode().unwrap().into_owned(),
            Event::GeneralRef(name) => unescape(&format!("&{};", name.decode().unwrap()))
                .unwrap()
                .into_owned(),
            Event::Eof => break,
            _ => continue,
        };
        if let Some(last) = elements.last_mut() {
            last.text.push_str(&text);
        }
    }
    assert_eq!(depth, 0, "every element ends");
    elements
}

/// Attributes of the elements called `name`.
pub(super) fn named(xml: &str, name: &str) -> Vec<BTreeMap<String, String>> {
    let all = elements(xml)
        .into_iter()
        .filter(|element| element.name == name);
    all.map(|element| element.attributes).collect()
}

/// Content of the elements called `name`, without the line breaks that follow an element.
pub(super) fn contents(xml: &str, name: &str) -> Vec<String> {
    let all = elements(xml)
        .into_iter()
        .filter(|element| element.name == name);
    all.map(|element| element.text.trim_end_matches('\n').to_owned())
        .collect()
}

/// Straight RGBA of an embedded PNG.
pub(super) fn pixels(image: &BTreeMap<String, String>) -> Vec<u8> {
    let data = image["xlink:href"]
        .strip_prefix("data:image/png;base64,")
        .unwrap();
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let value = |c: u8| digits.iter().position(|digit| *digit == c);
    let values: Vec<u32> = data.bytes().filter_map(value).map(|v| v as u32).collect();
    let bytes = values.chunks(4).flat_map(|group| {
        let digit = |k: usize| group.get(k).copied().unwrap_or(0);
        let word = (0..4).fold(0, |word, k| word << 6 | digit(k));
        word.to_be_bytes()[1..group.len()].to_vec()
    });
    let file = std::io::Cursor::new(bytes.collect::<Vec<u8>>());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    pixels
}
