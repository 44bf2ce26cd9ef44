//! Failures in words, with the numbers that conflict and what to do.

use maillage_core::{ScenarioError, TerritoryError};
use maillage_io::Language::{English, French};
use maillage_io::{GeoPackageError, OutputError, PlanFileError, PlanLayersError, QuestionError, ScenarioTextError};

use crate::failure::{Failure, UnknownId};
use crate::words::{euros, grouped, plural, shown};
use crate::{capacity_words, rule_words, variant_words};

pub(crate) fn english(failure: &Failure) -> String {
    let words = match failure {
        // Its texts are made safe one by one, and it has lines.
        Failure::Impossible(impossible) => return impossible.words(English),
        Failure::In { file, failure } => format!("{file}: {}", english(failure)),
        Failure::Stated { file, place, failure } => {
            format!("{file}:{}: key \"{}\": {}", place.line, place.key, english(failure))
        }
        Failure::Scenario(ScenarioError::MissingAccess { communes, people, examples }) => format!(
            "{} {} with {} people {} no access figure ({}): complete the data, or say --missing-access exclude (they \
             count as served) or under-served",
            grouped(*communes, English),
            plural(*communes, "commune", "communes", English),
            grouped(*people, English),
            plural(*communes, "has", "have", English),
            examples.join(", ")
        ),
        Failure::Scenario(error) => {
            let counted = english_counted(error).unwrap_or_else(|| error.to_string());
            match english_mend(error) {
                Some(mend) => format!("{counted}: {mend}"),
                None => counted,
            }
        }
        other => other.to_string(),
    };
    shown(&words)
}

/// Says errors that count sites, one or several.
fn english_counted(error: &ScenarioError) -> Option<String> {
    let or = |number: u64, one, several| plural(number, one, several, English);
    Some(match error {
        ScenarioError::RequiredAboveCount { required, sites, .. } => format!(
            "{} {} required, but only {} may open",
            grouped(*required, English),
            or(*required, "site is", "sites are"),
            grouped(*sites, English)
        ),
        ScenarioError::ExactlyAboveBudget { sites: 1, cheapest, budget } => {
            format!("the cheapest site costs {cheapest} euros, more than the budget of {budget}")
        }
        ScenarioError::TooFewCandidates { sites, candidates } => format!(
            "exactly {} {} asked for, but only {} {} may open",
            grouped(*sites, English),
            or(*sites, "site is", "sites are"),
            grouped(*candidates, English),
            or(*candidates, "candidate", "candidates")
        ),
        _ => return None,
    })
}

fn english_mend(error: &ScenarioError) -> Option<String> {
    Some(match error {
        ScenarioError::NoLimit => "add --sites 100, --budget 4280000, or both".to_owned(),
        ScenarioError::UnknownSite { nearest, .. } if !nearest.is_empty() => {
            format!("did you mean {}?", nearest.join(", "))
        }
        ScenarioError::RequiredAboveCount { ids, .. } => format!("{}; raise --sites or require fewer", ids.join(", ")),
        ScenarioError::RequiredAboveBudget { ids, .. } => {
            let list: Vec<String> = ids.iter().map(|(id, cost)| format!("{id} {cost}")).collect();
            format!("{}; raise --budget or require fewer", list.join(", "))
        }
        ScenarioError::BudgetBelowCheapest { id, .. } => format!("the cheapest is \"{id}\""),
        ScenarioError::TooFewCandidates { .. } => "drop --exactly, or ask for fewer".to_owned(),
        ScenarioError::ExactlyAboveBudget { .. } => "drop --exactly, ask for fewer, or raise --budget".to_owned(),
        ScenarioError::NoThreshold => "add --under 4".to_owned(),
        ScenarioError::Consultations(error) => capacity_words::english_mend(error)?.to_owned(),
        ScenarioError::Border(_) => "write true or false, or name the right column with --outside-field".to_owned(),
        ScenarioError::Rule(error) => rule_words::english_mend(error)?.to_owned(),
        ScenarioError::Column(error) => rule_words::english_column_mend(error)?,
        _ => return None,
    })
}

