use maillage_verify::Refusal;

/// What does not agree between a plan and what is counted from its inputs: the first thing found.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Disagreement {
    #[error(
        "{file}, given as {role}, is not the file the plan was made from: its SHA-256 is {found}, the plan says \
         {stated}. The plan was made from other data"
    )]
    OtherData { file: String, role: String, stated: String, found: String },
    #[error("the plan opens \"{id}\", which is not among the candidates")]
    UnknownSite { id: String },
    #[error("the plan opens \"{id}\" in a phase, as a type or with a hub that its request does not have: \"{way}\"")]
    UnknownWay { id: String, way: String },
    #[error("the plan opens \"{id}\" twice")]
    RepeatedSite { id: String },
    #[error("the plan opens \"{id}\", which its request forbids")]
    Forbidden { id: String },
    #[error("the plan does not open \"{id}\", which its request requires")]
    RequiredLeftOut { id: String },
    #[error("the plan has more new sites ({found}) than its request allows ({allowed})")]
    Count { found: u64, allowed: u64 },
    #[error("the number of new sites in the plan, {found}, is not the exact number its request asks for, {asked}")]
    NotExactly { found: u64, asked: u64 },
    #[error("the plan's new sites cost €{found}, more than the budget of €{budget}")]
    Budget { found: u64, budget: u64 },
    #[error("the plan breaks a rule of its request")]
    Rule,
    #[error("the plan says that {place} is {stated}; counted from the inputs it is {counted}")]
    Member { place: String, stated: String, counted: String },
    #[error("{file} is of another problem ({stated}) than the inputs make ({counted})")]
    OtherProblem { file: String, stated: String, counted: String },
    #[error("{file} proves nothing: {refusal}")]
    Refused { file: String, refusal: Refusal },
    #[error("{file} proves that there is no plan")]
    NoPlan { file: String },
    #[error("{file} is of another plan: site \"{id}\" is open in one of the two only")]
    OtherSites { file: String, id: String },
    #[error("{file} proves a value of {proved}, the plan says {stated}")]
    Value { file: String, proved: u64, stated: u64 },
    #[error("{file} proves that no choice is worth more than {proved}, the plan says {stated}")]
    Bound { file: String, proved: u64, stated: u64 },
}

impl Disagreement {
    pub(crate) fn french(&self) -> String {
        match self {
            Self::OtherData { file, role, stated, found } => format!(
                "{file}, donné pour {role}, n’est pas le fichier dont le plan est issu : son SHA-256 est {found}, le \
                 plan dit {stated}. Le plan a été fait avec d’autres données"
            ),
            Self::UnknownSite { id } => format!("le plan ouvre « {id} », qui n’est pas parmi les candidats"),
            Self::UnknownWay { id, way } => {
                format!(
                    "le plan ouvre « {id} » dans une phase, d’un type ou avec un centre que sa demande n’a pas : « {way} »"
                )
            }
            Self::RepeatedSite { id } => format!("le plan ouvre deux fois « {id} »"),
            Self::Forbidden { id } => format!("le plan ouvre « {id} », que sa demande exclut"),
            Self::RequiredLeftOut { id } => format!("le plan n’ouvre pas « {id} », que sa demande impose"),
            Self::Count { found, allowed } => {
                format!("le plan a plus de nouveaux sites ({found}) que sa demande n’en permet ({allowed})")
            }
            Self::NotExactly { found, asked } => {
                format!("le nombre de nouveaux sites du plan, {found}, n’est pas celui que sa demande veut, {asked}")
            }
            Self::Budget { found, budget } => {
                format!("les nouveaux sites du plan coûtent {found} €, plus que le budget de {budget} €")
            }
            Self::Rule => "le plan ne respecte pas une règle de sa demande".to_owned(),
            Self::Member { place, stated, counted } => {
                format!("le plan donne {stated} pour {place} ; recompté depuis les données : {counted}")
            }
            Self::OtherProblem { file, stated, counted } => {
                format!("{file} porte sur un autre problème ({stated}) que celui des données ({counted})")
            }
            Self::Refused { file, refusal } => format!("{file} ne prouve rien : {refusal}"),
            Self::NoPlan { file } => format!("{file} prouve qu’il n’y a pas de plan"),
            Self::OtherSites { file, id } => {
                format!("{file} porte sur un autre plan : le site « {id} » n’est ouvert que dans l’un des deux")
            }
            Self::Value { file, proved, stated } => {
                format!("{file} prouve une valeur de {proved}, le plan dit {stated}")
            }
            Self::Bound { file, proved, stated } => {
                format!("{file} prouve qu’aucun choix ne vaut plus de {proved}, le plan dit {stated}")
            }
        }
    }
}
