use maillage_io::Language;

use crate::html::escaped;
use crate::sheet_page::SheetPage;
use crate::sheet_words::{SheetWords, named};

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
    /// Candidates that would bring the commune within reach and that the rules allow, the one that adds most first.
    pub remedies: Vec<SheetSite>,
    /// Candidates within the limit that the rules leave out of every plan.
    pub excluded: Vec<ExcludedSite>,
    /// The nearest candidate that the rules allow, where none is within reach.
    pub nearest_candidate: Option<SheetSite>,
}

/// A candidate that the rules leave out of every plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExcludedSite {
    /// The candidate.
    pub site: SheetSite,
    /// Why, in the words of the page.
    pub why: String,
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
    /// The phase it opens in, where there are phases.
    pub phase: Option<String>,
}

/// A sheet under way.
pub(crate) struct CommuneSection<'a> {
    pub(crate) page: &'a SheetPage<'a>,
    pub(crate) words: SheetWords,
}

impl CommuneSection<'_> {
    pub(crate) fn section(&self, sheet: &CommuneSheet) -> String {
        let state = if sheet.is_reached { "answer" } else { "answer no" };
        let territory = match sheet.territory.as_str() {
            "" => String::new(),
            territory => format!(" – {} {}", self.words.pick("territory", "territoire"), escaped(territory)),
        };
        format!(
            "<section>\n<h1>{}</h1>\n<p class=\"code\">{}{territory}</p>\n{}<p class=\"{state}\">{}</p>\n{}{}</section>\n",
            escaped(&sheet.name),
            escaped(&sheet.code),
            self.figures(sheet),
            self.answer(sheet),
            if sheet.is_reached { self.next(sheet) } else { self.remedies(sheet) },
            self.page.footer(),
        )
    }

    fn figures(&self, sheet: &CommuneSheet) -> String {
        let people = format!("<p>{}", self.words.inhabitants(sheet.population));
        let access = match (&sheet.access, sheet.under) {
            (Some((name, access)), Some(under)) => {
                let (is_below, counts) = (*access < under, sheet.under_served > 0 || sheet.population == 0);
                let (name, access, under) = (escaped(name), self.words.decimal(*access), self.words.decimal(under));
                match (is_below, counts, self.words.0) {
                    (true, true, Language::English) => {
                        format!(" Access to care ({name}): {access}, below {under}: counted as under-served.")
                    }
                    (true, true, Language::French) => {
                        format!(" Accès aux soins ({name}) : {access}, inférieur à {under} : comptée comme sous-dotée.")
                    }
                    (true, false, Language::English) => {
                        format!(
                            " Access to care ({name}): {access}, below {under}, but outside the region: not counted."
                        )
                    }
                    (true, false, Language::French) => format!(
                        " Accès aux soins ({name}) : {access}, inférieur à {under}, mais hors de la région : non comptée."
                    ),
                    (false, _, Language::English) => {
                        format!(" Access to care ({name}): {access}, not below {under}: not counted as under-served.")
                    }
                    (false, _, Language::French) => format!(
                        " Accès aux soins ({name}) : {access}, non inférieur à {under} : non comptée comme sous-dotée."
                    ),
                }
            }
            (Some((name, access)), None) => {
                let (name, access) = (escaped(name), self.words.decimal(*access));
                match self.words.0 {
                    Language::English => format!(" Access to care ({name}): {access}."),
                    Language::French => format!(" Accès aux soins ({name}) : {access}."),
                }
            }
            (None, Some(_)) => {
                self.words.pick(" No access figure is known.", " L’accès aux soins n’est pas connu.").to_owned()
            }
            (None, None) => String::new(),
        };
        people + &access + "</p>\n"
    }

    fn answer(&self, sheet: &CommuneSheet) -> String {
        let limit = escaped(self.page.limit);
        match (&sheet.nearest, sheet.is_reached, self.words.0) {
            (Some(site), true, language) => {
                let (site, away) = (named(site), self.words.away(site.minutes));
                let is_new = sheet.nearest.as_ref().is_some_and(|site| site.is_new);
                let phase = sheet.nearest.as_ref().and_then(|site| site.phase.as_deref());
                let phase = phase.map(|phase| format!(" (phase {})", escaped(phase))).unwrap_or_default();
                match (is_new, language) {
                    (true, Language::English) => format!(
                        "With this plan the commune is within reach: {site} opens{phase}, {away} (limit: {limit})."
                    ),
                    (true, Language::French) => format!(
                        "Avec ce plan, la commune est à portée : {site} ouvre{phase}, {away} (limite : {limit})."
                    ),
                    (false, Language::English) => format!(
                        "The commune is within reach of a site that is open already: {site}, {away} (limit: \
                         {limit})."
                    ),
                    (false, Language::French) => {
                        format!("La commune est à portée d’un site déjà ouvert : {site}, {away} (limite : {limit}).")
                    }
                }
            }
            (Some(site), false, Language::English) => format!(
                "With this plan the commune stays out of reach: the nearest open site, {}, is {}, and the limit is {limit}.",
                named(site),
                self.words.away(site.minutes)
            ),
            (Some(site), false, Language::French) => format!(
                "Avec ce plan, la commune reste hors de portée : le site ouvert le plus proche, {}, est {}, et la limite est \
                 de {limit}.",
                named(site),
                self.words.away(site.minutes)
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
        let title = self.words.pick("If this site closes", "Si ce site ferme");
        let Some(next) = &sheet.next else {
            let text = self.words.pick("The commune falls out of reach.", "La commune n’est plus à portée.");
            return format!("<h2>{title}</h2>\n<p>{text}</p>\n");
        };
        let (site, away) = (named(next), self.words.away(next.minutes));
        let text = match self.words.0 {
            Language::English => format!("The next nearest site: {site}, {away}."),
            Language::French => format!("Le site le plus proche est alors {site}, {away}."),
        };
        format!("<h2>{title}</h2>\n<p>{text}</p>\n")
    }

    fn remedies(&self, sheet: &CommuneSheet) -> String {
        let title = self.words.pick("What would change that", "Ce qui changerait cela");
        if sheet.remedies.is_empty() {
            let text = match (&sheet.nearest_candidate, self.words.0) {
                (Some(site), Language::English) => format!(
                    "No place that may host a site is within {}: the nearest, {}, is {}. A host nearer by would have to come \
                     forward.",
                    escaped(self.page.limit),
                    named(site),
                    self.words.away(site.minutes)
                ),
                (Some(site), Language::French) => format!(
                    "Aucun lieu qui puisse accueillir un site n’est à {} au plus : le plus proche, {}, est {}. Il faudrait qu’un lieu \
                     plus proche se propose.",
                    escaped(self.page.limit),
                    named(site),
                    self.words.away(site.minutes)
                ),
                (None, Language::English) => "No place that may host a site is near.".to_owned(),
                (None, Language::French) => "Aucun lieu qui puisse accueillir un site n’est proche.".to_owned(),
            };
            return format!("<h2>{title}</h2>\n{}<p>{text}</p>\n", self.excluded(sheet));
        }
        let brings = self.words.pick(
            "Any of these places would bring the commune within reach.",
            "Chacun de ces lieux mettrait la commune à portée.",
        );
        let why = self.page.why_left_out();
        let people = self.words.number(sheet.under_served);
        let own = match (sheet.under_served, self.words.0) {
            (0, Language::English) if sheet.population == 0 => "Nobody lives in the commune itself.".to_owned(),
            (0, Language::French) if sheet.population == 0 => "Dans la commune même, personne n’habite.".to_owned(),
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
        let [place, minutes, cost, adds] = match self.words.0 {
            Language::English => ["place", "minutes", "cost", "people it would add to this plan"],
            Language::French => ["lieu", "minutes", "coût", "personnes ajoutées à ce plan"],
        };
        let row = |site: &SheetSite| {
            let cost = self.words.euros(site.cost);
            format!(
                "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{cost}</td><td class=\"n\">{}</td></tr>\n",
                named(site),
                self.words.minutes(site.minutes),
                self.words.number(site.adds)
            )
        };
        let rows: String = sheet.remedies.iter().map(row).collect();
        format!(
            "<h2>{title}</h2>\n<p>{text}</p>\n<table>\n<tr><th>{place}</th><th class=\"n\">{minutes}</th><th \
             class=\"n\">{cost}</th><th class=\"n\">{adds}</th></tr>\n{rows}</table>\n{}",
            self.excluded(sheet)
        )
    }

    /// Says which places within the limit are no remedy, and why not.
    fn excluded(&self, sheet: &CommuneSheet) -> String {
        if sheet.excluded.is_empty() {
            return String::new();
        }
        let first = self.words.pick(
            "Within the limit, but left out by the rules of the plan:",
            "À portée, mais écartés par les règles du plan :",
        );
        let line = |excluded: &ExcludedSite| {
            let (site, away) = (named(&excluded.site), self.words.away(excluded.site.minutes));
            let colon = self.words.pick(":", " :");
            format!("<li>{site}, {away}{colon} {}</li>\n", escaped(&excluded.why))
        };
        let lines: String = sheet.excluded.iter().map(line).collect();
        format!("<p>{first}</p>\n<ul>\n{lines}</ul>\n")
    }
}
