use crate::answer_sheets::{AnswerSheet, AnswerSheets, Places};
use crate::sheet_layer::{SheetClass, SheetLayer, SheetMark, colours};
use crate::table_description::{TableColumn, columns, texts};
use crate::{AccessAnswer, AccessCommune, AccessFigures, AccessGroup, AccessSite, AccessThreshold, TableCell, Texts};

impl AccessAnswer {
    /// Returns the tables of the answer: the communes, the new sites, people below each threshold, and the access of
    /// territories and density classes; `backdrop` comes after them.
    #[must_use]
    pub fn sheets(&self, places: &Places<'_>, backdrop: Vec<AnswerSheet>) -> AnswerSheets {
        let mut sheets = vec![self.communes_sheet(places), self.sites_sheet(places), self.thresholds_sheet()];
        let territory = texts("territory", "territoire");
        sheets.push(groups(
            "territories",
            texts("Access by territory", "Accès par territoire"),
            territory,
            &self.by_territory,
        ));
        let density = texts("density class", "classe de densité");
        sheets.push(groups("densities", texts("Access by density", "Accès par densité"), density, &self.by_density));
        sheets.extend(backdrop);
        let listed = ["communes", "sites", "thresholds", "by_territory", "by_density"];
        AnswerSheets::of("access", self, &listed, &self.inputs, sheets)
    }

    /// Says of which class a commune is, by the first threshold.
    fn class(&self, commune: &AccessCommune) -> &'static str {
        let (Some(before), Some(after)) = (commune.before, commune.exact_after) else { return "unknown" };
        let Some(threshold) = self.all.thresholds.first() else {
            return if commune.added > 0.0 { "more" } else { "same" };
        };
        match (before < threshold.under, after < threshold.under) {
            (true, true) if commune.added > 0.0 => "more",
            (true, true) => "same",
            (true, false) => "raised",
            (false, _) => "above",
        }
    }

    fn communes_sheet(&self, places: &Places<'_>) -> AnswerSheet {
        let columns = columns! {
            "id" "TEXT" "Code" "Code" "code in the input" "code dans les données d’entrée";
            "name" "TEXT" "Name" "Nom" "name in the input" "nom dans les données d’entrée";
            "territory" "TEXT" "Territory" "Territoire" "territory it belongs to" "territoire dont elle fait partie";
            "population" "INTEGER" "Inhabitants" "Habitants" "all inhabitants" "tous les habitants";
            "access_before" "REAL" "Access before" "Accès avant" "the given access figure" "l’indicateur d’accès donné";
            "access_added" "REAL" "Added" "Ajout" "consultations a year and person that the new sites add" "consultations par an et par habitant qu’ajoutent les nouveaux sites";
            "access_after" "REAL" "Access after" "Accès après" "both together" "les deux ensemble";
            "state" "TEXT" "State" "État" "raised to the first threshold, more but below it, same and below it, above it before, unknown" "raised (atteint le premier seuil), more (gagne, mais reste dessous), same (reste dessous sans gagner), above (au-dessus avant), unknown (inconnu)";
        };
        let row = |commune: &AccessCommune| {
            vec![
                TableCell::text(&commune.id),
                TableCell::text(&commune.name),
                TableCell::text(&commune.territory),
                TableCell::Whole(commune.population),
                TableCell::decimal(commune.before),
                TableCell::Decimal(commune.added),
                TableCell::decimal(commune.after),
                TableCell::text(self.class(commune)),
            ]
        };
        let layer = SheetLayer {
            role: "commune",
            geometries: self.communes.iter().map(|commune| places.commune(&commune.id)).collect(),
            column: "state",
            classes: CLASSES.to_vec(),
        };
        let rows = self.communes.iter().map(row).collect();
        let title = texts("Access of communes", "Accès des communes");
        AnswerSheet::plain("communes", title, columns, rows).drawn(layer)
    }

    fn sites_sheet(&self, places: &Places<'_>) -> AnswerSheet {
        let columns = columns! {
            "id" "TEXT" "Identifier" "Identifiant" "identifier in the input" "identifiant dans les données d’entrée";
            "name" "TEXT" "Name" "Nom" "name in the input" "nom dans les données d’entrée";
            "consultations" "INTEGER" "Consultations" "Consultations" "consultations a year that it gives" "consultations par an qu’il donne";
            "state" "TEXT" "State" "État" "new" "new (nouveau)";
        };
        let row = |site: &AccessSite| {
            vec![
                TableCell::text(&site.id),
                TableCell::text(&site.name),
                TableCell::Whole(site.consultations),
                TableCell::text("new"),
            ]
        };
        let layer = SheetLayer {
            role: "site",
            geometries: self.sites.iter().map(|site| places.site(&site.id)).collect(),
            column: "state",
            classes: vec![NEW],
        };
        let rows = self.sites.iter().map(row).collect();
        AnswerSheet::plain("sites", texts("New sites", "Nouveaux sites"), columns, rows).drawn(layer)
    }

    fn thresholds_sheet(&self) -> AnswerSheet {
        let columns = columns! {
            "of" "TEXT" "Of" "Parmi" "all communes, those of a territory, or those of a density class" "all (toutes les communes), territory (celles d’un territoire) ou density (celles d’une classe de densité)";
            "group" "TEXT" "Group" "Groupe" "the territory or the density class" "le territoire ou la classe de densité";
            "under" "REAL" "Access below" "Accès sous" "the threshold" "le seuil";
            "before" "INTEGER" "People before" "Habitants avant" "people with less, before" "habitants qui ont moins, avant";
            "after" "INTEGER" "People after" "Habitants après" "people with less, after" "habitants qui ont moins, après";
        };
        let rows = |of: &'static str, group: &str, figures: &AccessFigures| {
            let row = |below: &AccessThreshold| {
                vec![
                    TableCell::text(of),
                    TableCell::text(group),
                    TableCell::Decimal(below.under),
                    TableCell::Whole(below.before),
                    TableCell::Whole(below.after),
                ]
            };
            figures.thresholds.iter().map(row).collect::<Vec<_>>()
        };
        let of = |of: &'static str, groups: &[AccessGroup]| {
            groups.iter().flat_map(|group| rows(of, &group.group, &group.figures)).collect::<Vec<_>>()
        };
        let all = rows("all", "", &self.all);
        let rows = [all, of("territory", &self.by_territory), of("density", &self.by_density)].concat();
        AnswerSheet::plain("thresholds", texts("People below thresholds", "Habitants sous les seuils"), columns, rows)
    }
}

