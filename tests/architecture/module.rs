//! The modules of the library as their files declare them, tests left out, and what each one imports.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, UseTree, Visibility};

/// Names from the root of the crate; that of the root itself is empty.
pub type Names = Vec<String>;

/// What one file declares.
#[derive(Debug, Default)]
pub struct Module {
    /// Paths it imports or names, from the root of the crate.
    pub imports: Vec<Names>,
    /// What it hands on under a name of its own.
    pub handed_on: BTreeMap<String, Names>,
    /// Modules it hands on as a whole.
    pub globs: Vec<Names>,
}

/// All modules of the library, those of tests left out.
pub fn modules() -> BTreeMap<Names, Module> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut modules = BTreeMap::new();
    read(&source.join("lib.rs"), &source, Vec::new(), &mut modules);
    modules
}

/// Reads the module in a file and those it declares; `folder` is where theirs are.
fn read(file: &Path, folder: &Path, names: Names, modules: &mut BTreeMap<Names, Module>) {
    let text = fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let parsed = syn::parse_file(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let children: Vec<&ItemMod> = parsed.items.iter().filter_map(declared).collect();
    for child in &children {
        let name = child.ident.to_string();
        let (file, folder) = place(folder, &name);
        let mut names = names.clone();
        names.push(name);
        read(&file, &folder, names, modules);
    }
    let mut reader = Reader {
        children: children
            .iter()
            .map(|child| child.ident.to_string())
            .collect(),
        names: names.clone(),
        module: Module::default(),
    };
    reader.visit_file(&parsed);
    modules.insert(names, reader.module);
}

/// A module in a file of its own that is there outside of tests.
fn declared(item: &Item) -> Option<&ItemMod> {
    match item {
        Item::Mod(child) if child.content.is_none() && !is_of_tests(&child.attrs) => Some(child),
        _ => None,
    }
}

/// The file of a module, and the folder of those it declares.
fn place(folder: &Path, name: &str) -> (PathBuf, PathBuf) {
    let own = folder.join(name);
    let file = folder.join(format!("{name}.rs"));
    if file.exists() {
        (file, own)
    } else {
        (own.join("mod.rs"), own)
    }
}

fn is_of_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Ident>()
                .is_ok_and(|of| of == "test")
    })
}

/// Collects the paths of one file.
struct Reader {
    names: Names,
    children: Vec<String>,
    module: Module,
}

impl Reader {
    /// A path from the root of the crate; `None` where it leads into another crate.
    fn absolute(&self, path: &[String]) -> Option<Names> {
        let supers = path.iter().take_while(|name| *name == "super").count();
        let (from, rest) = match path.first()?.as_str() {
            "crate" => (Vec::new(), path.get(1..)?),
            "self" => (self.names.clone(), path.get(1..)?),
            "super" => {
                let above = self.names.len().checked_sub(supers)?;
                (self.names.get(..above)?.to_vec(), path.get(supers..)?)
            }
            first if self.children.iter().any(|child| child == first) => (self.names.clone(), path),
            _ => return None,
        };
        Some(from.into_iter().chain(rest.iter().cloned()).collect())
    }

    /// Notes what a `use` brings, all its branches one by one.
    fn leaves(&mut self, tree: &UseTree, before: &[String], public: bool) {
        let with = |name: String| [before, &[name]].concat();
        match tree {
            UseTree::Path(path) => self.leaves(&path.tree, &with(path.ident.to_string()), public),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.leaves(tree, before, public);
                }
            }
            UseTree::Name(name) if name.ident == "self" => self.leaf(before, public, None),
            UseTree::Name(name) => self.leaf(&with(name.ident.to_string()), public, None),
            UseTree::Rename(renamed) => {
                let name = renamed.rename.to_string();
                self.leaf(&with(renamed.ident.to_string()), public, Some(name));
            }
            UseTree::Glob(_) => {
                let Some(path) = self.absolute(before) else {
                    return;
                };
                if public {
                    self.module.globs.push(path.clone());
                }
                self.module.imports.push(path);
            }
        }
    }

    fn leaf(&mut self, path: &[String], public: bool, name: Option<String>) {
        let Some(path) = self.absolute(path) else {
            return;
        };
        if let Some(name) = name.or_else(|| path.last().cloned()).filter(|_| public) {
            self.module.handed_on.insert(name, path.clone());
        }
        self.module.imports.push(path);
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes: &[Attribute] = match item {
            Item::Mod(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            _ => &[],
        };
        if !is_of_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let public = !matches!(item.vis, Visibility::Inherited);
        self.leaves(&item.tree, &[], public);
    }

    /// `pub(in crate::…)` is no import.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Names = path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        if names.len() > 1
            && let Some(names) = self.absolute(&names)
        {
            self.module.imports.push(names);
        }
        visit::visit_path(self, path);
    }
}