/// Says what is wrong with the files to be written.
fn out(failure: &Failure) -> String {
    match failure {
        Failure::UnknownSuffix { file } => format!(
            "--out {} : l’extension dit ce qui est écrit ; prendre .geojson, .gpkg, .xlsx, .csv, .svg, .png, ou .json pour la réponse seule",
            file.display()
        ),
        Failure::StyleWithoutSplit => {
            "--qml va avec --split : des points et des polygones dans un même fichier n’ont pas de style commun"
                .to_owned()
        }
        other => other.to_string(),
    }
}

pub(crate) fn french(failure: &Failure) -> String {
    let words = match failure {
        Failure::Impossible(impossible) => return impossible.words(French),
        Failure::ScenarioText(error) => scenario_text(error),
        Failure::Question(error) => question(error),
        Failure::Output(error) => output(error),
        Failure::In { file, failure } => format!("{file} : {}", french(failure)),
        Failure::Stated { file, place, failure } => {
            format!("{file}:{} : clé « {} » : {}", place.line, place.key, french(failure))
        }
        Failure::Territory(error) => territory(error),
        Failure::Scenario(error) => scenario(error),
        Failure::Column { error, closest } => {
            format!("{} ; les colonnes les plus proches : {closest}", scenario(error))
        }
        Failure::NotWithinCapacity { what } => format!(
            "--within-capacity ne va pas avec {what} : un plan dans la limite des capacités n’existe que pour « plan », \
             et n’a pas de certificat"
        ),
        Failure::UnknownSuffix { .. } | Failure::StyleWithoutSplit => out(failure),
        Failure::OutsideCrs { crs, id } => format!(
            "--out-crs {crs} : « {id} » se trouve hors de la France métropolitaine, où ce système s’emploie ; prendre \
             EPSG:4326"
        ),
        Failure::GeoPackage(GeoPackageError::Projection { crs, source }) => {
            format!("un lieu ne peut pas être écrit en {crs} : {source} ; prendre EPSG:4326")
        }
        Failure::GeoPackage(error) => format!("le GeoPackage ne peut pas être composé : {error}"),
        Failure::Picture(error) => format!("l’image ne peut pas être composée : {error}"),
        Failure::Answer(error) => format!("la réponse ne peut pas être mise en mots : {error}"),
        Failure::Workbook(error) => format!("le classeur ne peut pas être composé : {error}"),
        Failure::ModelSuffix { .. } | Failure::NotExplanation { .. } | Failure::NotTable { .. } => {
            french_suffix(failure)
        }
        Failure::NotPage { .. }
        | Failure::NotCurve { .. }
        | Failure::NoCommunes { .. }
        | Failure::PlanLayers { .. } => french_report(failure),
        Failure::UnknownListed { unknown } | Failure::UnknownAsked { unknown } => {
            french_unknown(matches!(failure, Failure::UnknownListed { .. }), unknown)
        }
        Failure::EmptyList => "la liste ne cite aucun site".to_owned(),
        Failure::PointsWithoutTimes => {
            "un point qui n’est pas un candidat n’a pas de temps dans la table : l’ajouter aux candidats, ou prendre \
             --speed"
                .to_owned()
        }
        Failure::TwoRanges => {
            "deux plages ne font pas une courbe : donner un seul nombre à --sites ou à --budget".to_owned()
        }
        Failure::RangeOfEquity => {
            "la courbe de « worst-off » monte avec le plancher : donner un seul nombre à --sites et à --budget, sans \
             plage"
                .to_owned()
        }
        Failure::NoRange => {
            "une courbe demande une plage, par exemple --sites 0..200 ou --budget 0..6000000:100000".to_owned()
        }
        Failure::NotWithGoal { flag, goal } => format!("--{flag} ne va pas avec l’objectif « {goal} »"),
        Failure::NotHere { flag, command } => {
            format!("--{flag} est sans objet pour « {command} », qui n’écrit pas de tel fichier")
        }
        Failure::NoPhases { command } => {
            format!("les phases sont sans objet pour « {command} » : prendre « maillage plan »")
        }
        Failure::StandardOutput(error) => format!("l’écriture sur la sortie standard a échoué : {error}"),
        Failure::Reading { file, source } => format!("{} : {source}", file.display()),
        Failure::Solve(maillage_solver::SolveError::Infeasible { .. }) => {
            "aucun choix de sites ne respecte toutes les règles à la fois".to_owned()
        }
        Failure::SelfCheck { what, counted, said } => format!(
            "contrôle interne échoué : {what} vaut {counted} recompté depuis les données, {said} selon le calcul ; \
             rien n’a été écrit, merci de le signaler"
        ),
        Failure::Certificate(error) => format!(
            "contrôle interne échoué : le certificat ne prouve pas la borne : {error} ; rien n’a été écrit, merci de le \
             signaler"
        ),
        Failure::PlanFile(error) => plan_file(error),
        Failure::NoSites { file } => format!(
            "{} ne nomme pas ses sites : donner plan.geojson ou plan.gpkg, ou le certificat avec --certificate",
            file.display()
        ),
        Failure::NotCertificate { file } => format!(
            "{} n’est pas un certificat : sa première ligne doit être « maillage-certificate 1 »",
            file.display()
        ),
        Failure::Refused(disagreement) => disagreement.french(),
        Failure::Interrupted => "arrêté avant d’avoir un plan ; rien n’a été écrit".to_owned(),
        Failure::NoPlan => {
            "aucun plan respectant toutes les règles n’a été trouvé ; rien n’a été écrit. --effort proof cherche plus \
             longtemps"
                .to_owned()
        }
        other => other.to_string(),
    };
    shown(&words)
}

