//! The libraries of maillage behind one door.
pub use maillage_core as core;
pub use maillage_io as io;
pub use maillage_solver as solver;
