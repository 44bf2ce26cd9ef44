use maillage_io::Language;

use crate::commune_sheet::{CommuneSection, CommuneSheet};
use crate::group_sheet::{GroupSection, GroupSheet};
use crate::html::{escaped, hash};
use crate::sheet_words::SheetWords;

/// Printable sheets, one page of A4 for each group of communes and for each commune.
#[derive(Clone, Copy, Debug)]
pub struct SheetPage<'a> {
    /// The sheets of groups, in their order: they come first.
    pub groups: &'a [GroupSheet],
    /// The sheets of communes, in their order.
    pub communes: &'a [CommuneSheet],
    /// The longest way that counts as in reach, in words.
    pub limit: &'a str,
    /// What the plan is called: its file.
    pub plan: &'a str,
    /// How the times were made, what the figures do not say.
    pub notes: &'a str,
    /// Where the figures come from.
    pub sources: &'a [String],
    /// Whether it is proved that no other choice under the same rules is better.
    pub is_best: bool,
    /// What the plan maximises, in words, where that is not the number of people in reach.
    pub measure: Option<&'a str>,
    /// The language.
    pub language: Language,
}

const STYLE: &str = "@page{size:A4;margin:18mm}@page group{size:A4;margin:12mm 15mm}*{box-sizing:border-box}body{font:\
11pt/1.45 system-ui,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,sans-serif;color:#1b1f24;margin:0 auto;max-width:180mm}section{break-after:page;\
min-height:250mm;padding:8mm 0;display:flex;flex-direction:column}section:last-of-type{break-after:auto}h1{font-size:\
22pt;margin:0}h2{font-size:13pt;margin:7mm 0 2mm}p{margin:0 0 2mm}.code{color:#57606a;margin-bottom:5mm}.answer{\
font-size:15pt;line-height:1.35;border-left:4px solid #0b6e4f;padding:2mm 0 2mm 4mm;margin:5mm 0}.no{border-color:\
#b3441e}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:1.5mm 2mm;border-bottom:1px solid \
#d0d7de;vertical-align:top}.group{\
page:group;padding:0;font-size:10.5pt}.group h1{font-size:18pt}.group footer{padding-top:3mm}.short th.n{white-space:\
normal;width:23mm}.group h2{font-size:12pt;margin:3mm 0 1mm}.group .answer{font-size:13pt;margin:3mm 0 0}.group \
.code{margin-bottom:3mm}.short{font-size:9pt;line-height:1.3}.short th,.short td{padding:.6mm 1.5mm}.note{font-size:9pt;\
color:#57606a;margin:1mm 0 0}td.n,th.n{text-align:right}td.n{white-space:nowrap}th.n{width:26mm}footer{margin-top:auto;padding-top:6mm;\
font-size:8.5pt;color:#57606a}@media screen{section{border-bottom:1px solid #d0d7de;min-height:0}\
body{padding:0 6mm}}@media screen and (max-width:40rem){body{padding:0 3mm}th,td{padding:1mm;overflow-wrap:anywhere}th.n{white-space:normal}}";

impl SheetPage<'_> {
    /// Writes all sheets as one page that asks no network for anything and has no script.
    #[must_use]
    pub fn to_html(&self) -> Vec<u8> {
        let (word, title) = match self.language {
            Language::English => ("en", "Sheets"),
            Language::French => ("fr", "Fiches"),
        };
        let words = SheetWords(self.language);
        let group = GroupSection { page: self, words };
        let groups = self.groups.iter().map(|sheet| group.section(sheet));
        let commune = CommuneSection { page: self, words };
        let sections: String = groups.chain(self.communes.iter().map(|sheet| commune.section(sheet))).collect();
        format!(
            "<!doctype html>\n<html lang=\"{word}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width,initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; style-src '{}'\">\n<title>{title} – {}</title>\n<style>{STYLE}</style>\n\
             </head>\n<body>\n{sections}</body>\n</html>\n",
            hash(STYLE),
            escaped(self.plan)
        )
        .into_bytes()
    }

    /// Says why the plan leaves out what the rules allow.
    pub(crate) fn why_left_out(&self) -> String {
        let measure = self.measure.map(escaped);
        match (self.is_best, measure, self.language) {
            (true, None, Language::English) => {
                "The plan leaves them out: no other choice under the same rules reaches more people.".to_owned()
            }
            (true, None, Language::French) => {
                "Le plan les laisse de côté : aucun autre choix, avec les mêmes règles, n’atteint plus de personnes."
                    .to_owned()
            }
            (true, Some(measure), Language::English) => format!(
                "The plan leaves them out: under the same rules no other choice is better by what it maximises, {measure}."
            ),
            (true, Some(measure), Language::French) => format!(
                "Le plan les laisse de côté : avec les mêmes règles, aucun autre choix n’est meilleur selon ce qu’il \
                 maximise, {measure}."
            ),
            (false, _, Language::English) => {
                "The plan leaves them out: no better choice was found under the same rules.".to_owned()
            }
            (false, _, Language::French) => {
                "Le plan les laisse de côté : aucun meilleur choix n’a été trouvé avec les mêmes règles.".to_owned()
            }
        }
    }

    pub(crate) fn footer(&self) -> String {
        let sources: Vec<String> = self.sources.iter().map(|source| escaped(source)).collect();
        let plan = escaped(self.plan);
        let from = match self.language {
            Language::English => format!("From {plan}. Sources: {}.", sources.join("; ")),
            Language::French => format!("D’après {plan}. Sources : {}.", sources.join(" ; ")),
        };
        let counted = match (self.measure.map(escaped), self.language) {
            (None, _) => String::new(),
            (Some(measure), Language::English) => {
                format!(" The plan maximises {measure}; figures of people on this page are whole people.")
            }
            (Some(measure), Language::French) => {
                format!(" Le plan maximise {measure} ; cette page, elle, compte des habitants entiers.")
            }
        };
        format!("<footer><p>{}{counted}</p><p>{from}</p></footer>\n", escaped(self.notes.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_the_data_become_texts_only() {
        let sheet = CommuneSheet { name: "<script>&".to_owned(), code: "\"1".to_owned(), ..CommuneSheet::default() };
        let group = GroupSheet { title: "<script>&".to_owned(), ..GroupSheet::default() };
        let sheets = SheetPage {
            groups: &[group],
            communes: &[sheet.clone(), sheet],
            limit: "10 minutes",
            plan: "plan.geojson",
            notes: "",
            sources: &[],
            is_best: true,
            measure: Some("<script>"),
            language: Language::French,
        };
        let page = String::from_utf8(sheets.to_html()).unwrap();
        assert!(!page.contains("<script>") && page.contains("&lt;script&gt;&amp;"));
        assert_eq!(page.matches("<section").count(), 3);
    }
}