/// Says which suffixes a file may have.
fn french_suffix(failure: &Failure) -> String {
    match failure {
        Failure::ModelSuffix { file } => {
            format!("--write-model {} : l’extension dit ce qui est écrit ; prendre .mps ou .lp", file.display())
        }
        Failure::NotExplanation { file } => {
            format!("--out {} : une explication s’écrit en .csv ou .json", file.display())
        }
        Failure::NotTable { file } => {
            format!("--out {} : une courbe s’écrit en .csv, .json, .svg ou .png", file.display())
        }
        other => other.to_string(),
    }
}

fn plan_file(error: &PlanFileError) -> String {
    match error {
        PlanFileError::Unreadable { file, source } => format!("{} : {source}", file.display()),
        PlanFileError::NotJson { file, source } => format!("{} : {source}", file.display()),
        PlanFileError::NotPackage { file, source } => {
            format!("{} n’est pas le GeoPackage complet d’un plan : {source}", file.display())
        }
        PlanFileError::NoAnswer { file } => format!(
            "{} n’est pas un plan : donner le plan.geojson, le plan.gpkg ou le plan.json que « maillage plan » a écrit",
            file.display()
        ),
        PlanFileError::OtherPlan { file, beside } => format!(
            "{} et {} contiennent des plans différents : donner les deux fichiers d’un même « maillage plan --split »",
            file.display(),
            beside.display()
        ),
        PlanFileError::BadAnswer { file, source } => {
            format!("{} : la réponse qui s’y trouve est incomplète : {source}", file.display())
        }
        other => other.to_string(),
    }
}

/// At most so many unknown identifiers are named.
const NAMED: usize = 10;

pub(crate) fn english_nearest(unknown: &[UnknownId]) -> String {
    nearest(unknown, |id| format!("\"{id}\""), |nearest| format!(" (did you mean {nearest}?)"))
}

/// Names identifiers that are known nowhere, in a list or in what is asked.
fn french_unknown(listed: bool, unknown: &[UnknownId]) -> String {
    let (count, names) = (unknown.len(), french_nearest(unknown));
    if listed {
        format!("dans la liste, {count} entrées ne sont aucun site : {names}")
    } else {
        format!("--why-not cite {count} entrées qui ne sont ni candidat ni commune : {names}")
    }
}

