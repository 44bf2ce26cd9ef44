use maillage_io::Language;

use crate::html::{escaped, hash};

/// What one sheet says of a commune: words are made of it in either language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CommuneSheet {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its territory.
    pub territory: String,
    /// Inhabitants.
    pub population: u64,
    /// Its access figure, with the word for it.
    pub access: Option<(String, f64)>,
    /// The threshold below which access is too low, where there is one.
    pub under: Option<f64>,
    /// People who count as under-served.
    pub under_served: u64,
    /// The nearest open site, where it is known.
    pub nearest: Option<SheetSite>,
    /// Whether it is within reach.
    pub is_reached: bool,
    /// The next open site after it, where it is known.
    pub next: Option<SheetSite>,
    /// Candidates that would bring the commune within reach, the one that adds most first.
    pub remedies: Vec<SheetSite>,
    /// The nearest candidate, where none is within reach.
    pub nearest_candidate: Option<SheetSite>,
}

/// A site as a sheet names it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetSite {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Minutes from the commune.
    pub minutes: f64,
    /// Whether the plan opens it, or it was there.
    pub is_new: bool,
    /// Whole euros for it.
    pub cost: u64,
    /// Under-served people whom it would add to the plan.
    pub adds: u64,
}

/// Printable sheets, one page of A4 for each commune.
#[derive(Clone, Copy, Debug)]
pub struct CommuneSheets<'a> {
    /// The sheets, in their order.
    pub sheets: &'a [CommuneSheet],
    /// The longest way that counts as in reach, in words.
    pub limit: &'a str,
    /// What the plan is called: its file.
    pub plan: &'a str,
    /// How the times were made, what the figures do not say.
    pub notes: &'a str,
    /// Where the figures come from.
    pub sources: &'a [String],
    /// Whether it is proved that no other choice under the same rules reaches more.
    pub is_best: bool,
    /// The language.
    pub language: Language,
}

const STYLE: &str = "@page{size:A4;margin:18mm}*{box-sizing:border-box}body{font:11pt/1.45 system-ui,\"Segoe UI\",\
Roboto,\"Helvetica Neue\",Arial,sans-serif;color:#1b1f24;margin:0 auto;max-width:180mm}section{break-after:page;\
min-height:250mm;padding:8mm 0;display:flex;flex-direction:column}section:last-of-type{break-after:auto}h1{font-size:\
22pt;margin:0}h2{font-size:13pt;margin:7mm 0 2mm}p{margin:0 0 2mm}.code{color:#57606a;margin-bottom:5mm}.answer{\
font-size:15pt;line-height:1.35;border-left:4px solid #0b6e4f;padding:2mm 0 2mm 4mm;margin:5mm 0}.no{border-color:\
#b3441e}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:1.5mm 2mm;border-bottom:1px solid \
#d0d7de;vertical-align:top}td.n,th.n{text-align:right;white-space:nowrap}footer{margin-top:auto;padding-top:6mm;\
font-size:8.5pt;color:#57606a}@media screen{section{border-bottom:1px solid #d0d7de}body{padding:0 6mm}}";

