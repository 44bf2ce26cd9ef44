//! Checks a plan and the proof of its bound, in whole numbers and without a solver.
//!
//! A certificate states a plan for an [`Instance`], its value and an upper bound on the value of every plan, or that
//! there is no plan at all, with the steps of a proof. [`verify`] believes none of it: it recounts the plan and walks
//! through the proof. Both are texts; the formats and the reasons for each step are in `docs/certificate.md`.
//!
//! ```
//! use maillage_verify::{Instance, verify};
//!
//! // Three sites over three demands of weight 10, 1 and 20; one site may open.
//! let problem = "maillage-instance 1\ncounts 3 3 1 0\nweights 10 1 20\n\
//!                free 0 1\nfree 1 2\nfree 2\nrule - 1 0:1 1:1 2:1\n";
//! let instance = Instance::read(problem.lines())?;
//!
//! // Each demand priced at its weight and the place at 21, no site is worth opening: the bound is 21.
//! let header = format!("maillage-certificate 1\nproblem {}\nscale 0\nplan 1\n", instance.hash());
//! let certificate = header + "value 21\nbound 21\nprices 0:10 1:1 2:20 / 0:21 /\nleaf\n";
//! assert!(verify(&instance, &certificate)?.is_optimal());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![deny(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::float_arithmetic)]
#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod case;
mod instance;
mod refusal;
mod text;
mod walk;

pub use instance::Instance;
pub use refusal::{Reason, Refusal};
pub use walk::{Verdict, verify};