fn french_nearest(unknown: &[UnknownId]) -> String {
    nearest(unknown, |id| format!("« {id} »"), |nearest| format!(" (vouliez-vous dire {nearest} ?)"))
}

fn nearest(unknown: &[UnknownId], quoted: impl Fn(&str) -> String, hint: impl Fn(&str) -> String) -> String {
    let word_of = |entry: &UnknownId| {
        let hint = if entry.nearest.is_empty() { String::new() } else { hint(&entry.nearest.join(", ")) };
        quoted(&entry.id) + &hint
    };
    let mut words: Vec<String> = unknown.iter().take(NAMED).map(word_of).collect();
    if unknown.len() > NAMED {
        words.push("…".to_owned());
    }
    words.join(", ")
}

fn scenario_text(error: &ScenarioTextError) -> String {
    match error {
        ScenarioTextError::Unreadable { file, source } => format!("{} : {source}", file.display()),
        ScenarioTextError::UnknownKey { file, line, key, nearest } => {
            let is_misplaced = key.contains('.') && nearest.as_ref().is_some_and(|right| !right.contains('.'));
            let above = if is_misplaced { ", au-dessus du premier [[…]]" } else { "" };
            let hint =
                nearest.as_ref().map(|key| format!(" ; vouliez-vous dire « {key} »{above} ?")).unwrap_or_default();
            format!("{}:{line} : « {key} » n’est pas une clé de scénario{hint}", file.display())
        }
        ScenarioTextError::BadValue { file, line, key, problem } => {
            let key = key.as_ref().map(|key| format!("clé « {key} » : ")).unwrap_or_default();
            format!("{}:{line} : {key}{}", file.display(), problem.french)
        }
        other => other.to_string(),
    }
}

fn question(error: &QuestionError) -> String {
    match error {
        QuestionError::Missing { flag, .. } => {
            let reason = match *flag {
                "communes" => "le fichier des communes",
                "candidates" => "le fichier des sites candidats",
                "within" => "la durée maximale du trajet, avec son unité, par exemple --within 20min",
                "under" => "le seuil sous lequel on est sous-doté ; ajouter --under 4",
                "access-field" => "la colonne de l’APL, par exemple --access-field apl_mg2018",
                "speed" => {
                    "dire comment on se déplace : --speed 50km/h --detour 1.3, --times FICHIER ou --roads FICHIER.osm.pbf"
                }
                "roads" => "--profile dit comment on se déplace sur des routes ; ajouter --roads FICHIER.osm.pbf",
                "detour" => "l’allongement par rapport au vol d’oiseau, par exemple --detour 1.3",
                "sites" => {
                    "dire combien de sites peuvent ouvrir (--sites 100), ce qu’ils peuvent coûter (--budget 4280000), ou les deux"
                }
                "enough" => "dire à partir de quel accès les médecins suffisent, par exemple --enough 3",
                "outside-field" => {
                    "la colonne des communes et des sites qui dit qui est hors de la région, par exemple --outside-field \
                     outside"
                }
                "capacity-field" => {
                    "la colonne de ce que chaque site peut assurer, par exemple --capacity-field consultations"
                }
                "need-rate" => {
                    "dire de combien de consultations chacun a besoin par an (--need-rate 2.5), ou nommer une colonne des \
                     communes (--need-field)"
                }
                _ => "indispensable ici",
            };
            format!("--{flag} manque : {reason}")
        }
        QuestionError::Both { one, other } => format!("--{one} et --{other} s’excluent"),
        QuestionError::BadValue { flag, value, expected } => {
            let expected = match *flag {
                "under" => "un nombre au-dessus de 0, par exemple 4",
                "profile" => "car, foot, bike ou un fichier en .toml",
                "detour" => "un facteur de 1 à 100, par exemple 1.3",
                "origin" => "deux colonnes, la longitude d’abord, par exemple lon_pop,lat_pop",
                "join" => "un fichier et la colonne du code, par exemple apl.csv:code",
                "count-outside" => "people, sites ou people,sites",
                "enough" => "un nombre au-dessus de 0, par exemple 3",
                _ => expected,
            };
            format!("--{flag} : « {value} » n’est pas {expected}")
        }
        QuestionError::List { flag, file, source } => format!("--{flag} : {} : {source}", file.display()),
        other => other.to_string(),
    }
}

