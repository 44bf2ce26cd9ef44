//! The tables of a plan's `GeoPackage`: columns, what they are called, what they mean, and how layers are drawn.

use crate::Language;
use crate::geopackage_style::{Drawn, Symbol, alike, by_value};
use crate::table_description::{Table, columns, texts};

/// The open sites.
pub(crate) fn sites_table(language: Language) -> Table {
    let drawn = [
        Drawn {
            value: "existing",
            label: texts("Existing site", "Site existant").in_language(language),
            symbol: Symbol::Marker("square", "2", "0,114,178,255"),
        },
        Drawn {
            value: "new",
            label: texts("New site", "Nouveau site").in_language(language),
            symbol: Symbol::Marker("circle", "3.2", "0,0,0,255"),
        },
        Drawn {
            value: "required",
            label: texts("New site, required", "Nouveau site, imposé").in_language(language),
            symbol: Symbol::Marker("star", "4.6", "0,0,0,255"),
        },
    ];
    Table {
        name: "sites",
        geometry: Some("POINT"),
        title: texts("Open sites", "Sites ouverts"),
        columns: columns! {
            "id" "TEXT" "Identifier" "Identifiant" "identifier in the input" "identifiant dans les données d’entrée";
            "name" "TEXT" "Name" "Nom" "name in the input" "nom dans les données d’entrée";
            "kind" "TEXT" "Kind" "Nature" "kind of place" "nature du lieu";
            "state" "TEXT" "State" "État" "new or existing" "new (nouveau) ou existing (existant)";
            "required" "BOOLEAN" "Required" "Imposé" "whether the scenario requires it" "le scénario l’impose-t-il ?";
            "rank" "INTEGER" "Rank" "Rang" "1 = adds the most people when sites are taken in order" "1 = apporte le plus d’habitants, les sites étant pris dans l’ordre";
            "people_added" "INTEGER" "People added" "Habitants ajoutés" "under-served people newly in reach, in the order of the rank" "habitants sous-dotés nouvellement à portée, dans l’ordre du rang";
            "people_lost_without" "INTEGER" "People lost without it" "Habitants perdus sans lui" "under-served people out of reach if this site alone were left out" "habitants sous-dotés hors de portée si ce seul site manquait";
            "cost" "INTEGER" "Cost (€)" "Coût (€)" "whole euros; empty for existing sites" "euros entiers ; vide pour les sites existants";
            "phase" "TEXT" "Phase" "Phase" "phase in which it opens" "phase de son ouverture";
            "type" "TEXT" "Type" "Type" "type of site, where there are types" "type de site, s’il y en a";
            "hub" "TEXT" "Hub" "Site d’appui" "identifier of the site it leans on" "identifiant du site sur lequel il s’appuie";
            "upgrades" "TEXT" "Upgrades" "Remplace" "identifier of the existing site it upgrades" "identifiant du site existant qu’il transforme";
            "residents" "INTEGER" "Residents" "Résidents" "residents whom it serves alone; empty where it serves everybody" "résidents qu’il est seul à servir ; vide s’il sert tout le monde";
            "territory" "TEXT" "Territory" "Territoire" "territory it stands in" "territoire où il se trouve";
        },
        style: Some(by_value("CASE WHEN \"required\" THEN 'required' ELSE \"state\" END", &drawn)),
    }
}

/// The communes.
pub(crate) fn communes_table(kind: &'static str, language: Language) -> Table {
    let symbol = |colour| match kind {
        "POINT" => Symbol::Marker("circle", "1.8", colour),
        _ => Symbol::Area(colour, "255,255,255,255"),
    };
    let drawn = [
        Drawn {
            value: "already",
            label: texts("In reach already", "Déjà à portée").in_language(language),
            symbol: symbol("158,202,225,255"),
        },
        Drawn {
            value: "newly",
            label: texts("Newly in reach", "Nouvellement à portée").in_language(language),
            symbol: symbol("230,159,0,255"),
        },
        Drawn {
            value: "no",
            label: texts("Out of reach", "Hors de portée").in_language(language),
            symbol: symbol("225,225,225,255"),
        },
    ];
    Table {
        name: "communes",
        geometry: Some(kind),
        title: texts("Communes under the plan", "Communes selon le plan"),
        columns: columns! {
            "id" "TEXT" "Code" "Code" "code in the input" "code dans les données d’entrée";
            "name" "TEXT" "Name" "Nom" "name in the input" "nom dans les données d’entrée";
            "territory" "TEXT" "Territory" "Territoire" "territory it belongs to" "territoire dont elle fait partie";
            "population" "INTEGER" "Inhabitants" "Habitants" "all inhabitants" "tous les habitants";
            "access" "REAL" "Access" "Accessibilité" "access figure of the input" "indicateur d’accessibilité des données d’entrée";
            "under_served" "INTEGER" "Under-served people" "Habitants sous-dotés" "its inhabitants where it is under-served, else 0" "ses habitants si elle est sous-dotée, sinon 0";
            "reached" "TEXT" "In reach" "À portée" "already, newly or no" "already (déjà), newly (nouvellement) ou no (non)";
            "site" "TEXT" "Nearest site" "Site le plus proche" "identifier of the nearest open site, even beyond the limit" "identifiant du site ouvert le plus proche, même au-delà de la limite";
            "minutes" "REAL" "Minutes" "Minutes" "minutes to that site; empty when unknown" "minutes jusqu’à ce site ; vide si on l’ignore";
        },
        style: Some(by_value("reached", &drawn)),
    }
}

