//! Checks a plan and the proof of its bound, in whole numbers and without a solver.
//!
//! A certificate states a plan for an [`Instance`], its value and an upper bound on the value of every plan, or that
//! there is no plan at all, with the steps of a proof. [`verify`] believes none of it: it recounts the plan and walks
//! through the proof. Both are texts; the formats and the reasons for each step are in `docs/certificate.md`.
//!
//! ```
//! use maillage_verify::{Instance, verify};
//!
//! // One site over a demand of weight 7: no plan can be worth more.
//! let instance = Instance::read("maillage-instance 1\ncounts 1 1 0 0\nweights 7\nfree 0".lines())?;
//! let head = format!("maillage-certificate 1\nproblem {}\nscale 0\n", instance.hash());
//! assert!(verify(&instance, &(head + "plan 0\nvalue 7\nbound 7\nleaf\n")).is_ok());
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
