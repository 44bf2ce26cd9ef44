//! Many scenarios at once: what is varied, the scenarios it makes, and what is kept of those that are done.

mod agreement;
mod axis;
mod cells;
mod done;
mod draw;
mod given;
mod loss;
mod measured;
mod read;

pub(crate) use agreement::Agreement;
pub(crate) use axis::Axis;
pub(crate) use cells::{Cell, Cells, SweptCurve, limits_of};
pub(crate) use done::Done;
pub(crate) use draw::drawn;
pub(crate) use given::Given;
pub(crate) use loss::Loss;
pub(crate) use measured::{Limit, Measured};
pub(crate) use read::{Read, demands};
