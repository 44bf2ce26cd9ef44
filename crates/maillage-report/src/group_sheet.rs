use maillage_io::Language;

use crate::commune_sheet::SheetSite;
use crate::html::escaped;
use crate::sheet_page::SheetPage;
use crate::sheet_words::{SheetWords, named};

/// What one sheet says of a group of communes: words are made of it in either language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupSheet {
    /// What the group is called.
    pub title: String,
    /// How many communes it has.
    pub communes: u64,
    /// Inhabitants.
    pub population: u64,
    /// Access figures, where any is known.
    pub access: Option<GroupAccess>,
    /// The threshold below which access is too low, where there is one.
    pub under: Option<f64>,
    /// People who count as under-served.
    pub under_served: u64,
    /// Of them, in reach of sites that are open already.
    pub reached_before: u64,
    /// Of them, in reach thanks to the plan only.
    pub newly_reached: u64,
    /// The open sites that are nearest to under-served people in reach, those with the most people first.
    pub sites: Vec<ServingSite>,
    /// How many such sites there are beside these, and how many people are nearest to them.
    pub other_sites: (u64, u64),
    /// Communes whose under-served people stay out of reach, those with the most people first.
    pub left: Vec<LeftCommune>,
    /// How many such communes there are beside these, and their people.
    pub other_left: (u64, u64),
    /// Candidates left out that would bring people of the group within reach, with how many of the group: those that
    /// bring the most first.
    pub remedies: Vec<(SheetSite, u64)>,
    /// Of the people out of reach, those whom no candidate that may open would bring within reach.
    pub beyond_help: u64,
}

/// The access figures of a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupAccess {
    /// What the figure is called.
    pub name: String,
    /// The mean by inhabitant, of those whose figure is known.
    pub mean: f64,
    /// The commune with the least, and its figure.
    pub least: (String, f64),
    /// The commune with the most, and its figure.
    pub most: (String, f64),
    /// Inhabitants whose figure is not known.
    pub unknown: u64,
}

/// An open site that is nearest to people of a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServingSite {
    /// The site; its minutes are the longest.
    pub site: SheetSite,
    /// Under-served people of the group to whom it is the nearest.
    pub people: u64,
    /// Half of them travel at most so many minutes.
    pub median: f64,
}

/// A commune whose under-served people stay out of reach.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeftCommune {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its under-served people.
    pub people: u64,
    /// Minutes to the nearest open site, where that is known.
    pub minutes: Option<f64>,
    /// The candidate within the limit that would add most to the plan, of those the rules allow.
    pub remedy: Option<SheetSite>,
}

/// A sheet under way.
pub(crate) struct GroupSection<'a> {
    pub(crate) page: &'a SheetPage<'a>,
    pub(crate) words: SheetWords,
}

