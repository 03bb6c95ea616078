//! The page with its places filled in.

/// The page.
const PAGE: &str = include_str!("../../../assets/replay/replay.html");
/// How it looks.
const STYLE: &str = include_str!("../../../assets/replay/replay.css");
/// How it draws.
const SCRIPT: &str = include_str!("../../../assets/replay/replay.js");

/// What is filled in, all of it safe where it stands.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Attribute of the theme asked for, with a leading space.
    pub theme: String,
    /// Who made it.
    pub meta: String,
    /// Title of the page.
    pub title: String,
    /// Colours by name.
    pub variables: String,
    /// Title, source, sentence.
    pub head: String,
    /// Buttons of the arms.
    pub key: String,
    /// Class of pages with a hero and others, with a leading space.
    pub split: String,
    /// The panels.
    pub panels: String,
    /// What stands below them.
    pub words: String,
    /// The element that holds the preset.
    pub preset: String,
    /// What the script reads.
    pub data: String,
}

impl Parts {
    /// The page. Each place is filled in once, so that what was filled in is not searched for places.
    pub(super) fn page(&self) -> String {
        let mut page = String::with_capacity(self.data.len() + (1 << 16));
        let mut rest = PAGE;
        while let Some((before, after)) = rest.split_once("{{") {
            page.push_str(before);
            let (name, after) = after.split_once("}}").unwrap_or((after, ""));
            page.push_str(self.part(name));
            rest = after;
        }
        page + rest
    }

    fn part(&self, name: &str) -> &str {
        match name {
            "theme" => &self.theme,
            "meta" => &self.meta,
            "title" => &self.title,
            "variables" => &self.variables,
            "css" => STYLE,
            "head" => &self.head,
            "key" => &self.key,
            "split" => &self.split,
            "panels" => &self.panels,
            "words" => &self.words,
            "preset" => &self.preset,
            "data" => &self.data,
            "js" => SCRIPT,
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_the_page_has_a_part_and_what_is_filled_in_stays_as_it_is() {
        let parts = Parts {
            title: "{{data}}".to_owned(),
            data: "{{title}}".to_owned(),
            ..Parts::default()
        };
        let page = parts.page();
        assert!(page.contains("<title>{{data}}</title>"));
        assert!(page.contains("id=\"replay\">{{title}}</script>"));
        assert_eq!(page.matches("{{").count(), 2, "no other place is left");
        assert_eq!(PAGE.matches("{{").count(), 13);
    }

    #[test]
    fn the_page_may_load_nothing_and_names_no_address() {
        assert!(PAGE.contains("default-src 'none'"));
        for text in [PAGE, STYLE, SCRIPT] {
            for word in [
                "http://", "https://", "@import", "url(", "fetch(", "XMLHttp", "eval(",
            ] {
                assert!(!text.contains(word), "{word}");
            }
        }
        assert!(!SCRIPT.contains("</script") && !SCRIPT.contains("innerHTML"));
    }
}
