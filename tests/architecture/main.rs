//! What ARCHITECTURE.md says of the code, held against the code.

mod imports;
mod module;
mod page;
mod places;

use std::collections::{BTreeMap, BTreeSet};

use imports::imports;
use module::{Names, modules};

/// The first name in which two modules differ, of each; `None` where one stands within the other.
fn siblings(from: &Names, to: &Names) -> Option<(Names, Names)> {
    let common = from.iter().zip(to).take_while(|(a, b)| a == b).count();
    let until = |names: &Names| names.get(..=common).map(<[String]>::to_vec);
    Some((until(from)?, until(to)?))
}

/// For each module, the imports among its children, each with all that stands below it.
fn imports_among_children() -> BTreeMap<Names, BTreeMap<Names, BTreeSet<Names>>> {
    let mut among: BTreeMap<_, BTreeMap<_, BTreeSet<_>>> = BTreeMap::new();
    for (from, all) in imports(&modules()) {
        for to in all {
            if let Some((from, to)) = siblings(&from, &to) {
                let parent = from[..from.len() - 1].to_vec();
                let of = among.entry(parent).or_default();
                of.entry(from).or_default().insert(to);
            }
        }
    }
    among
}

/// What is left when those that import nothing that is left, and those that nothing left imports, are
/// taken away, again and again: nothing, unless imports go in a circle.
fn circles(mut imports: BTreeMap<Names, BTreeSet<Names>>) -> BTreeMap<Names, BTreeSet<Names>> {
    loop {
        let before = imports.len();
        let importers: BTreeSet<Names> = imports.keys().cloned().collect();
        for of in imports.values_mut() {
            of.retain(|to| importers.contains(to));
        }
        let imported: BTreeSet<Names> = imports.values().flatten().cloned().collect();
        imports.retain(|from, of| !of.is_empty() && imported.contains(from));
        if imports.len() == before {
            return imports;
        }
    }
}

#[test]
fn in_no_folder_imports_go_in_a_circle() {
    let mut found = String::new();
    for (_, among) in imports_among_children() {
        for (from, to) in circles(among) {
            let to: Vec<String> = to.iter().map(|to| to.join("::")).collect();
            found += &format!("{} imports {}\n", from.join("::"), to.join(", "));
        }
    }
    assert!(found.is_empty(), "in a circle, or between two:\n{found}");
}

#[test]
fn folders_import_only_from_those_that_the_page_names_before_them() {
    let order = page::order();
    let place = |name: &String| order.iter().position(|of| of == name);
    let among = imports_among_children().remove(&Names::new());
    let among = among.expect("the library imports from itself");
    for (from, to) in &among {
        for to in to {
            let (here, there) = (place(&from[0]), place(&to[0]));
            assert!(here.is_some(), "ARCHITECTURE.md does not name {}", from[0]);
            assert!(
                there < here,
                "{} imports from {}, against the order",
                from[0],
                to[0]
            );
        }
    }
    let folders: BTreeSet<String> = modules()
        .into_keys()
        .filter_map(|n| n.into_iter().next())
        .collect();
    for name in &order {
        assert!(folders.contains(name), "there is no folder {name}");
    }
    assert_eq!(order.len(), folders.len(), "each folder is named once");
}

#[test]
fn a_circle_is_found() {
    let name = |x: &str| vec![x.to_owned()];
    let of = |all: &[&str]| all.iter().map(|x| name(x)).collect::<BTreeSet<_>>();
    let mut imports = BTreeMap::from([(name("a"), of(&["b"])), (name("b"), of(&["c"]))]);
    assert!(circles(imports.clone()).is_empty());
    imports.insert(name("c"), of(&["a"]));
    assert_eq!(circles(imports).len(), 3);
}

#[test]
fn a_thing_is_added_where_the_page_says() {
    for row in page::rows() {
        let found = places::of(&row.example);
        let page::Row { what, example, .. } = &row;
        let missing: Vec<_> = row.places.difference(&found).collect();
        assert!(
            missing.is_empty(),
            "{what}: {example} is not in {missing:?}"
        );
        let others: Vec<_> = found.difference(&row.places).collect();
        assert!(
            row.is_open || others.is_empty(),
            "{what}: {example} is also in {others:?}"
        );
    }
}

#[test]
fn what_is_added_most_often_is_added_in_three_files() {
    let rows = page::rows();
    let files = |what: &str| {
        let row = rows.iter().find(|row| row.what.contains(what));
        let places = &row.unwrap_or_else(|| panic!("a row of {what}")).places;
        // A figure is drawn in more than one place, on screen, on paper and on a page that replays: it is no
        // part of its panel.
        let figures = ["figure/", "page/", "replay/"];
        let is_of_figure = |file: &&String| figures.iter().any(|at| file.starts_with(at));
        places.iter().filter(|file| !is_of_figure(file)).count()
    };
    for what in ["observable", "panel", "control", "claim"] {
        assert!(files(what) <= 3, "{what}: {} files", files(what));
    }
}