fn output(error: &OutputError) -> String {
    match error {
        OutputError::Exists(file) => {
            format!("{} existe déjà : choisir un autre nom, ou ajouter --force pour le remplacer", file.display())
        }
        OutputError::IsInput(file) => format!("{} est un des fichiers lus : choisir un autre nom", file.display()),
        OutputError::Twice(file) => format!("{} serait écrit deux fois : ne le citer qu’une fois", file.display()),
        OutputError::IsFolder(file) => format!("{} est un dossier : nommer un fichier dedans", file.display()),
        OutputError::NoFolder(folder) => format!("le dossier {} n’existe pas : le créer d’abord", folder.display()),
        OutputError::NotWritable { folder, source } => {
            format!("rien ne peut être écrit dans le dossier {} : {source}", folder.display())
        }
        OutputError::Write { file, source } => format!("l’écriture de {} a échoué : {source}", file.display()),
        other => other.to_string(),
    }
}

fn scenario(error: &ScenarioError) -> String {
    match error {
        ScenarioError::NoLimit => {
            "ni nombre de sites ni budget : ajouter --sites 100, --budget 4280000, ou les deux".to_owned()
        }
        ScenarioError::UnknownSite { list, id, nearest } => {
            let list = match *list {
                "required" => "imposé",
                "forbidden" => "exclu",
                "opened" => "dit déjà ouvert",
                _ => "dit incompatible",
            };
            let hint = match nearest.as_slice() {
                [] => String::new(),
                some => format!(" ; vouliez-vous dire {} ?", some.join(", ")),
            };
            format!("« {id} », {list}, n’est pas parmi les candidats{hint}")
        }
        ScenarioError::RequiredAndForbidden { id } => format!("« {id} » est à la fois imposé et exclu"),
        ScenarioError::RequiredAboveCount { required, sites, ids } => format!(
            "{} {} mais {} {} : {} ; augmenter --sites ou en imposer moins",
            grouped(*required, French),
            plural(*required, "site est imposé", "sites sont imposés", French),
            grouped(*sites, French),
            plural(*sites, "seulement peut ouvrir", "seulement peuvent ouvrir", French),
            ids.join(", ")
        ),
        ScenarioError::RequiredAboveBudget { cost, budget, ids } => {
            let list: Vec<String> = ids.iter().map(|(id, cost)| format!("{id} {}", euros(*cost, French))).collect();
            format!(
                "les sites imposés coûtent {}, plus que le budget de {} : {} ; augmenter --budget ou en imposer moins",
                euros(*cost, French),
                euros(*budget, French),
                list.join(", ")
            )
        }
        ScenarioError::BudgetBelowCheapest { cheapest, id, budget } => format!(
            "le candidat le moins cher, « {id} », coûte {}, plus que le budget de {}",
            euros(*cheapest, French),
            euros(*budget, French)
        ),
        ScenarioError::TooFewCandidates { sites, candidates } => format!(
            "exactement {} {} mais {} {} : retirer --exactly, ou en demander moins",
            grouped(*sites, French),
            plural(*sites, "site est demandé", "sites sont demandés", French),
            grouped(*candidates, French),
            plural(*candidates, "candidat seulement peut ouvrir", "candidats seulement peuvent ouvrir", French)
        ),
        ScenarioError::ExactlyAboveBudget { sites, cheapest, budget } => format!(
            "{} {}, plus que le budget de {} : retirer --exactly, en demander moins, ou augmenter --budget",
            if *sites == 1 {
                "le site le moins cher coûte".to_owned()
            } else {
                format!("les {} sites les moins chers coûtent", grouped(*sites, French))
            },
            euros(*cheapest, French),
            euros(*budget, French)
        ),
        ScenarioError::DecayOutOfOrder { step, next } => {
            format!(
                "les paliers (decay) vont du plus proche au plus lointain sans remonter : {next} ne peut suivre {step}"
            )
        }
        ScenarioError::DecayOfTravelTime => {
            "l’objectif « travel-time » compte les minutes : les paliers (decay) n’y ont pas de sens, retirer l’un des \
             deux"
                .to_owned()
        }
        ScenarioError::TargetOutOfReach { target, most } => format!(
            "l’objectif demande {} personnes à portée, mais aucun choix de sites qui respecte les règles n’en atteint \
             plus de {}",
            grouped(*target, French),
            grouped(*most, French)
        ),
        ScenarioError::TargetNotFound { target } => format!(
            "aucun plan avec {} personnes à portée n’a été trouvé ; essayer --effort proof",
            grouped(*target, French)
        ),
        ScenarioError::Variant(error) => variant_words::french(error),
        ScenarioError::NothingToCover => {
            "il n’y a personne à desservir : aucune commune peuplée n’est sous-dotée".to_owned()
        }
        ScenarioError::MissingAccess { communes, people, examples } => format!(
            "{} {} ({} habitants) sans valeur d’accès aux soins : {} ; compléter les données, ou ajouter \
             --missing-access exclude (ils comptent comme bien dotés) ou under-served (comme sous-dotés)",
            grouped(*communes, French),
            plural(*communes, "commune peuplée", "communes peuplées", French),
            grouped(*people, French),
            examples.join(", ")
        ),
        ScenarioError::Rule(error) => rule_words::french(error),
        ScenarioError::Consultations(error) => capacity_words::french(error),
        ScenarioError::Border(error) => capacity_words::french_border(error),
        ScenarioError::Column(error) => rule_words::french_column(error),
        ScenarioError::NoThreshold => "le poids « shortfall » demande le seuil : ajouter --under 4".to_owned(),
        ScenarioError::NoWeight { code } => {
            format!("la commune « {code} » n’a pas de valeur dans la colonne qui sert de poids")
        }
        other => other.to_string(),
    }
}

