//! Why the window could not open.

/// Why the window could not open. Each text is one message that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// There is no display server.
    #[error(
        "no display: neither WAYLAND_DISPLAY nor WAYLAND_SOCKET nor DISPLAY is set; \
         `widescope run` and `widescope render` work without one"
    )]
    NoDisplay,
    /// A library is missing that the window loads when it opens.
    #[error(
        "the window needs {library}, which is not installed (Debian and Ubuntu: \
         `apt install {package}`); `widescope run` and `widescope render` work without it"
    )]
    MissingLibrary {
        /// File name of the library.
        library: &'static str,
        /// Debian package that has it.
        package: &'static str,
    },
    /// The display server named by the environment does not answer.
    #[error(
        "the display server does not answer (DISPLAY={display}); `widescope run` and \
         `widescope render` work without one"
    )]
    NoAnswer {
        /// Value of DISPLAY.
        display: String,
    },
    /// The display offers no OpenGL.
    #[error(
        "the window needs OpenGL 2.1 or newer, which this display does not offer (Debian and \
         Ubuntu: `apt install libgl1 libegl1`); `widescope run` and `widescope render` work without it"
    )]
    NoOpenGl,
    /// Anything else.
    #[error(
        "the window could not open: {0}; it needs X11 or Wayland, and OpenGL 2.1 or newer (Debian and \
         Ubuntu: `apt install libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libgl1`); \
         `widescope run` and `widescope render` work without them"
    )]
    Other(String),
}

/// Libraries that are loaded when the window opens, by a part of the message about their absence.
const LIBRARIES: [(&str, &str, &str); 7] = [
    (
        "libxkbcommon-x11",
        "libxkbcommon-x11.so.0",
        "libxkbcommon-x11-0",
    ),
    ("libxkbcommon", "libxkbcommon.so.0", "libxkbcommon0"),
    ("libX11-xcb", "libX11-xcb.so.1", "libx11-xcb1"),
    ("libX11", "libX11.so.6", "libx11-6"),
    ("libXcursor", "libXcursor.so.1", "libxcursor1"),
    ("libXi", "libXi.so.6", "libxi6"),
    ("libEGL", "libEGL.so.1", "libegl1"),
];

impl WindowError {
    /// The error behind a message of the toolkit.
    pub(super) fn of(message: &str) -> Self {
        if message.contains("neither WAYLAND_DISPLAY") {
            return Self::NoDisplay;
        }
        if message.contains("open connection to X server") {
            return Self::NoAnswer {
                display: std::env::var("DISPLAY").unwrap_or_default(),
            };
        }
        if message.contains("glutin") || message.contains("egui_glow") {
            return Self::NoOpenGl;
        }
        let missing = LIBRARIES.iter().find(|(part, ..)| message.contains(part));
        match missing {
            Some((_, library, package)) => Self::MissingLibrary { library, package },
            None => Self::Other(without_place(message)),
        }
    }
}

/// The message without the place in the toolkit's source that it begins with.
fn without_place(message: &str) -> String {
    let (_, words) = message.rsplit_once(".rs:").unwrap_or(("", message));
    let words = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == ' ');
    words.trim_end().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_is_told_apart_and_names_the_remedy() {
        let display = WindowError::of(
            "os error at mod.rs:765: neither WAYLAND_DISPLAY nor WAYLAND_SOCKET nor DISPLAY is set.",
        );
        assert!(matches!(display, WindowError::NoDisplay));
        let library = WindowError::of("Library libxkbcommon-x11.so could not be loaded.");
        assert!(
            library
                .to_string()
                .contains("apt install libxkbcommon-x11-0")
        );
        let plain = WindowError::of("Library libxkbcommon.so could not be loaded.");
        assert!(plain.to_string().contains("apt install libxkbcommon0"));
        let graphics = WindowError::of("Found no glutin configs matching the template: …");
        assert!(graphics.to_string().contains("apt install libgl1"));
        let server =
            WindowError::of("os error at mod.rs:788: Failed to open connection to X server");
        assert!(matches!(server, WindowError::NoAnswer { .. }));
        let other = WindowError::of(
            "os error at linux/mod.rs:788: Failed to load one of xlib's shared libraries",
        );
        assert!(
            other
                .to_string()
                .contains("could not open: Failed to load one of"),
            "{other}"
        );
        for error in [display, library, plain, graphics, server, other] {
            assert!(error.to_string().contains("widescope render"));
            assert_eq!(error.to_string().lines().count(), 1);
        }
    }
}