impl GroupSection<'_> {
    pub(crate) fn section(&self, sheet: &GroupSheet) -> String {
        let communes = self.words.number(sheet.communes);
        let communes = match (sheet.communes, self.words.0) {
            (1, _) => "1 commune".to_owned(),
            _ => format!("{communes} communes"),
        };
        let unreached = sheet.under_served - (sheet.reached_before + sheet.newly_reached).min(sheet.under_served);
        let state = if unreached == 0 { "answer" } else { "answer no" };
        format!(
            "<section class=\"group\">\n<h1>{}</h1>\n<p class=\"code\">{communes}</p>\n{}<p class=\"{state}\">{}</p>\n\
             {}{}{}{}</section>\n",
            escaped(&sheet.title),
            self.figures(sheet),
            self.answer(sheet, unreached),
            self.sites(sheet),
            self.left(sheet),
            self.remedies(sheet, unreached),
            self.page.footer(),
        )
    }

    fn figures(&self, sheet: &GroupSheet) -> String {
        let words = self.words;
        let mut text = words.inhabitants(sheet.population);
        if let Some(access) = &sheet.access {
            let (name, mean) = (escaped(&access.name), words.decimal((access.mean * 100.0).round() / 100.0));
            let commune = |(name, figure): &(String, f64)| (escaped(name), words.decimal(*figure));
            let ((least, least_figure), (most, most_figure)) = (commune(&access.least), commune(&access.most));
            let figures = match (words.0, sheet.communes) {
                (Language::English, 0 | 1) => format!(" Access to care ({name}): {mean}."),
                (Language::French, 0 | 1) => format!(" Accès aux soins ({name}) : {mean}."),
                (Language::English, _) => format!(
                    " Access to care ({name}): {mean} on average by inhabitant, from {least_figure} ({least}) to \
                     {most_figure} ({most})."
                ),
                (Language::French, _) => format!(
                    " Accès aux soins ({name}) : {mean} en moyenne par habitant, de {least_figure} ({least}) à \
                     {most_figure} ({most})."
                ),
            };
            text.push_str(&figures);
            let unknown = words.number(access.unknown);
            let unknown = match (access.unknown, words.0) {
                (0, _) => String::new(),
                (_, Language::English) => format!(" Of {unknown} inhabitants it is not known."),
                (_, Language::French) => format!(" Pour {unknown} habitants, il n’est pas connu."),
            };
            text.push_str(&unknown);
        }
        let under_served = words.number(sheet.under_served);
        let counted = match (sheet.under.map(|under| words.decimal(under)), words.0) {
            (Some(under), Language::English) => {
                format!(" {under_served} live where it is below {under}: they count as under-served.")
            }
            (Some(under), Language::French) => {
                format!(" {under_served} habitent là où il est inférieur à {under} : ils comptent comme sous-dotés.")
            }
            (None, Language::English) => format!(" {under_served} count: there is no threshold of access."),
            (None, Language::French) => format!(" {under_served} comptent : il n’y a pas de seuil d’accès."),
        };
        text.push_str(&counted);
        format!("<p>{text}</p>\n")
    }

    fn answer(&self, sheet: &GroupSheet, unreached: u64) -> String {
        let words = self.words;
        let limit = escaped(self.page.limit);
        let [all, before, newly, unreached] =
            [sheet.under_served, sheet.reached_before, sheet.newly_reached, unreached]
                .map(|people| words.number(people));
        match (sheet.under_served, sheet.under.is_some(), words.0) {
            (0, _, Language::English) => "Nobody here counts as under-served.".to_owned(),
            (0, _, Language::French) => "Personne ici ne compte comme sous-doté.".to_owned(),
            (_, is_limited, Language::English) => format!(
                "Of {all} {}, {before} are within {limit} of a site today, {newly} more with this plan; {unreached} stay \
                 out of reach.",
                if is_limited { "under-served people" } else { "people" }
            ),
            (_, is_limited, Language::French) => format!(
                "Sur {all} habitants{}, {before} sont aujourd’hui à {limit} au plus d’un site, {newly} de plus avec ce \
                 plan ; {unreached} restent hors de portée.",
                if is_limited { " sous-dotés" } else { "" }
            ),
        }
    }

    fn sites(&self, sheet: &GroupSheet) -> String {
        if sheet.sites.is_empty() {
            return String::new();
        }
        let words = self.words;
        let (title, header) = match words.0 {
            Language::English => {
                ("The sites nearest to those in reach", ["site", "people", "median minutes", "most minutes"])
            }
            Language::French => (
                "Les sites les plus proches de ceux qui sont à portée",
                ["site", "habitants", "minutes (médiane)", "minutes (maximum)"],
            ),
        };
        let shown = roomy(&sheet.sites, 7, |serving| lines(letters(&serving.site) + 13, WIDE));
        let left_out = sheet.sites.iter().skip(shown);
        let others = left_out.fold(sheet.other_sites, |(count, people), one| (count + 1, people + one.people));
        let rows: Vec<[String; 4]> = sheet.sites.iter().take(shown).map(|serving| self.site(serving)).collect();
        let (count, people) = (words.number(others.0), words.number(others.1));
        let rest = match (others.0, words.0) {
            (0, _) => String::new(),
            (1, Language::English) => format!("1 site more is nearest to {people} people."),
            (1, Language::French) => format!("1 autre site est le plus proche pour {people} habitants."),
            (_, Language::English) => format!("{count} sites more are nearest to {people} people."),
            (_, Language::French) => format!("{count} autres sites sont les plus proches pour {people} habitants."),
        };
        table(title, 1, (&header, &rows), &rest)
    }

    fn site(&self, serving: &ServingSite) -> [String; 4] {
        let site = &serving.site;
        let state = match (site.is_new, site.phase.as_deref(), self.words.0) {
            (false, _, Language::English) => "open already".to_owned(),
            (false, _, Language::French) => "déjà ouvert".to_owned(),
            (true, None, Language::English) => "new".to_owned(),
            (true, None, Language::French) => "nouveau".to_owned(),
            (true, Some(phase), Language::English) => format!("new, phase {}", escaped(phase)),
            (true, Some(phase), Language::French) => format!("nouveau, phase {}", escaped(phase)),
        };
        let [median, longest] = [serving.median, site.minutes].map(|minutes| self.words.minutes(minutes));
        [format!("{}, {state}", named(site)), self.words.number(serving.people), median, longest]
    }

    fn left(&self, sheet: &GroupSheet) -> String {
        if sheet.left.is_empty() {
            return String::new();
        }
        let words = self.words;
        let (title, header) = match words.0 {
            Language::English => (
                "Communes that stay out of reach",
                ["commune", "would be reached from (minutes)", "people", "minutes to the nearest site"],
            ),
            Language::French => (
                "Communes qui restent hors de portée",
                ["commune", "serait atteinte depuis (minutes)", "habitants", "minutes au site le plus proche"],
            ),
        };
        let row = |left: &LeftCommune| {
            let name = match left.name.as_str() {
                "" => format!("<b>{}</b>", escaped(&left.code)),
                name => format!("<b>{}</b> ({})", escaped(name), escaped(&left.code)),
            };
            let remedy = match &left.remedy {
                Some(site) => format!("{} ({})", plain(site), words.minutes(site.minutes)),
                None => words.pick("no place that may host", "aucun lieu possible").to_owned(),
            };
            let minutes = left.minutes.map_or_else(|| "–".to_owned(), |minutes| words.minutes(minutes));
            [name, remedy, words.number(left.people), minutes]
        };
        let shown = roomy(&sheet.left, 7, |left| {
            let own = left.name.chars().count() + left.code.chars().count() + 3;
            let remedy = left.remedy.as_ref().map_or(0, |site| site.name.chars().count() + 7);
            lines(own, NARROW).max(lines(remedy, NARROW))
        });
        let left_out = sheet.left.iter().skip(shown);
        let others = left_out.fold(sheet.other_left, |(count, people), one| (count + 1, people + one.people));
        let rows: Vec<[String; 4]> = sheet.left.iter().take(shown).map(row).collect();
        let (count, people) = (words.number(others.0), words.number(others.1));
        let rest = match (others.0, words.0) {
            (0, _) => String::new(),
            (1, Language::English) => format!("1 commune more, with {people} people, stays out of reach."),
            (1, Language::French) => format!("1 autre commune, de {people} habitants, reste hors de portée."),
            (_, Language::English) => format!("{count} communes more, with {people} people, stay out of reach."),
            (_, Language::French) => format!("{count} autres communes, {people} habitants, restent hors de portée."),
        };
        table(title, 2, (&header, &rows), &rest)
    }

    fn remedies(&self, sheet: &GroupSheet, unreached: u64) -> String {
        if unreached == 0 {
            return String::new();
        }
        let words = self.words;
        let title = words.pick("What would change that most", "Ce qui changerait le plus cela");
        let beyond = words.number(sheet.beyond_help);
        let beyond = match (sheet.beyond_help, words.0) {
            (0, _) => String::new(),
            (_, Language::English) => {
                format!(
                    "For {beyond} people no place that may host a site is near enough: a host would have to come forward."
                )
            }
            (_, Language::French) => format!(
                "Pour {beyond} habitants, aucun lieu qui puisse accueillir un site n’est assez proche : il faudrait qu’un \
                 lieu se propose."
            ),
        };
        if sheet.remedies.is_empty() {
            return format!("<h2>{title}</h2>\n<p>{beyond}</p>\n");
        }
        let header = match words.0 {
            Language::English => ["place", "cost", "people here", "people in all"],
            Language::French => ["lieu", "coût", "habitants ici", "habitants en tout"],
        };
        let row = |(site, people): &(SheetSite, u64)| {
            [named(site), words.euros(site.cost), words.number(*people), words.number(site.adds)]
        };
        let shown = roomy(&sheet.remedies, 5, |(site, _)| lines(letters(site), WIDE));
        let rows: Vec<[String; 4]> = sheet.remedies.iter().take(shown).map(row).collect();
        let adds =
            words.pick("Each adds so many to this plan, by itself.", "Chacun, à lui seul, en ajoute autant à ce plan.");
        let rest = format!("{adds} {} {beyond}", self.page.why_left_out());
        table(title, 1, (&header, &rows), rest.trim_end())
    }
}

