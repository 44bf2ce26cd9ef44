use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const TEMPLATE: &str = include_str!("../page/page.html");
const STYLE: &str = include_str!("../page/page.css");
/// What every page has before its own data, and after them.
const FIRST: [&str; 3] =
    [include_str!("../page/words_en.js"), include_str!("../page/words_fr.js"), include_str!("../page/element.js")];
const THEN: [&str; 4] = [
    include_str!("../page/map.js"),
    include_str!("../page/hand.js"),
    include_str!("../page/table.js"),
    include_str!("../page/section.js"),
];

/// The scripts of one kind of page: what it makes of its data, and what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scripts {
    Plan,
    Answer,
}

impl Scripts {
    fn text(self) -> String {
        let (data, shown): (&str, &[&str]) = match self {
            Self::Plan => (
                include_str!("../page/plan_data.js"),
                &[include_str!("../page/chart.js"), include_str!("../page/page.js")],
            ),
            Self::Answer => (include_str!("../page/answer_data.js"), &[include_str!("../page/answer_page.js")]),
        };
        [&FIRST.concat(), data, &THEN.concat(), &shown.concat()].concat()
    }
}

/// Puts the page together: a template, a style and a script that its policy names by their hashes, and the data.
///
/// Nothing else may run or load, and the data are no script: a name in them stays a text.
pub(crate) fn html(scripts: Scripts, language: &str, title: &str, data: &str) -> String {
    let script = format!("\"use strict\";\n(() => {{\n{}}})();\n", scripts.text());
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'",
        hash(&script),
        hash(STYLE)
    );
    let parts = [
        ("{language}", language),
        ("{title}", &escaped(title)),
        ("{policy}", &policy),
        ("{style}", STYLE),
        ("{data}", &inert(data)),
        ("{script}", &script),
    ];
    fill(TEMPLATE, &parts)
}

/// Fills each mark of the template once; what is filled in is not looked at again.
fn fill(template: &str, parts: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + parts.iter().map(|(_, part)| part.len()).sum::<usize>());
    let mut rest = template;
    loop {
        let next = parts.iter().filter_map(|part| Some((rest.find(part.0)?, part))).min_by_key(|(place, _)| *place);
        let Some((place, (mark, part))) = next else { break };
        text.push_str(rest.get(..place).unwrap_or_default());
        text.push_str(part);
        rest = rest.get(place + mark.len()..).unwrap_or_default();
    }
    text + rest
}

pub(crate) fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// Escapes what could end a data block: JSON holds these characters in texts only.
fn inert(json: &str) -> String {
    json.replace('&', "\\u0026")
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// Escapes a text for HTML and SVG.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_data_block() {
        let page =
            html(Scripts::Plan, "fr", "</title><b>", "{\"name\":\"</script><img src=x onerror=alert(1)>{script}\"}");
        assert!(!page.contains("<img") && !page.contains("</title><b>"));
        assert_eq!(page.matches("</script>").count(), 2);
        assert!(page.contains("\\u003c/script\\u003e\\u003cimg src=x onerror=alert(1)\\u003e{script}"));
    }

    #[test]
    fn the_policy_names_the_hashes_of_what_stands_in_the_page() {
        let page = html(Scripts::Answer, "en", "", "{}");
        let between = |start: &str, end: &str| {
            let from = page.find(start).unwrap() + start.len();
            &page[from..from + page[from..].find(end).unwrap()]
        };
        let policy = between("Content-Security-Policy\" content=\"", "\"");
        for text in [between("<style>", "</style>"), between("<script>", "</script>")] {
            assert!(policy.contains(&hash(text)));
        }
        assert!(!policy.contains("unsafe") && policy.starts_with("default-src 'none'"));
    }
}
