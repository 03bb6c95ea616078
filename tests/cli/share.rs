//! `share`: a preset as one word, and that word wherever a preset is named.

use crate::support::{call, finish, program};

const SETS: [&str; 8] = [
    "--set",
    "network.activation=Tanh",
    "--set",
    "data.n=12",
    "--set",
    "train.stop.steps=15",
    "--set",
    "claims=[]",
];

fn shared(words: &[&str]) -> String {
    let mut all = vec!["share", "du-fig1-live", "--set", "axes.0.values=[8, 16]"];
    all.extend(SETS);
    all.extend(words);
    let called = call(all).ended_with(0);
    called.stdout.trim_end().to_owned()
}

#[test]
fn a_word_stands_for_its_preset_in_every_command() {
    for words in [&[][..], &["--whole"]] {
        let word = shared(words);
        assert!(word.starts_with("widescope:") && !word.contains(char::is_whitespace));
        let shown = call(["show", &word]).ended_with(0).stdout;
        let mut of_name = vec!["show", "du-fig1-live", "--set", "axes.0.values=[8, 16]"];
        of_name.extend(SETS);
        assert_eq!(shown, call(of_name).ended_with(0).stdout);
        call(["check", &word]).ended_with(0);
        // The word can be changed as a name can.
        let changed = call(["show", &word, "--set", "seed=77"]).ended_with(0);
        assert!(changed.stdout.contains("seed: 77"));
        // Sharing what was shared gives the same word.
        let mut again = vec!["share", &word];
        again.extend(words);
        assert_eq!(call(again).ended_with(0).stdout.trim_end(), word);
    }
}

#[test]
fn a_run_of_the_word_is_the_run_of_its_preset() {
    let folder = tempfile::tempdir().expect("a folder");
    let [by_word, by_name] = ["word", "name"].map(|name| folder.path().join(name));
    let word = shared(&[]);
    finish(
        program()
            .args(["run", &word, "--quiet", "--out"])
            .arg(&by_word),
    )
    .ended_with(0);
    let mut run = program();
    run.args(["run", "du-fig1-live", "--set", "axes.0.values=[8, 16]"])
        .args(SETS);
    finish(run.args(["--quiet", "--out"]).arg(&by_name)).ended_with(0);
    let series = |folder: &std::path::Path| std::fs::read(folder.join("series.csv")).expect("it");
    assert_eq!(series(&by_word), series(&by_name));
}

#[test]
fn the_command_line_goes_through_a_shell() {
    let command = shared(&["--command"]);
    assert!(
        command.starts_with("widescope run du-fig1-live --set "),
        "{command}"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let program_path = env!("CARGO_BIN_EXE_widescope");
    let line = command.replacen("widescope run", &format!("'{program_path}' show"), 1);
    let output = std::process::Command::new("sh")
        .args(["-c", &line])
        .current_dir(folder.path())
        .output()
        .expect("a shell");
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(shown, call(["show", &shared(&[])]).ended_with(0).stdout);
}

#[test]
fn what_is_wrong_with_a_word_is_said() {
    let word = shared(&[]);
    call(["show", &word[..word.len() - 4]])
        .ended_with(2)
        .complains_of(&["cut off"]);
    call(["show", &format!("{word}AAAA")])
        .ended_with(2)
        .complains_of(&["checksum"]);
}

#[test]
fn own_data_are_asked_for() {
    let (here, elsewhere) = (
        tempfile::tempdir().expect("it"),
        tempfile::tempdir().expect("it"),
    );
    let data = here.path().join("points.csv");
    std::fs::write(&data, "x1,x2,y\n1,2,3\n4,5,6\n7,8,10\n").expect("a file");
    let set = format!("data=File(path: {:?})", data.display().to_string());
    let words = [
        "share",
        "oymak-one-cell",
        "--set",
        &set,
        "--set",
        "claims=[]",
    ];
    let word = call(words).ended_with(0).stdout.trim_end().to_owned();
    let show = |folder: &std::path::Path, more: &[&str]| {
        finish(
            program()
                .current_dir(folder)
                .args(["show", &word])
                .args(more),
        )
    };
    show(elsewhere.path(), &[])
        .ended_with(2)
        .complains_of(&["points.csv", "--data-file"]);
    show(here.path(), &[]).ended_with(0);
    let offered = data.display().to_string();
    let shown = show(elsewhere.path(), &["--data-file", &offered]).ended_with(0);
    assert!(shown.stdout.contains("points.csv"));
}
