use crate::answer_sheets::{AnswerSheet, AnswerSheets, Places};
use crate::sheet_layer::colours;
use crate::table_description::{columns, texts};
use crate::{ScoreAnswer, ScoredApplicant, SheetClass, SheetLayer, SheetMark, TableCell};

impl ScoreAnswer {
    /// Returns the tables of the answer: the applicants; `backdrop` comes after them.
    #[must_use]
    pub fn sheets(&self, places: &Places<'_>, backdrop: Vec<AnswerSheet>) -> AnswerSheets {
        let columns = columns! {
            "id" "TEXT" "Identifier" "Identifiant" "identifier in the input" "identifiant dans les données d’entrée";
            "name" "TEXT" "Name" "Nom" "name in the input" "nom dans les données d’entrée";
            "kind" "TEXT" "Kind" "Nature" "kind of place" "nature du lieu";
            "commune" "TEXT" "Commune" "Commune" "code of the commune it stands in" "code de la commune où elle se trouve";
            "cost" "INTEGER" "Cost (€)" "Coût (€)" "whole euros for it" "euros entiers pour elle";
            "accepted" "BOOLEAN" "Accepted" "Retenue" "whether it is accepted" "si elle est retenue";
            "turn" "INTEGER" "Turn" "Tour" "its turn among the accepted, from 1" "son tour parmi les candidatures retenues, à partir de 1";
            "adds_alone" "INTEGER" "Adds alone" "Ajoute seule" "what it adds alone to the sites there are" "ce qu’elle apporte seule aux sites existants";
            "adds" "INTEGER" "Adds in its turn" "Ajoute à son tour" "what it adds in its turn, or beside all that are accepted" "ce qu’elle apporte à son tour, ou à côté de toutes celles retenues";
            "fits" "BOOLEAN" "Still fits" "Peut encore entrer" "whether it would still fit under every limit beside the accepted ones" "si elle entrerait encore dans chaque limite à côté de celles retenues";
            "best_set_with_it" "INTEGER" "Best set with it" "Meilleur ensemble avec elle" "what the best set that holds it adds" "ce qu’apporte le meilleur ensemble qui la contient";
            "loses_with_it" "INTEGER" "Loses with it" "Perte avec elle" "how much less that is than the best set adds" "de combien c’est moins que ce qu’apporte le meilleur ensemble";
            "state" "TEXT" "State" "État" "accepted, left-out, or too-much beside the accepted ones" "accepted (retenue), left-out (écartée) ou too-much (de trop à côté de celles retenues)";
        };
        let row = |applicant: &ScoredApplicant| {
            let with = applicant.with.as_ref();
            let state = match (applicant.accepted, applicant.fits) {
                (true, _) => "accepted",
                (false, true) => "left-out",
                (false, false) => "too-much",
            };
            vec![
                TableCell::text(&applicant.id),
                TableCell::text(&applicant.name),
                TableCell::text(&applicant.kind),
                TableCell::text(applicant.commune.as_deref().unwrap_or_default()),
                TableCell::Euros(applicant.cost),
                TableCell::Truth(applicant.accepted),
                TableCell::whole(applicant.turn.map(u64::from)),
                TableCell::Whole(applicant.adds_alone),
                TableCell::Whole(applicant.adds),
                TableCell::Truth(applicant.fits),
                TableCell::whole(with.and_then(|with| with.value)),
                TableCell::whole(with.and_then(|with| with.loses)),
                TableCell::text(state),
            ]
        };
        let layer = SheetLayer {
            role: "applicant",
            geometries: self.applicants.iter().map(|applicant| places.site(&applicant.id)).collect(),
            column: "state",
            classes: CLASSES.to_vec(),
        };
        let rows = self.applicants.iter().map(row).collect();
        let applicants = AnswerSheet::plain("applicants", texts("Applicants", "Candidatures"), columns, rows);
        let sheets = std::iter::once(applicants.drawn(layer)).chain(backdrop).collect();
        AnswerSheets::of("score", self, &["applicants"], &self.plan.inputs, sheets)
    }
}

const CLASSES: [SheetClass; 3] = [
    SheetClass::of(
        "too-much",
        ("Not accepted: no longer fits under the limits", "Écartée : n’entre plus dans les limites"),
        SheetMark::Circle,
        colours::DARK_GREY,
    ),
    SheetClass::of("left-out", ("Not accepted", "Écartée"), SheetMark::Circle, colours::VERMILION),
    SheetClass::of("accepted", ("Accepted", "Retenue"), SheetMark::Circle, colours::BLACK),
];