fn groups(name: &'static str, title: Texts, of: Texts, groups: &[AccessGroup]) -> AnswerSheet {
    let heading = [of.english.to_owned(), of.french.to_owned()];
    let mut columns = vec![TableColumn::made("group".to_owned(), "TEXT", heading, of)];
    columns.extend(columns! {
        "people" "INTEGER" "People" "Habitants" "people of communes with an access figure" "habitants des communes qui ont un indicateur d’accès";
        "before" "REAL" "Mean before" "Moyenne avant" "their mean access before" "leur accès moyen avant";
        "after" "REAL" "Mean after" "Moyenne après" "their mean access after" "leur accès moyen après";
        "gini_before" "REAL" "Gini before" "Gini avant" "how unequal access is among them, from 0 to 1, before" "inégalité d’accès entre eux, de 0 à 1, avant";
        "gini_after" "REAL" "Gini after" "Gini après" "how unequal access is among them, after" "inégalité d’accès entre eux, après";
    });
    let row = |AccessGroup { group, figures }: &AccessGroup| {
        vec![
            TableCell::text(group),
            TableCell::Whole(figures.people),
            TableCell::decimal(figures.before),
            TableCell::decimal(figures.after),
            TableCell::decimal(figures.gini_before),
            TableCell::decimal(figures.gini_after),
        ]
    };
    AnswerSheet::plain(name, title, columns, groups.iter().map(row).collect())
}

const NEW: SheetClass = SheetClass::of("new", ("New site", "Nouveau site"), SheetMark::Circle, colours::BLACK);

const CLASSES: [SheetClass; 5] = [
    SheetClass::of("unknown", ("No access figure", "Sans indicateur d’accès"), SheetMark::Area, colours::WHITE),
    SheetClass::of(
        "above",
        ("Above the threshold before", "Au-dessus du seuil avant"),
        SheetMark::Area,
        colours::LIGHT_BLUE,
    ),
    SheetClass::of("same", ("Below it, nothing added", "En dessous, sans gain"), SheetMark::Area, colours::GREY),
    SheetClass::of(
        "more",
        ("Still below it, with more", "Encore en dessous, avec un gain"),
        SheetMark::Area,
        "243,201,105",
    ),
    SheetClass::of("raised", ("Raised to the threshold", "Passe le seuil"), SheetMark::Area, colours::ORANGE),
];