/// How many letters a line holds: in a column beside numbers, and in one of two.
const WIDE: usize = 54;
const NARROW: usize = 34;

/// Counts the letters of a site's name and identifier.
fn letters(site: &SheetSite) -> usize {
    site.name.chars().count() + site.id.chars().count() + 3
}

/// Says on how many lines so many letters stand.
const fn lines(letters: usize, width: usize) -> usize {
    if letters == 0 { 1 } else { letters.div_ceil(width) }
}

/// Counts the rows, the first ones, that stand on so many lines: a page has no more room.
fn roomy<T>(rows: &[T], most: usize, lines: impl Fn(&T) -> usize) -> usize {
    let mut filled = 0;
    let fits = |row: &&T| {
        filled += lines(row);
        filled <= most
    };
    rows.iter().take_while(fits).count().max(1)
}

/// Names a candidate without its identifier where it has a name.
fn plain(site: &SheetSite) -> String {
    escaped(if site.name.is_empty() { &site.id } else { &site.name })
}

/// Writes a table with its title; so many of the first columns are texts, the others numbers.
fn table<const N: usize>(
    title: &str,
    texts: usize,
    (header, rows): (&[&str; N], &[[String; N]]),
    rest: &str,
) -> String {
    let row = |element: &str, cells: &mut dyn Iterator<Item = &str>| {
        let cell = |(place, cell): (usize, &str)| {
            let class = if place < texts { "" } else { " class=\"n\"" };
            format!("<{element}{class}>{cell}</{element}>")
        };
        let cells: String = cells.enumerate().map(cell).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let first = row("th", &mut header.iter().copied());
    let rows: String = rows.iter().map(|cells| row("td", &mut cells.iter().map(String::as_str))).collect();
    let rest = if rest.is_empty() { String::new() } else { format!("<p class=\"note\">{rest}</p>\n") };
    format!("<h2>{title}</h2>\n<table class=\"short\">\n{first}{rows}</table>\n{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_take_more_lines_leave_room_for_fewer() {
        let one = |letters: &usize| lines(*letters, 10);
        assert_eq!(roomy(&[5, 10, 0], 7, one), 3);
        assert_eq!(roomy(&[11; 6], 7, one), 3);
        assert_eq!(roomy(&[200], 7, one), 1);
        assert_eq!(roomy::<usize>(&[], 7, one), 1);
    }
}
