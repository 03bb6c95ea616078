//! The words of a page: what the run says, what was checked of it, what is left out.

use crate::claim::{ClaimResult, Verdict};
use crate::export::VERSION;
use crate::figure::Story;
use crate::number;

use super::escape::escaped;

/// Title, source, and the sentence to take away as far as the run bears it out.
pub(super) fn head(story: &Story) -> String {
    let mut html = format!("<h1>{}</h1>\n", escaped(&story.title));
    if !story.source.is_empty() {
        html += &paragraph("source", &story.source);
    }
    if let Some(modified) = &story.modified {
        html += &paragraph("source", modified);
    }
    if !story.takeaway.is_empty() {
        html += &takeaway(story);
    }
    html
}

fn paragraph(class: &str, text: &str) -> String {
    format!("<p class=\"{class}\">{}</p>\n", escaped(text))
}

/// The sentence, or that it does not hold here.
fn takeaway(story: &Story) -> String {
    let broken: Vec<&ClaimResult> = story.broken().collect();
    if let Some(first) = broken.first() {
        let text = format!(
            "“{}” does not hold in this run: {}: {}.",
            story.takeaway.trim_end_matches('.'),
            first.name,
            first.measured
        );
        return paragraph("takeaway failed", &text);
    }
    let rests = |claim: &&ClaimResult| story.rests_on.contains(&claim.name);
    let on: Vec<&ClaimResult> = story.claims.iter().filter(rests).collect();
    let held = on.iter().filter(|claim| claim.holds()).count();
    let verdict = match (on.len(), held) {
        (0, _) => "It rests on no claim that was checked.".to_owned(),
        (1, 1) => "The claim it rests on was measured in this run and holds.".to_owned(),
        (all, held) if all == held => {
            format!("The {all} claims it rests on were measured in this run and hold.")
        }
        (all, held) => format!(
            "Of the {all} claims it rests on {held} were measured in this run and hold; the others were not reached."
        ),
    };
    paragraph("takeaway", &story.takeaway) + &paragraph("verdict", &verdict)
}

/// What was checked, what the experiment is, what is left out, who made the page.
pub(super) fn foot(story: &Story, left_out: &[String], made: &str) -> String {
    let mut html = String::new();
    html += &details("What was checked in this run", &claims(&story.claims));
    let about = story.paragraphs.iter().map(|text| paragraph("", text));
    let notice = list(story.notice.iter().map(String::as_str));
    html += &details(
        "About this experiment",
        &(about.collect::<String>() + &notice),
    );
    if !left_out.is_empty() {
        let said = list(left_out.iter().map(String::as_str));
        html += &format!("<div class=\"notes\"><p>What this page leaves out:</p>{said}</div>\n");
    }
    html + &format!("<footer>{}</footer>\n", escaped(made))
}

fn details(summary: &str, html: &str) -> String {
    if html.is_empty() {
        return String::new();
    }
    let summary = escaped(summary);
    format!("<details><summary>{summary}</summary>\n{html}</details>\n")
}

fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let items: String = texts
        .map(|t| format!("<li>{}</li>\n", escaped(t)))
        .collect();
    if items.is_empty() {
        return items;
    }
    format!("<ul>\n{items}</ul>\n")
}

/// The claims that were measured, and how many were not.
fn claims(all: &[ClaimResult]) -> String {
    let of = |verdict: Verdict| all.iter().filter(move |claim| claim.verdict == verdict);
    let say =
        |claim: &ClaimResult, mark: &str| format!("{mark} {}: {}", claim.name, claim.measured);
    let held = of(Verdict::Pass).map(|claim| say(claim, "✓"));
    let failed = of(Verdict::Fail).map(|claim| say(claim, "✗ does not hold:"));
    let mut texts: Vec<String> = failed.chain(held).collect();
    let open = of(Verdict::NotReached).count();
    if open > 0 {
        texts.push(format!(
            "{} not reached in this run",
            number::count(open as u64)
        ));
    }
    list(texts.iter().map(String::as_str))
}

/// Who made the page, and from what.
pub(super) fn made(preset: &str, seeds: &[u64], command: Option<&str>) -> String {
    let mut seeds: Vec<String> = seeds.iter().map(u64::to_string).collect();
    seeds.dedup();
    let plural = if seeds.len() == 1 { "" } else { "s" };
    let command = command.map_or(String::new(), |command| format!(": {command}"));
    format!(
        "Made by widescope {VERSION} from {preset}, seed{plural} {}{command}. widescope opens this page and runs it again.",
        seeds.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::RunHistory;
    use crate::preset::library;

    fn story(verdicts: &[Verdict]) -> Story {
        let experiment = library::load(library::DEFAULT).expect("it is shipped");
        let mut story = Story::new(&experiment, &RunHistory::new([]));
        story.rests_on = vec!["c0".to_owned(), "c1".to_owned()];
        let claim = |(k, verdict): (usize, &Verdict)| ClaimResult {
            name: format!("c{k}"),
            expected: String::new(),
            measured: format!("measured <{k}>"),
            value: None,
            verdict: *verdict,
        };
        story.claims = verdicts.iter().enumerate().map(claim).collect();
        story
    }

    #[test]
    fn a_sentence_stands_only_where_its_claims_hold() {
        let held = head(&story(&[Verdict::Pass, Verdict::Pass]));
        assert!(
            held.contains("2 claims it rests on were measured"),
            "{held}"
        );
        let failed = head(&story(&[Verdict::Pass, Verdict::Fail]));
        assert!(
            failed.contains("does not hold in this run: c1: measured &lt;1&gt;"),
            "{failed}"
        );
        assert!(!failed.contains("and hold"));
        let open = head(&story(&[Verdict::Pass, Verdict::NotReached]));
        assert!(open.contains("Of the 2 claims it rests on 1"), "{open}");
    }

    #[test]
    fn what_failed_is_named_and_what_was_not_reached_is_counted() {
        let said = foot(&story(&[Verdict::Fail, Verdict::NotReached]), &[], "");
        assert!(said.contains("✗ does not hold: c0"), "{said}");
        assert!(
            said.contains("1 not reached") && !said.contains("c1"),
            "{said}"
        );
    }
}
