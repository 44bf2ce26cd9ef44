//! Checks a plan and the proof of its bound, in whole numbers and without a solver.
//!
//! A [`Certificate`] states a plan for an [`Instance`], its value and an upper bound on the value of every plan, with
//! the steps of a proof. [`verify`] believes none of it: it recounts the plan and walks through the proof. The format
//! and the reasons for each step are in `docs/certificate.md`.
//!
//! ```
//! use maillage_verify::{Certificate, Instance, Rule, Site, verify};
//!
//! // Three sites over three demands of weight 10, 1 and 20; one site may open.
//! let site = |demands: &[u32]| Site { demands: demands.to_vec(), open: None };
//! let one = Rule { least: None, most: Some(1), coefficients: vec![(0, 1), (1, 1), (2, 1)] };
//! let instance = Instance::new(vec![10, 1, 20], vec![site(&[0, 1]), site(&[1, 2]), site(&[2])], vec![one], vec![])?;
//!
//! // Each demand priced at its weight and the place at 21, no site is worth opening: the bound is 21.
//! let header = format!("maillage-certificate 1\nproblem {}\ncounts 3 3 1 0\nscale 0\n", instance.hash());
//! let text = header + "value 21\nbound 21\nplan 1\nprices 0:10 1:1 2:20 / 0:21 /\nleaf\n";
//! assert!(verify(&instance, &Certificate::parse(text.as_bytes())?)?.is_optimal());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![deny(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::float_arithmetic)]
#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod case;
mod certificate;
mod instance;
mod refusal;
mod text;
mod walk;

pub use certificate::{Certificate, Step};
pub use instance::{Floor, Instance, InstanceError, Rule, Site};
pub use refusal::{Reason, Refusal};
pub use text::FormatError;
pub use walk::{Verdict, verify};
