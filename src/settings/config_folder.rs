//! The folder in which this platform keeps the settings of programs.

use std::ffi::OsString;
use std::path::PathBuf;

/// Name of the program's own folder in it.
const OWN: &str = "widescope";

/// With this variable set the window neither reads nor writes settings.
pub const NO_SETTINGS: &str = "WIDESCOPE_NO_SETTINGS";

/// Where the settings are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigFolder {
    /// In this folder, which may not be there yet.
    At(PathBuf),
    /// The environment names none.
    Unknown,
    /// The user wants none.
    Unwanted,
}

/// Which variables name the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Platform {
    Unix,
    Apple,
    Windows,
}

impl ConfigFolder {
    /// That of this user on this machine.
    pub fn of_user() -> Self {
        let platform = if cfg!(windows) {
            Platform::Windows
        } else if cfg!(target_os = "macos") {
            Platform::Apple
        } else {
            Platform::Unix
        };
        Self::of(platform, |name| std::env::var_os(name))
    }

    fn of(platform: Platform, variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        if is_set(NO_SETTINGS) {
            return Self::Unwanted;
        }
        // A relative path would mean another folder wherever the program is started.
        let absolute = |name: &str| {
            let path = variable(name).map(PathBuf::from);
            path.filter(|path| path.is_absolute() || cfg!(not(windows)) && path.starts_with("/"))
        };
        let base = match platform {
            Platform::Unix => absolute("XDG_CONFIG_HOME")
                .or_else(|| absolute("HOME").map(|home| home.join(".config"))),
            Platform::Apple => {
                absolute("HOME").map(|home| home.join("Library").join("Application Support"))
            }
            Platform::Windows => absolute("APPDATA"),
        };
        base.map_or(Self::Unknown, |base| Self::At(base.join(OWN)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(platform: Platform, variables: &[(&str, &str)]) -> ConfigFolder {
        ConfigFolder::of(platform, |name| {
            let mut variables = variables.iter();
            let found = variables.find(|(of, _)| *of == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    fn at(path: &str) -> ConfigFolder {
        ConfigFolder::At(PathBuf::from(path))
    }

    #[cfg(unix)]
    #[test]
    fn each_platform_has_its_place() {
        let home = ("HOME", "/home/ada");
        assert_eq!(
            of(Platform::Unix, &[home]),
            at("/home/ada/.config/widescope")
        );
        let set = ("XDG_CONFIG_HOME", "/etc/ada");
        assert_eq!(of(Platform::Unix, &[home, set]), at("/etc/ada/widescope"));
        let apple = at("/home/ada/Library/Application Support/widescope");
        assert_eq!(of(Platform::Apple, &[home, set]), apple);
        let data = ("APPDATA", "/roaming");
        assert_eq!(of(Platform::Windows, &[data]), at("/roaming/widescope"));
    }

    #[test]
    fn without_a_home_there_is_none_and_the_user_can_want_none() {
        assert_eq!(of(Platform::Unix, &[]), ConfigFolder::Unknown);
        let relative = [("XDG_CONFIG_HOME", "conf"), ("HOME", "")];
        assert_eq!(of(Platform::Unix, &relative), ConfigFolder::Unknown);
        let unwanted = [("HOME", "/home/ada"), (NO_SETTINGS, "1")];
        assert_eq!(of(Platform::Unix, &unwanted), ConfigFolder::Unwanted);
    }
}
