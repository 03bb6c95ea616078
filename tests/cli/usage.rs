//! Bad input: exit code 2 and one message that names what is wrong and what is allowed.

use crate::support::{PRESET, call};

#[test]
fn an_unknown_preset_is_told_the_nearest_name() {
    call(["lazy-vs-featur"]).ended_with(2).complains_of(&[
        "lazy-vs-featur`",
        "lazy-vs-feature`",
        "widescope list",
    ]);
    call(["show", "lazy-vs-featur"])
        .ended_with(2)
        .complains_of(&["lazy-vs-feature`"]);
}

#[test]
fn a_mistyped_command_is_told_the_command() {
    call(["chekc"])
        .ended_with(2)
        .complains_of(&["chekc", "`widescope check`"]);
}

#[test]
fn an_unknown_field_is_told_the_nearest_one() {
    call(["show", PRESET, "--set", "network.widht=4"])
        .ended_with(2)
        .complains_of(&["widht", "width"]);
    call(["show", PRESET, "--set", "train.stop.step=4"])
        .ended_with(2)
        .complains_of(&["train.stop", "steps"]);
}

#[test]
fn a_bad_value_is_told_what_is_allowed() {
    call(["check", PRESET, "--set", "network.width=0"])
        .ended_with(2)
        .complains_of(&["network.width", "0", "allowed"]);
    call(["check", PRESET, "--set", "network.activation=Rleu"])
        .ended_with(2)
        .complains_of(&["Rleu", "Relu"]);
    call(["check", PRESET, "--set", "network.width=wide"])
        .ended_with(2)
        .complains_of(&["network.width", "wide"]);
}

#[test]
fn what_follows_from_a_set_field_has_a_way_out() {
    let varied = call(["check", PRESET, "--set", "scaling=Ntk"]).ended_with(2);
    varied.complains_of(&["axes=[] and claims=[]"]);
    let without = call(["check", PRESET, "--set", "axes=[]"]).ended_with(2);
    without.complains_of(&["claims.0", "claims=[]"]);
    call(["check", PRESET, "--set", "axes=[]", "--set", "claims=[]"]).ended_with(0);
}

#[test]
fn a_set_without_a_value_is_told_the_form() {
    call(["show", PRESET, "--set", "seed"])
        .ended_with(2)
        .complains_of(&["seed", "PATH=VALUE"]);
    call(["show", PRESET, "--set", "=4"])
        .ended_with(2)
        .complains_of(&["PATH=VALUE"]);
}

#[test]
fn a_file_that_is_no_preset_is_named_with_the_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("broken.ron");
    std::fs::write(&path, "(\n  seed: 1,\n  sede: 2,\n)").expect("the file");
    let path = path.to_str().expect("UTF-8");
    call(["check", path])
        .ended_with(2)
        .complains_of(&["sede", "seed", "line 3"]);
    call(["check", "no/such/file.ron"])
        .ended_with(2)
        .complains_of(&["no/such/file.ron"]);
}

#[test]
fn a_missing_or_unknown_option_is_a_usage_error() {
    call(["run", PRESET]).ended_with(2).complains_of(&["--out"]);
    call(["run", PRESET, "--outt", "x"])
        .ended_with(2)
        .complains_of(&["--outt", "--out"]);
}

#[test]
fn help_and_version_are_no_errors() {
    assert!(call(["--help"]).ended_with(0).stdout.contains("Exit codes"));
    assert!(
        call(["--version"])
            .ended_with(0)
            .stdout
            .contains(env!("CARGO_PKG_VERSION"))
    );
    for command in ["list", "show", "check", "run", "render"] {
        assert!(
            call([command, "--help"])
                .ended_with(0)
                .stdout
                .contains("Usage")
        );
    }
}

#[cfg(not(feature = "render"))]
#[test]
fn a_build_without_pictures_names_the_feature() {
    call(["render", PRESET, "--out", "x.png"])
        .ended_with(2)
        .complains_of(&["--features render"]);
}

#[cfg(not(feature = "gui"))]
#[test]
fn a_build_without_a_window_names_the_feature() {
    call([PRESET])
        .ended_with(2)
        .complains_of(&["--features gui"]);
}

#[cfg(all(feature = "gui", target_os = "linux"))]
#[test]
fn without_a_display_the_window_says_what_to_use_instead() {
    let mut program = crate::support::program();
    program.arg(PRESET);
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        program.env_remove(name);
    }
    crate::support::finish(&mut program)
        .ended_with(2)
        .complains_of(&["display", "widescope render"]);
}
