use maillage_core::{Border, Capacity, ConsultationNeed, Enough};

use crate::{QuestionError, ScenarioFile};

impl ScenarioFile {
    /// Returns what sites can serve and communes need, where that is said.
    ///
    /// # Errors
    /// When only a part of it is said, or the need is said twice.
    pub fn capacity(&self) -> Result<Option<Capacity>, QuestionError> {
        let missing = |flag, reason| Err(QuestionError::Missing { flag, reason });
        let within = self.within_capacity == Some(true);
        let need = match (&self.need_field, self.need_rate) {
            (Some(_), Some(_)) => return Err(QuestionError::Both { one: "need-field", other: "need-rate" }),
            (Some(column), None) => Some(ConsultationNeed::Field(column.clone())),
            (None, Some(rate)) => Some(ConsultationNeed::Rate(rate)),
            (None, None) => None,
        };
        match (&self.capacity_field, need) {
            (Some(field), Some(need)) => Ok(Some(Capacity { field: field.clone(), need, within })),
            (Some(_), None) => missing(
                "need-rate",
                "a capacity is held against a need: add --need-rate 2.5 (consultations a year and person), or \
                 --need-field and its column",
            ),
            (None, Some(_)) => {
                missing("capacity-field", "a need is held against the sites' capacity: add --capacity-field slots")
            }
            (None, None) if within => missing(
                "capacity-field",
                "nobody's capacity is assumed: name its column, such as --capacity-field slots",
            ),
            (None, None) => Ok(None),
        }
    }

    /// Returns what counts outside the region, where a column says who is outside.
    ///
    /// # Errors
    /// When something is to count but no column says where, or it is neither people nor sites.
    pub fn border(&self) -> Result<Option<Border>, QuestionError> {
        let count = self.count_outside.as_deref().unwrap_or_default();
        if let Some(other) = count.iter().find(|what| !["people", "sites"].contains(&what.as_str())) {
            let expected = "people, sites, or people,sites";
            return Err(QuestionError::BadValue { flag: "count-outside", value: other.clone(), expected });
        }
        let counts = |what: &str| count.iter().any(|named| named == what);
        match &self.outside_field {
            Some(field) => Ok(Some(Border { field: field.clone(), people: counts("people"), sites: counts("sites") })),
            None if count.is_empty() => Ok(None),
            None => Err(QuestionError::Missing {
                flag: "outside-field",
                reason: "name the column of communes and sites that says who is outside, such as --outside-field outside",
            }),
        }
    }

    /// Returns where doctors suffice and what people there weigh, where that is said.
    ///
    /// # Errors
    /// When the weight is said without the threshold, or there is no access figure to compare with it.
    pub(crate) fn subsidiarity(&self) -> Result<Option<Enough>, QuestionError> {
        let Some(access) = self.enough else {
            return match self.enough_weight {
                None => Ok(None),
                Some(_) => Err(QuestionError::Missing {
                    flag: "enough",
                    reason: "say from which access figure on doctors suffice, such as --enough 3",
                }),
            };
        };
        if !(access > 0.0 && access <= 1000.0) {
            let expected = "a number above 0, such as 3";
            return Err(QuestionError::BadValue { flag: "enough", value: access.to_string(), expected });
        }
        if self.access_field.is_none() {
            return Err(QuestionError::Missing {
                flag: "access-field",
                reason: "--enough needs the column of the access figure, such as --access-field apl_mg2018",
            });
        }
        Ok(Some(Enough { access, weight: self.enough_weight.unwrap_or_default() }))
    }
}