fn territory(error: &TerritoryError) -> String {
    match error {
        TerritoryError::NoCommune => "il n’y a aucune commune".to_owned(),
        TerritoryError::RepeatedCommune { code } => format!("deux communes ont le code « {code} »"),
        TerritoryError::RepeatedSite { id } => {
            format!("deux sites, candidats ou existants, ont l’identifiant « {id} »")
        }
        TerritoryError::UnknownHost { id, commune } => {
            format!("le candidat « {id} » est dans la commune « {commune} », qui n’est pas parmi les communes")
        }
        other => other.to_string(),
    }
}

/// Says what is wrong with what a report is asked of.
fn french_report(failure: &Failure) -> String {
    match failure {
        Failure::NotPage { file } => {
            format!("--out {} : un rapport s’écrit en .html, sa carte seule en .svg ou .png", file.display())
        }
        Failure::NotCurve { file } => {
            format!("{} n’est pas une courbe : donner le JSON écrit par « maillage frontier »", file.display())
        }
        Failure::PlanLayers { file, source } => format!("{} : {}", file.display(), french_layers(source)),
        Failure::NoCommunes { file } => format!(
            "{} ne contient pas de communes : donner le plan.geojson ou le plan.gpkg écrit par « maillage plan »",
            file.display()
        ),
        other => other.to_string(),
    }
}

/// Says why the sites and communes of a plan cannot be read.
fn french_layers(error: &PlanLayersError) -> String {
    match error {
        PlanLayersError::Feature { feature, source } => {
            format!("l’objet {feature} n’est pas tel que « maillage plan » l’écrit : {source}")
        }
        PlanLayersError::Package(source) => format!("les couches du GeoPackage ne se lisent pas : {source}"),
        PlanLayersError::Geometry { layer, id, problem } => {
            let problem = problem.problem(French);
            format!("couche {layer}, « {id} » : {problem}")
        }
        PlanLayersError::Projection(source) => {
            format!("le système de coordonnées du GeoPackage ne se lit pas : {source}")
        }
        other => other.to_string(),
    }
}
