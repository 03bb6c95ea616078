//! From which module to which imports go.

use std::collections::{BTreeMap, BTreeSet};

use crate::module::{Module, Names};

/// The modules that each one imports from: where an item is at home, whoever hands it on.
pub fn imports(modules: &BTreeMap<Names, Module>) -> BTreeMap<Names, BTreeSet<Names>> {
    let homes = |module: &Module| {
        let paths = module.imports.iter();
        paths.map(|path| home(modules, path)).collect()
    };
    modules
        .iter()
        .map(|(names, module)| (names.clone(), homes(module)))
        .collect()
}

/// The module in which what a path names is at home.
fn home(modules: &BTreeMap<Names, Module>, path: &[String]) -> Names {
    let mut at = Names::new();
    for (i, name) in path.iter().enumerate() {
        let mut inner = at.clone();
        inner.push(name.clone());
        if modules.contains_key(&inner) {
            at = inner;
            continue;
        }
        return match handed_on(modules, &at, name) {
            Some(to) if to != path => home(modules, &[&to, &path[i + 1..]].concat()),
            _ => at,
        };
    }
    at
}

/// Where a module that hands a name on has it from.
fn handed_on(modules: &BTreeMap<Names, Module>, at: &Names, name: &String) -> Option<Names> {
    let module = modules.get(at)?;
    if let Some(path) = module.handed_on.get(name) {
        return Some(path.clone());
    }
    let knows = |glob: &&Names| {
        let inner = [glob.as_slice(), std::slice::from_ref(name)].concat();
        modules.contains_key(&inner) || handed_on(modules, glob, name).is_some()
    };
    let glob = module.globs.iter().find(knows)?;
    Some([glob.as_slice(), std::slice::from_ref(name)].concat())
}
