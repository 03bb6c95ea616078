//! A preset as people write one: only what differs from the defaults, a line a field, and where it came from
//! a file that file's own text with the changed fields written anew.

mod comments;
mod edited;
mod node;
mod pruned;
#[cfg(test)]
mod tests;

use super::{parse, to_ron};
use crate::spec::Preset;
use comments::Comments;
use edited::edited;
use node::Node;
use pruned::pruned;

/// The text of a preset. With the text of the file that it came from, that one, in which what was changed is
/// written anew, so that its comments and its order stay; where a change can't be made there, a text of its own
/// with the comments from the head of the old one and from before its fields.
///
/// Reading it gives the same preset.
pub fn written(preset: &Preset, from: Option<&str>) -> String {
    let whole = Node::of(&to_ron(preset));
    let in_place = from.and_then(|text| {
        let old = Node::of(&to_ron(&parse(text).ok()?));
        let short = pruned(&whole, |name, node| old.entry(name) != Some(node));
        edited(text, &old, (&whole, &short))
    });
    if let Some(text) = in_place.filter(|text| reads_as(text, preset)) {
        return text;
    }
    let short = pruned(&whole, |_, _| true);
    let comments = from.map_or_else(Comments::default, Comments::of);
    let text = comments.with(&short);
    if reads_as(&text, preset) {
        return text;
    }
    // Nothing is left out there.
    to_ron(preset) + "\n"
}

fn reads_as(text: &str, preset: &Preset) -> bool {
    parse(text).is_ok_and(|read| read == *preset)
}
