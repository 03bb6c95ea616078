//! A preset without what it would have anyway.

use super::node::Node;
use crate::preset::parse;
use crate::spec::Preset;

/// Fields that are always written: by the one a file is known, by the other it is found.
const ALWAYS: [&str; 2] = ["format", "title"];

/// The preset without the fields that are as they are where nothing is written. Fields that are not `wanted`
/// are left as they are: each takes some time.
pub(super) fn pruned(whole: &Node, wanted: impl Fn(&str, &Node) -> bool) -> Node {
    let Node::Group {
        head,
        brackets,
        entries,
    } = whole
    else {
        return whole.clone();
    };
    let kept = entries.iter().filter_map(|(name, node)| {
        let name = name.as_deref()?;
        let node = if ALWAYS.contains(&name) || !wanted(name, node) {
            node.clone()
        } else {
            field(name, node)?
        };
        Some((Some(name.to_owned()), node))
    });
    Node::Group {
        head: head.clone(),
        brackets: *brackets,
        entries: kept.collect(),
    }
}

/// A field of the preset without what it would have anyway; `None` where that is all of it.
fn field(name: &str, node: &Node) -> Option<Node> {
    let read = |node: &Node| parse(&format!("({name}: {})", node.line())).ok();
    let Some(meant) = read(node) else {
        return Some(node.clone());
    };
    if meant == Preset::default() {
        return None;
    }
    let mut short = node.clone();
    shorten(&mut short, &mut Vec::new(), node, &|candidate| {
        read(candidate).as_ref() == Some(&meant)
    });
    Some(short)
}

/// Takes entry after entry away, the outer ones first, as long as what is left means the same. `path` leads to
/// the part of `short` that is looked at, by the places of entries.
fn shorten(short: &mut Node, path: &mut Vec<usize>, at: &Node, means_it: &dyn Fn(&Node) -> bool) {
    let Node::Group { entries, .. } = at else {
        return;
    };
    // From the last to the first, so that the places of those before stay.
    for index in (0..entries.len()).rev() {
        let Some((name, node)) = entries.get(index) else {
            continue;
        };
        if name.is_some() {
            let mut without = short.clone();
            if let Some(Node::Group { entries, .. }) = part(&mut without, path) {
                entries.remove(index);
            }
            if means_it(&without) {
                *short = without;
                continue;
            }
        }
        path.push(index);
        shorten(short, path, node, means_it);
        path.pop();
    }
}

fn part<'a>(node: &'a mut Node, path: &[usize]) -> Option<&'a mut Node> {
    path.iter().try_fold(node, |node, index| match node {
        Node::Group { entries, .. } => entries.get_mut(*index).map(|(_, node)| node),
        Node::Leaf(_) => None,
    })
}
