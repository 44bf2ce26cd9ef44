//! Checks a plan and the proof of its bound, in whole numbers and without a solver.
//!
//! An [`Instance`] is a covering problem on plain slices. A [`Certificate`] states a plan, its value and an upper bound
//! on the value of every plan, and carries the steps of the proof. [`verify`] believes none of it: it recounts the plan
//! and walks through the proof. The file format and the reasons for every rule of the walk are in `docs/certificate.md`.
//!
//! ```
//! use maillage_verify::{Certificate, Instance, Rule, SiteState, verify};
//!
//! // Three sites over three demands of weight 10, 1 and 20; one site may open.
//! let one = Rule { least: None, most: Some(1), coefficients: vec![(0, 1), (1, 1), (2, 1)] };
//! let (weights, offsets, items) = ([10, 1, 20], [0, 2, 4, 5], [0, 1, 1, 2, 2]);
//! let (rules, states) = ([one], [SiteState::Free; 3]);
//! let instance = Instance::new(&weights, &offsets, &items, &rules, &states)?;
//!
//! // Site 1 stands in for site 2; with every demand priced at its weight and the place at 21, the bound is 21.
//! let text = format!(
//!     "maillage-certificate 1\nproblem {}\ncounts 3 3 1\nscale 0\nvalue 21\nbound 21\nplan 1\n\
//!      dominated 2:1\nprices 0:10 1:1 2:20 / 0:21\nleaf\n",
//!     instance.hash(),
//! );
//! let verdict = verify(&instance, &Certificate::parse(text.as_bytes())?)?;
//! assert!(verdict.is_optimal());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![deny(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod certificate;
mod instance;
mod refusal;
mod relaxation;
mod text;
mod walk;

pub use certificate::{Certificate, Step};
pub use instance::{Instance, InstanceError, Rule, SiteState};
pub use refusal::{Reason, Refusal};
pub use text::FormatError;
pub use walk::{Verdict, verify};