/// What each site reaches.
pub(crate) fn catchments_table() -> Table {
    Table {
        name: "catchments",
        geometry: Some("MULTIPOLYGON"),
        title: texts("Catchments", "Bassins"),
        columns: columns! {
            "site" "TEXT" "Site" "Site" "identifier of the site" "identifiant du site";
            "name" "TEXT" "Name" "Nom" "name of the site" "nom du site";
            "state" "TEXT" "State" "État" "new or existing" "new (nouveau) ou existing (existant)";
            "communes" "INTEGER" "Communes" "Communes" "communes in reach that it is the nearest to" "communes à portée dont il est le plus proche";
            "population" "INTEGER" "Inhabitants" "Habitants" "their inhabitants" "leurs habitants";
            "under_served" "INTEGER" "Under-served people" "Habitants sous-dotés" "their under-served people" "leurs habitants sous-dotés";
        },
        style: Some(alike(&Symbol::Outline("60,60,60,255", "0.35"))),
    }
}

/// From where each site is reached within some times.
pub(crate) fn isochrones_table() -> Table {
    Table {
        name: "isochrones",
        geometry: Some("MULTIPOLYGON"),
        title: texts("Isochrones", "Isochrones"),
        columns: columns! {
            "site" "TEXT" "Site" "Site" "identifier of the site" "identifiant du site";
            "name" "TEXT" "Name" "Nom" "name of the site" "nom du site";
            "state" "TEXT" "State" "État" "new or existing" "new (nouveau) ou existing (existant)";
            "minutes" "REAL" "Minutes" "Minutes" "the site is reached within this time" "on atteint le site dans ce temps";
            "communes" "INTEGER" "Communes" "Communes" "communes whose people reach it within this time" "communes dont les habitants l’atteignent dans ce temps";
            "population" "INTEGER" "Inhabitants" "Habitants" "their inhabitants" "leurs habitants";
            "under_served" "INTEGER" "Under-served people" "Habitants sous-dotés" "their under-served people" "leurs habitants sous-dotés";
        },
        style: Some(alike(&Symbol::Outline("213,94,0,255", "0.3"))),
    }
}

/// The way from each commune in reach to its nearest site.
pub(crate) fn links_table() -> Table {
    Table {
        name: "links",
        geometry: Some("LINESTRING"),
        title: texts("Links from communes to sites", "Liens des communes aux sites"),
        columns: columns! {
            "commune" "TEXT" "Commune" "Commune" "code of the commune" "code de la commune";
            "site" "TEXT" "Site" "Site" "identifier of its nearest open site" "identifiant de son site ouvert le plus proche";
            "reached" "TEXT" "In reach" "À portée" "already or newly" "already (déjà) ou newly (nouvellement)";
            "minutes" "REAL" "Minutes" "Minutes" "minutes to that site" "minutes jusqu’à ce site";
            "under_served" "INTEGER" "Under-served people" "Habitants sous-dotés" "under-served people of the commune" "habitants sous-dotés de la commune";
        },
        style: Some(alike(&Symbol::Line("90,90,90,200", "0.15"))),
    }
}

/// Counts by territory.
pub(crate) fn summary_table() -> Table {
    Table {
        name: "territories",
        geometry: None,
        title: texts("Counts by territory", "Décompte par territoire"),
        columns: columns! {
            "territory" "TEXT" "Territory" "Territoire" "its name in the data; empty for what belongs to none" "son nom dans les données ; vide pour ce qui n’est d’aucun territoire";
            "under_served" "INTEGER" "Under-served people" "Habitants sous-dotés" "under-served people" "habitants sous-dotés";
            "reached_before" "INTEGER" "In reach before" "À portée avant" "of them, in reach of existing sites" "dont : à portée des sites existants";
            "newly_reached" "INTEGER" "Newly in reach" "Nouvellement à portée" "of them, in reach thanks to new sites only" "dont : à portée grâce aux seuls nouveaux sites";
            "reached_after" "INTEGER" "In reach after" "À portée après" "of them, in reach with the plan" "dont : à portée avec le plan";
            "sites_new" "INTEGER" "New sites" "Nouveaux sites" "new sites that stand there" "nouveaux sites qui s’y trouvent";
        },
        style: None,
    }
}