impl CommuneSheets<'_> {
    /// Writes all sheets as one page that asks no network for anything and has no script.
    #[must_use]
    pub fn to_html(&self) -> Vec<u8> {
        let (word, title) = match self.language {
            Language::English => ("en", "Sheets"),
            Language::French => ("fr", "Fiches"),
        };
        let sections: String = self.sheets.iter().map(|sheet| self.section(sheet)).collect();
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

    fn words<'w>(&self, english: &'w str, french: &'w str) -> &'w str {
        match self.language {
            Language::English => english,
            Language::French => french,
        }
    }

    fn section(&self, sheet: &CommuneSheet) -> String {
        let state = if sheet.is_reached { "answer" } else { "answer no" };
        let territory = match sheet.territory.as_str() {
            "" => String::new(),
            territory => format!(" – {}", escaped(territory)),
        };
        format!(
            "<section>\n<h1>{}</h1>\n<p class=\"code\">{}{territory}</p>\n{}<p class=\"{state}\">{}</p>\n{}{}</section>\n",
            escaped(&sheet.name),
            escaped(&sheet.code),
            self.figures(sheet),
            self.answer(sheet),
            if sheet.is_reached { self.next(sheet) } else { self.remedies(sheet) },
            self.footer(),
        )
    }

    fn figures(&self, sheet: &CommuneSheet) -> String {
        let people = self.number(sheet.population);
        let people = match self.language {
            Language::English => format!("<p>{people} inhabitants."),
            Language::French => format!("<p>{people} habitants."),
        };
        let access = match (&sheet.access, sheet.under) {
            (Some((name, access)), Some(under)) => {
                let (name, access, under) = (escaped(name), self.decimal(*access), self.decimal(under));
                match (sheet.under_served > 0, self.language) {
                    (true, Language::English) => {
                        format!(" Access to care ({name}): {access}, below {under}: counted as under-served.")
                    }
                    (true, Language::French) => {
                        format!(" Accès aux soins ({name}) : {access}, inférieur à {under} : comptée comme sous-dotée.")
                    }
                    (false, Language::English) => {
                        format!(" Access to care ({name}): {access}, not below {under}: not counted as under-served.")
                    }
                    (false, Language::French) => format!(
                        " Accès aux soins ({name}) : {access}, non inférieur à {under} : non comptée comme sous-dotée."
                    ),
                }
            }
            (Some((name, access)), None) => {
                let (name, access) = (escaped(name), self.decimal(*access));
                match self.language {
                    Language::English => format!(" Access to care ({name}): {access}."),
                    Language::French => format!(" Accès aux soins ({name}) : {access}."),
                }
            }
            (None, Some(_)) => {
                self.words(" No access figure is known.", " L’accès aux soins n’est pas connu.").to_owned()
            }
            (None, None) => String::new(),
        };
        people + &access + "</p>\n"
    }

    fn answer(&self, sheet: &CommuneSheet) -> String {
        let limit = escaped(self.limit);
        match (&sheet.nearest, sheet.is_reached, self.language) {
            (Some(site), true, language) => {
                let (site, minutes) = (named(site), self.minutes(site.minutes));
                let is_new = sheet.nearest.as_ref().is_some_and(|site| site.is_new);
                match (is_new, language) {
                    (true, Language::English) => format!(
                        "With this plan the commune is within reach: {site} opens, {minutes} minutes away (limit: {limit})."
                    ),
                    (true, Language::French) => format!(
                        "Avec ce plan, la commune est à portée : {site} ouvre, à {minutes} minutes (limite : {limit})."
                    ),
                    (false, Language::English) => format!(
                        "The commune is within reach of a site that is open already: {site}, {minutes} minutes away \
                         (limit: {limit})."
                    ),
                    (false, Language::French) => format!(
                        "La commune est à portée d’un site déjà ouvert : {site}, à {minutes} minutes (limite : {limit})."
                    ),
                }
            }
            (Some(site), false, Language::English) => format!(
                "With this plan the commune stays out of reach: the nearest open site, {}, is {} minutes away, and the limit \
                 is {limit}.",
                named(site),
                self.minutes(site.minutes)
            ),
            (Some(site), false, Language::French) => format!(
                "Avec ce plan, la commune reste hors de portée : le site ouvert le plus proche, {}, est à {} minutes, et la \
                 limite est de {limit}.",
                named(site),
                self.minutes(site.minutes)
            ),
            (None, _, Language::English) => {
                format!("With this plan the commune stays out of reach: no open site is known within {limit}.")
            }
            (None, _, Language::French) => {
                format!("Avec ce plan, la commune reste hors de portée : aucun site ouvert n’est connu en {limit}.")
            }
        }
    }

    fn next(&self, sheet: &CommuneSheet) -> String {
        let title = self.words("The next nearest site", "Le site suivant");
        let Some(next) = &sheet.next else {
            let text = self
                .words("If it closes, the commune falls out of reach.", "S’il ferme, la commune n’est plus à portée.");
            return format!("<h2>{title}</h2>\n<p>{text}</p>\n");
        };
        let (site, minutes) = (named(next), self.minutes(next.minutes));
        let text = match self.language {
            Language::English => format!("If it closes, {site} is {minutes} minutes away."),
            Language::French => format!("S’il ferme, {site} est à {minutes} minutes."),
        };
        format!("<h2>{title}</h2>\n<p>{text}</p>\n")
    }

    fn remedies(&self, sheet: &CommuneSheet) -> String {
        let title = self.words("What would change that", "Ce qui changerait cela");
        if sheet.remedies.is_empty() {
            let text = match (&sheet.nearest_candidate, self.language) {
                (Some(site), Language::English) => format!(
                    "No place that could host a site is within {}: the nearest, {}, is {} minutes away. A host nearer by \
                     would have to come forward.",
                    escaped(self.limit),
                    named(site),
                    self.minutes(site.minutes)
                ),
                (Some(site), Language::French) => format!(
                    "Aucun lieu d’accueil possible n’est à {} au plus : le plus proche, {}, est à {} minutes. Il faudrait \
                     qu’un lieu plus proche se propose.",
                    escaped(self.limit),
                    named(site),
                    self.minutes(site.minutes)
                ),
                (None, Language::English) => "No place that could host a site is near.".to_owned(),
                (None, Language::French) => "Aucun lieu d’accueil possible n’est proche.".to_owned(),
            };
            return format!("<h2>{title}</h2>\n<p>{text}</p>\n");
        }
        let brings = self.words(
            "Any of these places would bring the commune within reach.",
            "Chacun de ces lieux mettrait la commune à portée.",
        );
        let why = if self.is_best {
            self.words(
                "The plan leaves them out: no other choice under the same rules reaches more people.",
                "Le plan les laisse de côté : aucun autre choix, avec les mêmes règles, n’atteint plus de personnes.",
            )
        } else {
            self.words(
                "The plan leaves them out: no better choice was found under the same rules.",
                "Le plan les laisse de côté : aucun meilleur choix n’a été trouvé avec les mêmes règles.",
            )
        };
        let people = self.number(sheet.under_served);
        let own = match (sheet.under_served, self.language) {
            (0, Language::English) => {
                "The commune is not counted as under-served, so its own people add nothing.".to_owned()
            }
            (0, Language::French) => {
                "La commune n’est pas comptée comme sous-dotée : ses habitants n’ajoutent rien.".to_owned()
            }
            (_, Language::English) => format!("Of the people that each would add, {people} live in this commune."),
            (_, Language::French) => {
                format!("Parmi les personnes que chacun ajouterait, {people} habitent cette commune.")
            }
        };
        let text = format!("{brings} {why} {own}");
        let [place, minutes, cost, adds] = match self.language {
            Language::English => ["place", "minutes", "cost", "people it would add to this plan"],
            Language::French => ["lieu", "minutes", "coût", "personnes ajoutées à ce plan"],
        };
        let row = |site: &SheetSite| {
            let cost = match self.language {
                Language::English => format!("€{}", self.number(site.cost)),
                Language::French => format!("{} €", self.number(site.cost)),
            };
            format!(
                "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{cost}</td><td class=\"n\">{}</td></tr>\n",
                named(site),
                self.minutes(site.minutes),
                self.number(site.adds)
            )
        };
        let rows: String = sheet.remedies.iter().map(row).collect();
        format!(
            "<h2>{title}</h2>\n<p>{text}</p>\n<table>\n<tr><th>{place}</th><th class=\"n\">{minutes}</th><th \
             class=\"n\">{cost}</th><th class=\"n\">{adds}</th></tr>\n{rows}</table>\n"
        )
    }

    fn footer(&self) -> String {
        let sources: Vec<String> = self.sources.iter().map(|source| escaped(source)).collect();
        let plan = escaped(self.plan);
        let from = match self.language {
            Language::English => format!("From {plan}. Sources: {}.", sources.join("; ")),
            Language::French => format!("D’après {plan}. Sources : {}.", sources.join(" ; ")),
        };
        format!("<footer><p>{}</p><p>{from}</p></footer>\n", escaped(self.notes.trim()))
    }

    /// Writes a whole number with marks between its thousands.
    fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mark = self.words(",", "\u{202f}");
        let mut text = String::new();
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                text.push_str(mark);
            }
            text.push(digit);
        }
        text
    }

    /// Writes minutes with one decimal at most, rounded up: nothing is said to be nearer than it is.
    fn minutes(&self, minutes: f64) -> String {
        let tenths = (minutes * 10.0 - 1e-6).ceil();
        self.decimal(if tenths > 0.0 { tenths / 10.0 } else { 0.0 })
    }

    /// Writes a number with three decimals at most.
    fn decimal(&self, number: f64) -> String {
        let text = format!("{number:.3}");
        text.trim_end_matches('0').trim_end_matches('.').replace('.', self.words(".", ","))
    }
}

fn named(site: &SheetSite) -> String {
    match site.name.as_str() {
        "" => format!("<b>{}</b>", escaped(&site.id)),
        name => format!("<b>{}</b> ({})", escaped(name), escaped(&site.id)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_the_data_become_texts_only() {
        let sheet = CommuneSheet { name: "<script>&".to_owned(), code: "\"1".to_owned(), ..CommuneSheet::default() };
        let sheets = CommuneSheets {
            sheets: &[sheet.clone(), sheet],
            limit: "10 minutes",
            plan: "plan.geojson",
            notes: "",
            sources: &[],
            is_best: true,
            language: Language::French,
        };
        let page = String::from_utf8(sheets.to_html()).unwrap();
        assert!(!page.contains("<script>") && page.contains("&lt;script&gt;&amp;"));
        assert_eq!(page.matches("<section>").count(), 2);
        assert_eq!(sheets.number(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!((sheets.decimal(3.98), sheets.decimal(4.0)), ("3,98".to_owned(), "4".to_owned()));
        assert_eq!((sheets.minutes(10.001), sheets.minutes(10.0)), ("10,1".to_owned(), "10".to_owned()));
        assert_eq!(sheets.minutes(0.0), "0");
    }
}
