use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Files to be written whole or not at all: checked before any work is done, written together at its end.
///
/// Each is written to a temporary file beside its target, flushed to the disk and renamed; until then an older file
/// stays as it was, and after a failure no temporary file is left. A target that is a symbolic link is replaced; what
/// it points to is not touched.
#[derive(Debug)]
pub struct Output {
    targets: Vec<PathBuf>,
    overwrite: bool,
}

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// There is a file already.
    #[error("{0} exists already: choose another name, or pass --force to replace it")]
    Exists(PathBuf),
    /// The file is one of those read.
    #[error("{0} is one of the inputs: choose another name")]
    IsInput(PathBuf),
    /// A file is to be written twice.
    #[error("{0} is to be written twice: name it once")]
    Twice(PathBuf),
    /// There is a folder of that name.
    #[error("{0} is a folder: name a file in it")]
    IsFolder(PathBuf),
    /// The folder is not there.
    #[error("the folder {0} does not exist: make it first")]
    NoFolder(PathBuf),
    /// Nothing can be written to the folder.
    #[error("nothing can be written to the folder {folder}: {source}")]
    NotWritable {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Writing failed; older files are as they were.
    #[error("writing {file} failed: {source}")]
    Write {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Output {
    /// Checks that all targets can be written: folders there and writable, no input among them, and nothing
    /// replaced unless `overwrite`.
    ///
    /// # Errors
    /// At the first target that cannot.
    pub fn check(targets: Vec<PathBuf>, inputs: &[PathBuf], overwrite: bool) -> Result<Self, OutputError> {
        let inputs: BTreeSet<PathBuf> = inputs.iter().filter_map(|input| fs::canonicalize(input).ok()).collect();
        let mut seen = BTreeSet::new();
        for target in &targets {
            let folder = folder_of(target);
            if !folder.is_dir() {
                return Err(OutputError::NoFolder(folder.to_owned()));
            }
            if target.is_dir() {
                return Err(OutputError::IsFolder(target.clone()));
            }
            if fs::canonicalize(target).is_ok_and(|whole| inputs.contains(&whole)) {
                return Err(OutputError::IsInput(target.clone()));
            }
            let place = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
            if !seen.insert(place.join(target.file_name().unwrap_or_default())) {
                return Err(OutputError::Twice(target.clone()));
            }
            if !overwrite && target.symlink_metadata().is_ok() {
                return Err(OutputError::Exists(target.clone()));
            }
            temporary(folder)
                .map_err(|source| OutputError::NotWritable { folder: folder.to_owned(), source })?
                .close()
                .map_err(|source| OutputError::NotWritable { folder: folder.to_owned(), source })?;
        }
        Ok(Self { targets, overwrite })
    }

    /// Returns the files to be written, in the order they were named.
    #[must_use]
    pub fn targets(&self) -> &[PathBuf] {
        &self.targets
    }

    /// Keeps the first so many files and returns the others, to be written on their own.
    #[must_use]
    pub fn split_off(&mut self, kept: usize) -> Self {
        Self { targets: self.targets.split_off(kept.min(self.targets.len())), overwrite: self.overwrite }
    }

    /// Writes all files: every one is staged on the disk before the first takes its place.
    ///
    /// # Errors
    /// When writing fails; what was there before is then still there.
    pub fn write(self, contents: &[Vec<u8>]) -> Result<(), OutputError> {
        let failed = |file: &Path| {
            let file = file.to_owned();
            move |source: io::Error| OutputError::Write { file, source }
        };
        let mut staged = Vec::new();
        for (target, bytes) in self.targets.iter().zip(contents) {
            let mut file = temporary(folder_of(target)).map_err(failed(target))?;
            file.write_all(bytes).map_err(failed(target))?;
            file.as_file().sync_all().map_err(failed(target))?;
            staged.push((target, file));
        }
        let mut placed: Vec<&PathBuf> = Vec::new();
        for (target, file) in staged {
            let done = if self.overwrite { file.persist(target) } else { file.persist_noclobber(target) };
            if let Err(error) = done {
                // Files that were not there before must not stay behind without their siblings.
                if !self.overwrite {
                    for earlier in placed {
                        let _ = fs::remove_file(earlier);
                    }
                }
                return Err(match error.error.kind() {
                    io::ErrorKind::AlreadyExists => OutputError::Exists(target.clone()),
                    _ => failed(target)(error.error),
                });
            }
            placed.push(target);
        }
        let folders: BTreeSet<&Path> = self.targets.iter().map(|target| folder_of(target)).collect();
        for folder in folders {
            sync_folder(folder).map_err(failed(folder))?;
        }
        Ok(())
    }
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".maillage-").suffix(".part");
    // A result is as readable as any other file the user makes, not private as temporary files are.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Makes the new names last through a power loss; only Unix lets a folder be opened for that.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::{Output, OutputError};
    use std::fs;

    #[test]
    fn nothing_is_replaced_unless_asked() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("plan.json");
        fs::write(&target, "old").unwrap();
        assert!(matches!(Output::check(vec![target.clone()], &[], false), Err(OutputError::Exists(_))));
        let output = Output::check(vec![target.clone()], &[], true).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"old");
        output.write(&[b"new".to_vec()]).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn a_target_that_appears_meanwhile_is_kept_and_its_siblings_are_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("one.json"), folder.path().join("two.json"));
        let output = Output::check(vec![one.clone(), two.clone()], &[], false).unwrap();
        fs::write(&two, "another's").unwrap();
        assert!(matches!(output.write(&[b"1".to_vec(), b"2".to_vec()]), Err(OutputError::Exists(_))));
        assert!(!one.exists());
        assert_eq!(fs::read(&two).unwrap(), b"another's");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_written_is_said_before_any_work() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("plan.json");
        let check = |target: &std::path::Path, inputs: &[std::path::PathBuf]| {
            Output::check(vec![target.to_owned()], inputs, true).unwrap_err()
        };
        assert!(matches!(check(folder.path(), &[]), OutputError::IsFolder(_)));
        assert!(matches!(check(&folder.path().join("missing/plan.json"), &[]), OutputError::NoFolder(_)));
        fs::write(&inside, "input").unwrap();
        let roundabout = folder.path().join(".").join("plan.json");
        assert!(matches!(check(&roundabout, std::slice::from_ref(&inside)), OutputError::IsInput(_)));
        let twice = Output::check(vec![inside.clone(), roundabout], &[], true);
        assert!(matches!(twice, Err(OutputError::Twice(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_is_replaced_and_its_target_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, link) = (folder.path().join("kept"), folder.path().join("plan.json"));
        fs::write(&kept, "kept").unwrap();
        std::os::unix::fs::symlink(&kept, &link).unwrap();
        Output::check(vec![link.clone()], &[], true).unwrap().write(&[b"new".to_vec()]).unwrap();
        assert_eq!(fs::read(&kept).unwrap(), b"kept");
        assert!(link.symlink_metadata().unwrap().is_file());
    }
}
